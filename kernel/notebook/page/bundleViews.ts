/** The views of the JupyterLab plugin as scripts: all in one for pages, and each in one file for other front ends. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { BuildOptions } from "esbuild";
import { type ViewName, viewTypes } from "../../../src/mime/types.js";

const labFolder = (root: string): string => join(root, "kernel", "lab");

/** What a page runs, made from the sources of a checkout. */
export async function pageScript(root: string): Promise<string> {
  const contents = `import { markPlace } from "./views/contents.js"; import { showAll } from "./views/page.js"; showAll(document); markPlace(document);`;
  return bundled(root, contents, { format: "iife" });
}

/** The style of all views. */
export function viewStyle(root: string): Promise<string> {
  return readFile(join(labFolder(root), "style", "index.css"), "utf8");
}

/** Each view by its name, as an ES module with its style in it: what anywidget and MyST's directive load. */
export async function viewFiles(root: string): Promise<ReadonlyMap<ViewName, string>> {
  const names = Object.keys(viewTypes) as ViewName[];
  const texts = await Promise.all(names.map((name) => bundled(root, moduleOf(name), { format: "esm" })));
  return new Map(names.map((name, k) => [name, texts[k] as string]));
}

const moduleOf = (name: ViewName): string => `
import { standalone } from "./standalone.js";
import view from "./views/${name}.js";
import style from "./style/index.css";
export default standalone(view, style);`;

async function bundled(root: string, contents: string, options: BuildOptions): Promise<string> {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: labFolder(root), loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    target: "es2022",
    absWorkingDir: root,
    loader: { ".css": "text" },
    ...options,
  });
  return outputFiles?.[0]?.text ?? "";
}
