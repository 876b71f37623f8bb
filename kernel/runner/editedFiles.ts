/** Files beside the notebook that Node itself loads: one that was edited since is loaded anew. */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** When each file that was asked for was written last, at the first time and at the latest. */
const stamps = new Map<string, { first: number; last: number }>();

/** Takes a file that was edited out of `require`'s memory. JSON goes always: two writes may be of one millisecond. */
export function forgetEdited(local: NodeJS.Require, id: string): void {
  if (!isLocal(id)) return;
  const path = pathOf(local, id);
  if (path === undefined || path.includes("node_modules")) return;
  const before = stamps.get(path)?.last;
  if (stampOf(path).last !== before || path.endsWith(".json")) delete local.cache[path];
}

/** The specifier for `import()`: an edited file has another URL. */
export function editedSpecifier(folder: string, specifier: string): string {
  if (!isLocal(specifier)) return specifier;
  const path = resolve(folder, specifier);
  const { first, last } = stampOf(path);
  return first === last ? specifier : `${pathToFileURL(path).href}?edited=${last}`;
}

/** Whether a specifier is a path. */
export function isLocal(specifier: string): boolean {
  return /^\.{0,2}\//.test(specifier);
}

function stampOf(path: string): { first: number; last: number } {
  const last = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const stamp = { first: stamps.get(path)?.first ?? last, last };
  stamps.set(path, stamp);
  return stamp;
}

function pathOf(local: NodeJS.Require, id: string): string | undefined {
  try {
    return local.resolve(id);
  } catch {
    return undefined;
  }
}
