import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What our JupyterLab is told from the first start; each reader may set it otherwise in the settings. */
const settings = {
  // Without an answer JupyterLab would ask every new reader whether it may fetch news.
  "@jupyterlab/apputils-extension:notification": { fetchNews: "false", checkForUpdates: false },
};

/** The settings as JupyterLab reads them. */
export const labSettings: string = JSON.stringify(settings, undefined, 2) + "\n";

/** Writes the settings into an environment, below a reader's own. */
export function writeLabSettings(environment: string): void {
  const folder = join(environment, "share", "jupyter", "lab", "settings");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "overrides.json"), labSettings);
}
