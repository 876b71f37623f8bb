/** The explorer of φ, derivations and checked statements for a page: the views of the JupyterLab plugin as one script, with their style. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { texPieces } from "../../../src/mime/texPieces.js";
import { PHI_MIME, viewTypes } from "../../../src/mime/types.js";
import { packageRoot } from "../../place/packageRoot.js";
import type { Bundle } from "../format/types.js";
import { pageScript, viewStyle } from "./bundleViews.js";
import { escapeHtml } from "./escape.js";
import { formulaHtml } from "./formula.js";

export interface Explorer {
  readonly script: string;
  readonly style: string;
}

/** Where `npm run build` puts the explorer for an installed package, which has no sources to bundle. */
export const builtExplorer = (root: string): string => join(root, "dist", "page", "explorer.json");

/** The explorer, bundled from its sources in a checkout; undefined where it was never built. */
export async function readExplorer(root: string = packageRoot()): Promise<Explorer | undefined> {
  if (existsSync(join(root, "kernel", "lab", "views", "phi.ts"))) return bundleExplorer(root);
  if (!existsSync(builtExplorer(root))) return undefined;
  return JSON.parse(await readFile(builtExplorer(root), "utf8")) as Explorer;
}

async function bundleExplorer(root: string): Promise<Explorer> {
  const [script, style] = await Promise.all([pageScript(root), viewStyle(root)]);
  return { script: script.replaceAll("</script", "<\\/script"), style };
}

/** The payload of a view in an output, as a data block of the page that cannot end before its end. */
export function explorerData(bundle: Bundle): string | undefined {
  const type = Object.values(viewTypes).find((mime) => Object.hasOwn(bundle, mime));
  if (type === undefined) return undefined;
  const json = JSON.stringify(bundle[type]).replaceAll("<", "\\u003c");
  const data = `<script type="application/json" data-type="${type}">${json}</script>`;
  return type === PHI_MIME ? data : data + formulasOf(bundle[type]);
}

/** Every formula of a payload once, set, behind its TeX. */
function formulasOf(payload: unknown): string {
  const set = [...formulasIn(payload)].map(
    (tex) => `<span data-tex="${escapeHtml(tex)}">${formulaHtml(`\\displaystyle ${tex}`, false)}</span>`,
  );
  return `<div hidden>${set.join("")}</div>`;
}

/** The formulas of a payload in the pieces that its view asks for. */
export function formulasIn(payload: unknown): ReadonlySet<string> {
  return new Set(texIn(payload).flatMap(texPieces));
}

/** The names under which payloads have TeX. */
const texName = /^(?:tex|law|marked[A-Z]\w*)$/;

function texIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    typeof part === "string" ? (texName.test(name) ? [part] : []) : texIn(part),
  );
}
