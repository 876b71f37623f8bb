import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { SetupError } from "./setupError.js";

/**
 * Puts a new folder in the place of `target`: `write` fills a temporary one beside it, which is then renamed.
 * Where `write` throws, the old folder stays as it was. Throws SetupError that names the folder and the reason.
 */
export function replaceFolder(target: string, write: (folder: string) => void): void {
  const beside = join(dirname(target), `.${basename(target)}-${process.pid}`);
  const [fresh, old] = [`${beside}-new`, `${beside}-old`];
  try {
    mkdirSync(fresh, { recursive: true });
    write(fresh);
    swap(fresh, target, old);
  } catch (cause) {
    throw new SetupError(`${target}: could not be written: ${reason(cause)}`, { cause });
  } finally {
    for (const left of [fresh, old]) remove(left);
  }
}

/** What cannot be removed must not hide why it was to be removed. */
function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // The error above this one says what went wrong.
  }
}

/** Renames twice; a failed second one brings the old folder back. */
function swap(fresh: string, target: string, old: string): void {
  if (existsSync(target)) renameSync(target, old);
  try {
    renameSync(fresh, target);
  } catch (error) {
    if (existsSync(old)) renameSync(old, target);
    throw error;
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
