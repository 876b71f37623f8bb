/** Paths in a module that lies in another folder than the notebook it comes from. */
import { dirname, relative, resolve, sep } from "node:path";

/** What an import in the notebook `file` names, as a module in `folder` must name it. */
export function rebase(from: string, file: string, folder: string): string {
  if (!/^\.\.?(\/|$)/.test(from)) return from;
  const path = relative(resolve(folder), resolve(dirname(file), from))
    .split(sep)
    .join("/");
  return path.startsWith("../") || path === ".." ? path : `./${path}`;
}

/** The name of a cell in a traceback: `…/02-vec-and-mat.ipynb/eq-5`, as a URL relative to the module. */
export function sourceName(label: string, file: string, folder: string): string {
  const path = relative(resolve(folder), resolve(file)).split(sep);
  return [...path, label].map(encodeURIComponent).join("/");
}
