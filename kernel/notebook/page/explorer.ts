/** The explorer of φ, derivations and checked statements for a page: the views of the JupyterLab plugin as one script, with their style. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DERIVATION_MIME, PHI_MIME, VERDICT_MIME } from "../../../src/mime/types.js";
import { packageRoot } from "../../place/packageRoot.js";
import type { Bundle } from "../format/types.js";
import { escapeHtml } from "./escape.js";
import { formulaHtml } from "./formula.js";

export interface Explorer {
  readonly script: string;
  readonly style: string;
}

/**
 * Shows each payload in its place; what stood there was the form without a script. The formulas of derivations
 * and statements come with the page, set already, so that the page needs no typesetter.
 */
const entry = `
import { showDerivation } from "./views/derivation.js";
import { showPhi } from "./views/phi.js";
import { showVerdict } from "./views/verdict.js";
const views = new Map([
  [${JSON.stringify(PHI_MIME)}, showPhi],
  [${JSON.stringify(DERIVATION_MIME)}, showDerivation],
  [${JSON.stringify(VERDICT_MIME)}, showVerdict],
]);
for (const data of document.querySelectorAll(".explorer > script[type='application/json']")) {
  const host = document.createElement("div");
  const place = data.parentElement;
  const formulas = new Map([...place.querySelectorAll("[data-tex]")].map((node) => [node.dataset.tex, node]));
  const typeset = (at, tex) => at.append(...(formulas.get(tex) ?? at).cloneNode(true).childNodes);
  place.replaceChildren(host);
  views.get(data.dataset.type)(host, JSON.parse(data.textContent), typeset);
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

/** The payload of a view in an output, as a data block of the page that cannot end before its end. */
export function explorerData(bundle: Bundle): string | undefined {
  const type = [PHI_MIME, DERIVATION_MIME, VERDICT_MIME].find((mime) => Object.hasOwn(bundle, mime));
  if (type === undefined) return undefined;
  const json = JSON.stringify(bundle[type]).replaceAll("<", "\\u003c");
  const data = `<script type="application/json" data-type="${type}">${json}</script>`;
  return type === PHI_MIME ? data : data + formulasOf(bundle[type]);
}

/** Every formula of a derivation or a statement once, behind its TeX. */
function formulasOf(payload: unknown): string {
  const set = [...new Set(texIn(payload))].map(
    (tex) => `<span data-tex="${escapeHtml(tex)}">${formulaHtml(`\\displaystyle ${tex}`, false)}</span>`,
  );
  return `<div hidden>${set.join("")}</div>`;
}

/** The TeX of lines, rules and remarks, wherever a payload has it. */
function texIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    typeof part === "string" ? (name === "tex" || name === "law" ? [part] : []) : texIn(part),
  );
}
