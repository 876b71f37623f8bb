import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What our JupyterLab is told from the first start, file by file; each reader may set it otherwise. */
const files = {
  "overrides.json": {
    // Without an answer JupyterLab would ask every new reader whether it may fetch news.
    "@jupyterlab/apputils-extension:notification": { fetchNews: "false", checkForUpdates: false },
    // What is wider than its cell would be cut off at the cell's edge; pages break such lines too.
    "@jupyterlab/notebook-extension:tracker": { codeCellConfig: { lineNumbers: false, lineWrap: true } },
  },
  "page_config.json": {
    // There is no debugger for TypeScript here, and JupyterLab 4.6's throws after each cell of such a kernel.
    disabledExtensions: { "@jupyterlab/debugger-extension": true },
  },
};

/** All of it as one text, which changes when a setting does. */
export const labSettings: string = JSON.stringify(files);

/** Writes the settings into an environment, below a reader's own. */
export function writeLabSettings(environment: string): void {
  const folder = join(environment, "share", "jupyter", "lab", "settings");
  mkdirSync(folder, { recursive: true });
  for (const [name, settings] of Object.entries(files)) {
    writeFileSync(join(folder, name), JSON.stringify(settings, undefined, 2) + "\n");
  }
}
