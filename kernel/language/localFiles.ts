/**
 * Files beside the notebook that cells import, looked at before each conversion.
 *
 * TypeScript would watch every file and folder it has read. Two of its timers at once make tslab throw, which a
 * rebuild of a package does; and a change would be seen only some time after the cell that should see it.
 */
import { statSync } from "node:fs";
import { onDisk, standIn } from "./notebookFolder.js";
import type { Ts } from "./typescript.js";

type Callback = (path: string, kind: number) => void;

interface Watched {
  readonly callback: Callback;
  stamp: number;
}

/** The files that are looked at. */
export interface LocalFiles {
  /** Tells TypeScript of changes in the notebook's folder since the last call; says whether there were any. */
  noticeChanges(): boolean;
  /** Before a converter is made anew. */
  forget(): void;
}

/**
 * Takes over TypeScript's watching. A file that no cell imports any more is still looked at: tslab would take it for
 * converted when one imports it again.
 */
export function watchLocalFiles(ts: Ts): LocalFiles {
  const watched = new Map<string, Watched>();
  const isLocal = (path: string): boolean =>
    path.startsWith(`${standIn}/`) && !path.includes("/node_modules/");
  ts.sys.watchDirectory = () => ({ close: () => undefined });
  ts.sys.watchFile = (path, callback) => {
    if (isLocal(path)) watched.set(path, { callback: callback as Callback, stamp: stampOf(path) });
    return { close: () => undefined };
  };
  return {
    noticeChanges: () => [...watched].filter(([path, file]) => tellChange(ts, path, file)).length > 0,
    forget: () => watched.clear(),
  };
}

function tellChange(ts: Ts, path: string, file: Watched): boolean {
  const stamp = stampOf(path);
  if (stamp === file.stamp) return false;
  const { Changed, Created, Deleted } = ts.FileWatcherEventKind;
  const kind = stamp === 0 ? Deleted : file.stamp === 0 ? Created : Changed;
  file.stamp = stamp;
  file.callback(path, kind);
  if (scriptName(path) !== path) file.callback(scriptName(path), kind);
  return true;
}

/** What tslab is told that x.mjs is called: it takes what ends in .js or .ts alone. */
export function scriptName(path: string): string {
  return path.replace(/\.[mc][jt]s$/, "$&.js");
}

/** The name on disk of what tslab calls so. */
export function nameOfScript(name: string): string {
  return name.replace(/(\.[mc][jt]s)\.js$/, "$1");
}

/** When the file was written last; 0 for none. */
function stampOf(path: string): number {
  return statSync(onDisk(path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
