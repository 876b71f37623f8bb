import { access, constants, open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { momentaryName, sweepLeftovers } from "./leftovers.js";

/** A file that was not written; the message begins with its path. */
export class WriteError extends Error {
  override readonly name = "WriteError";
}

/**
 * Writes `content` to `file`, the whole of it or nothing: a file beside it, flushed, then renamed over it; one that a writer
 * left that was killed is taken away. A link stays a link, and a file keeps who may read it. Throws WriteError, which names
 * the file, also for what is no file: a folder, a device.
 */
export async function writeAtomically(file: string, content: string | Uint8Array): Promise<void> {
  const target = await realpath(file).catch(() => file);
  const mode = await modeOf(target, file);
  const folder = dirname(target);
  const [before, after] = [`.${basename(target).slice(0, 100)}.`, ".part"];
  await sweepLeftovers(folder, before, after);
  const beside = join(folder, momentaryName(before, after));
  try {
    const handle = await open(beside, "wx", mode ?? 0o666);
    try {
      if (mode !== undefined) await handle.chmod(mode);
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw writeError(file, error);
  }
}

/** Throws WriteError where `file` could not be written now: asked before the work whose result it is to hold. */
export async function assertWritable(file: string): Promise<void> {
  const target = await realpath(file).catch(() => file);
  await modeOf(target, file);
  await access(dirname(target), constants.W_OK).catch((error) => {
    throw writeError(file, error);
  });
}

/** Who may do what with the file that is there; undefined where there is none. */
async function modeOf(target: string, file: string): Promise<number | undefined> {
  const there = await stat(target).catch(() => undefined);
  if (there === undefined) return undefined;
  if (there.isFile()) return there.mode & 0o7777;
  const what = there.isDirectory() ? "a folder" : "a device or a pipe";
  throw new WriteError(`${file}: not written: it is ${what}; name a file`);
}

/** What is said of a file or a folder that the system would not write. */
export function writeError(file: string, error: unknown): WriteError {
  return new WriteError(`${file}: not written: ${reasonOf(error as NodeJS.ErrnoException)}`, {
    cause: error,
  });
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  const known: Readonly<Record<string, string>> = {
    ENOSPC: "the disk is full",
    EDQUOT: "the quota of the disk is used up",
    EROFS: "the disk can only be read",
    EACCES: "permission denied",
    EPERM: "permission denied",
    ENOENT: "its folder does not exist",
    ENOTDIR: "its folder is a file",
    ENAMETOOLONG: "its name is too long",
  };
  return code !== undefined && Object.hasOwn(known, code) ? `${known[code]} (${code})` : message;
}
