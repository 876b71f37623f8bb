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

/** Who keeps states at a path in this process, and what is being written there. */
const keepers = new Map<string, { readonly keeper: symbol; readonly writing: Promise<unknown> }>();

/** A file whose state belongs to another training. */
class OtherTraining extends Error {}

/** What makes a training this one. */
interface Training<State> {
  readonly problem: Problem;
  readonly method: Method<State>;
  readonly others: Problem | undefined;
}

/** The hashes of its parts, by their names. */
function identityOf<State>(
  { problem, method, others }: Training<State>,
  sha256: (bytes: string | Uint8Array) => string,
): Record<string, string> {
  const hash = (part: string | Numbers): string => sha256(typeof part === "string" ? part : bytesOf(part));
  const [sizes, Z, y] = problem.identity();
  const [options, theta0] = method.identity;
  const validation = others === undefined ? "none" : others.identity().map(hash).join();
  const parts = Object.entries({ problem: sizes, Z, y, options, theta0, validation });
  return Object.fromEntries(parts.map(([name, part]) => [name, hash(part)]));
}

/**
 * The states of this training at a path, which is taken over from one that kept its states there: that one ends. Reading
 * throws Error where the file is of another problem, method or options, or damaged with no good one before it.
 */
export async function checkpointsAt<State>(
  path: string,
  training: Training<State>,
): Promise<Checkpoints<State>> {
  const { files, sha256, folderOf, fullPath } = nodeFiles();
  const place = fullPath(path);
  const keeper = Symbol(path);
  const before = keepers.get(place)?.writing;
  keepers.set(place, { keeper, writing: Promise.resolve() });
  await before; // who had the path until now ends with this state
  const method = training.method.name;
  const identity = identityOf(training, sha256);
  let isGood = true;
  return {
    last: async () => {
      const read = async (file: string): Promise<State | undefined> => {
        const bytes = await bytesAt(files, file);
        return bytes && stateIn<State>(readCheckpoint(bytes, sha256), { file, method, identity });
      };
      const found = await lastGood(path, read);
      isGood = !found.isDamaged;
      return found.state;
    },
    keep: async (state) => {
      if (keepers.get(place)?.keeper !== keeper)
        throw new Error(`checkpoint: another training keeps its states in ${path} since; this one ends here`);
      const bytes = checkpointBytes({ identity, method, state }, sha256);
      const writing = written(files, path, bytes, { folder: folderOf(path), keepsOld: isGood });
      keepers.set(place, { keeper, writing: writing.catch(() => undefined) });
      await writing.catch((cause) => {
        throw new Error(`checkpoint: cannot write ${path}: ${(cause as Error).message}`, { cause });
      });
      isGood = true;
    },
  };
}

/** The state that a file holds. Throws OtherTraining that says by what it is of another training. */
function stateIn<State>(
  found: ReturnType<typeof readCheckpoint>,
  wanted: {
    readonly file: string;
    readonly method: string;
    readonly identity: Readonly<Record<string, string>>;
  },
): State {
  const { file, method, identity } = wanted;
  const other = found.method === method ? undefined : `the method is ${found.method}, not ${method}`;
  const differs = Object.keys(identity).find((name) => found.identity[name] !== identity[name]);
  const why = other ?? (differs && `${differs} is not the same`);
  if (!why) return found.state as State;
  throw new OtherTraining(
    `${file} is of another training: ${why}; needed another path, or the same training`,
  );
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
