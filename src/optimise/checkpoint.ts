/**
 * States kept in a file, so that a training that was killed goes on with the same bits: the new one is written beside the
 * old one, brought to the disk and given its name, and the old one is kept as FILE.previous.
 */

import type { Numbers } from "../numeric/storage.js";
import { type CheckpointContent, checkpointBytes, readCheckpoint } from "./checkpointBytes.js";
import { type Files, type NodeFiles, nodeFiles } from "./files.node.js";
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

/** What is trained, how, and on what it is validated. */
export interface KeptTraining<State> {
  readonly problem: Problem;
  readonly method: Method<State>;
  readonly others: Problem | undefined;
}

/**
 * The states of this training at a path, which is taken over from one that kept its states there: that one ends. Reading
 * throws Error where the file is of another problem, method or options, or damaged with no good one before it.
 */
export async function checkpointsAt<State>(
  path: string,
  training: KeptTraining<State>,
): Promise<Checkpoints<State>> {
  const node = nodeFiles();
  const write = await takenOver(node.fullPath(path));
  const known = { identity: identityOf(training, node), method: training.method.name };
  let isGood = true;
  return {
    last: async () => {
      const found = await lastGood(path, (file) => stateIn<State>(node, file, known));
      isGood = !found.isDamaged;
      return found.state;
    },
    keep: async (state) => {
      const bytes = checkpointBytes({ ...known, state }, node.sha256);
      const how = { folder: node.folderOf(path), keepsOld: isGood };
      await write(() =>
        written(node.files, path, bytes, how).catch((cause) => {
          throw new Error(`checkpoint: cannot write ${path}: ${(cause as Error).message}`, { cause });
        }),
      );
      isGood = true;
    },
  };
}

/** Takes a path over, after what is being written there: who may write there from now on. */
async function takenOver(place: string): Promise<(write: () => Promise<void>) => Promise<void>> {
  const keeper = Symbol(place);
  const before = keepers.get(place)?.writing;
  keepers.set(place, { keeper, writing: Promise.resolve() });
  await before;
  return async (write) => {
    if (keepers.get(place)?.keeper !== keeper)
      throw new Error(`checkpoint: another training keeps its states in ${place} since; this one ends here`);
    const writing = write();
    keepers.set(place, { keeper, writing: writing.catch(() => undefined) });
    await writing;
  };
}

/** By name, SHA-256 of what a state belongs to. */
function identityOf<State>(
  { problem, method, others }: KeptTraining<State>,
  { sha256 }: NodeFiles,
): Readonly<Record<string, string>> {
  const hash = (part: string | Numbers): string => sha256(typeof part === "string" ? part : bytesOf(part));
  const [sizes, Z, y] = problem.identity();
  const [options, ...vectors] = method.identity;
  const validation = others === undefined ? "none" : others.identity().map(hash).join();
  const parts = { problem: sizes, Z, y, options, theta0: vectors[0], validation };
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, hash(part)]));
}

/** The state in a file; undefined where it is not there. Throws OtherTraining, or Error where it is damaged. */
async function stateIn<State>(
  { files, sha256 }: NodeFiles,
  file: string,
  { identity, method }: Omit<CheckpointContent, "state">,
): Promise<State | undefined> {
  const bytes = await bytesAt(files, file);
  if (bytes === undefined) return undefined;
  const found = readCheckpoint(bytes, sha256);
  const other = found.method === method ? undefined : `the method is ${found.method}, not ${method}`;
  const differs = Object.keys(identity).find((name) => found.identity[name] !== identity[name]);
  const why = other ?? (differs && `${differs} is not the same`);
  if (why === undefined) return found.state as State;
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
