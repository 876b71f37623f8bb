/** Addons that the engine writes itself, opened by Node. */

import type { AddonExports } from "./machineCode.js";

/** What an addon exports, and by which path another thread of this process opens it, though its file is deleted. */
export interface LoadedAddon {
  readonly exports: AddonExports;
  readonly path: string;
}

/** Gives Node's own modules. */
type Builtin = <T>(name: string) => T;

interface Files {
  mkdtempSync(prefix: string): string;
  openSync(path: string, flags: string, mode?: number): number;
  writeFileSync(path: string, data: Uint8Array, options: object): void;
  readSync(file: number, into: Uint8Array): number;
  closeSync(file: number): void;
  rmSync(path: string, options: object): void;
}

interface Process {
  dlopen(module: { exports: AddonExports }, path: string): void;
}

/**
 * Writes the file to a folder that is new and this user's alone, opens and deletes it, and has Node load what is open. The file stays open, so that
 * helpers load it too. Throws where the folder cannot be written, or where addons are not allowed.
 */
export function loadAddon(builtin: Builtin, bytes: Uint8Array): LoadedAddon {
  const files = builtin<Files>("fs");
  const folder = files.mkdtempSync(`${builtin<{ tmpdir(): string }>("os").tmpdir()}/philab-engine-`);
  const file = openedAndDeleted(files, folder, bytes);
  const path = `/proc/self/fd/${file}`;
  const module = { exports: {} as AddonExports };
  try {
    builtin<Process>("process").dlopen(module, path);
  } catch (error) {
    files.closeSync(file);
    throw error;
  }
  return { exports: module.exports, path };
}

/** The number of an open file with these bytes; neither it nor its folder is there any more. */
function openedAndDeleted(files: Files, folder: string, bytes: Uint8Array): number {
  try {
    const written = `${folder}/engine.node`;
    files.writeFileSync(written, bytes, { mode: 0o400, flag: "wx" });
    return files.openSync(written, "r");
  } finally {
    files.rmSync(folder, { recursive: true, force: true });
  }
}

/** The flags of the first processor in /proc/cpuinfo. */
export function processorFlags(builtin: Builtin): ReadonlySet<string> {
  const files = builtin<Files>("fs");
  try {
    const file = files.openSync("/proc/cpuinfo", "r");
    const first = new Uint8Array(8192);
    const length = files.readSync(file, first);
    files.closeSync(file);
    const line = /^flags\s*: (.*)$/m.exec(new TextDecoder().decode(first.subarray(0, length)));
    return new Set(line?.[1]?.split(" "));
  } catch {
    return new Set();
  }
}
