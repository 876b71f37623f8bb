/**
 * States kept in a file, so that a training that was killed goes on with the same bits: the new one is written beside the
 * old one, brought to the disk and given its name, and the old one is kept as FILE.previous.
 */

import type { Numbers } from "../numeric/storage.js";
import { checkpointBytes, readCheckpoint } from "./checkpointBytes.js";
import { type Files, nodeFiles } from "./files.node.js";
import type { Method } from "./method.js";
import type { Problem } from "./objective.js";

/** The states of one training. */
export interface Checkpoints<State> {
  /** The last that was kept; undefined where there is none. */
  last(): Promise<State | undefined>;
  keep(state: State): Promise<void>;
}

/** A file whose state belongs to another training. */
class OtherTraining extends Error {}

/**
 * The states of this training at a path. Reading throws Error where the file is of another problem, method or options, or
 * damaged with no good one before it.
 */
export async function checkpointsAt<State>(
  path: string,
  {
    problem,
    method,
    others,
  }: { readonly problem: Problem; readonly method: Method<State>; readonly others: Problem | undefined },
): Promise<Checkpoints<State>> {
  const { files, sha256, folderOf } = nodeFiles();
  const hash = (part: string | Numbers): string => sha256(typeof part === "string" ? part : bytesOf(part));
  const [sizes, Z, y] = problem.identity();
  const [options, ...vectors] = method.identity;
  const validation = others === undefined ? "none" : others.identity().map(hash).join();
  const identity = Object.fromEntries(
    Object.entries({ problem: sizes, Z, y, options, theta0: vectors[0], validation }).map(([name, part]) => [
      name,
      hash(part),
    ]),
  );
  const read = async (file: string): Promise<State | undefined> => {
    const bytes = await bytesAt(files, file);
    if (bytes === undefined) return undefined;
    const found = readCheckpoint(bytes, sha256);
    const other =
      found.method === method.name ? undefined : `the method is ${found.method}, not ${method.name}`;
    const differs = Object.keys(identity).find((name) => found.identity[name] !== identity[name]);
    const why = other ?? (differs && `${differs} is not the same`);
    if (why)
      throw new OtherTraining(
        `${file} is of another training: ${why}; needed another path, or the same training`,
      );
    return found.state as State;
  };
  let isGood = true;
  return {
    last: async () => {
      const found = await lastGood(path, read);
      isGood = !found.isDamaged;
      return found.state;
    },
    keep: async (state) => {
      const bytes = checkpointBytes({ identity, method: method.name, state }, sha256);
      await written(files, path, bytes, { folder: folderOf(path), keepsOld: isGood }).catch((cause) => {
        throw new Error(`checkpoint: cannot write ${path}: ${(cause as Error).message}`, { cause });
      });
      isGood = true;
    },
  };
}

/** The state at the path, or the one before it where that is damaged, which is said. */
async function lastGood<State>(
  path: string,
  read: (file: string) => Promise<State | undefined>,
): Promise<{ state: State | undefined; isDamaged: boolean }> {
  const previous = `${path}.previous`;
  let file = path;
  try {
    const state = await read(path);
    if (state !== undefined) return { state, isDamaged: false };
    file = previous;
    return { state: await read(previous), isDamaged: false };
  } catch (error) {
    if (error instanceof OtherTraining) throw new Error(`checkpoint: ${error.message}`);
    const why = `checkpoint: ${file} cannot be used: ${(error as Error).message}`;
    const before = await read(previous).catch(() => undefined);
    if (before === undefined)
      throw new Error(`${why}; and there is no good one before it. Remove it to begin anew`, {
        cause: error,
      });
    console.warn(`${why}; going on from ${previous}`);
    return { state: before, isDamaged: true };
  }
}

/** Writes the bytes; what is there becomes the previous one, unless it is damaged and the previous one is all there is. */
async function written(
  files: Files,
  path: string,
  bytes: Uint8Array,
  { folder, keepsOld }: { readonly folder: string; readonly keepsOld: boolean },
): Promise<void> {
  const file = await files.open(`${path}.new`, "w");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  if (keepsOld) await files.rename(path, `${path}.previous`).catch(unlessMissing);
  await files.rename(`${path}.new`, path);
  const names = await files.open(folder, "r");
  await names.sync().finally(() => names.close());
}

async function bytesAt(files: Files, path: string): Promise<Uint8Array | undefined> {
  return files.readFile(path).catch((error) => {
    unlessMissing(error);
    return undefined;
  });
}

function unlessMissing(error: { code?: string }): void {
  if (error.code !== "ENOENT") throw error;
}

function bytesOf({ buffer, byteOffset, byteLength }: Numbers): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
