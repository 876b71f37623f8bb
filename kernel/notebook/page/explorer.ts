/** The explorer of φ for a page: the view of the JupyterLab plugin as one script, with its style. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PHI_MIME } from "../../../src/mime/types.js";
import { packageRoot } from "../../packageRoot.js";
import type { Bundle } from "../types.js";

export interface Explorer {
  readonly script: string;
  readonly style: string;
}

/** Shows each payload in its place; what stood there was the form without a script. */
const entry = `
import { showPhi } from "./views/phi.js";
for (const data of document.querySelectorAll(".explorer > script[type='application/json']")) {
  const host = document.createElement("div");
  data.parentElement.replaceChildren(host);
  showPhi(host, JSON.parse(data.textContent));
}`;

/** Where `npm run build` puts the explorer for an installed package, which has no sources to bundle. */
export const builtExplorer = (root: string): string => join(root, "dist", "page", "explorer.json");

/** The explorer, bundled from its sources in a checkout; undefined where it was never built. */
export async function readExplorer(root: string = packageRoot()): Promise<Explorer | undefined> {
  if (existsSync(join(root, "kernel", "lab", "views", "phi.ts"))) return bundleExplorer(root);
  if (!existsSync(builtExplorer(root))) return undefined;
  return JSON.parse(await readFile(builtExplorer(root), "utf8")) as Explorer;
}

async function bundleExplorer(root: string): Promise<Explorer> {
  const { build } = await import("esbuild");
  const lab = join(root, "kernel", "lab");
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: lab, loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    absWorkingDir: root,
  });
  const script = outputFiles[0]?.text ?? "";
  return {
    script: script.replaceAll("</script", "<\\/script"),
    style: await readFile(join(lab, "style", "index.css"), "utf8"),
  };
}

/** The payload of an explorer in an output, as a data block of the page that cannot end before its end. */
export function explorerData(bundle: Bundle): string | undefined {
  const payload = Object.hasOwn(bundle, PHI_MIME) ? bundle[PHI_MIME] : undefined;
  if (payload === undefined) return undefined;
  return `<script type="application/json">${JSON.stringify(payload).replaceAll("<", "\\u003c")}</script>`;
}
