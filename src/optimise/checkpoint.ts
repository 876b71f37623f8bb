/**
 * States kept in a file, so that a training that was killed goes on with the same bits: the new one is written beside the
 * old one, brought to the disk and given its name, and the old one is kept as FILE.previous. A path has one training: of two
 * processes that keep their states there, the one that finds a file that is not its own ends.
 */

import type { Numbers } from "../numeric/storage.js";
import { checkpointBytes, readCheckpoint } from "./checkpointBytes.js";
import { type NodeFiles, nodeFiles } from "./files.node.js";
import type { Method } from "./method.js";
import type { Problem } from "./objective.js";
import { bytesAt, replaceFile, stampOf, sweep } from "./stateFile.js";

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

/** The path has the states of a training that began later. */
class OtherKeeper extends Error {
  constructor(path: string) {
    super(`checkpoint: another training keeps its states in ${path} since; this one ends here`);
  }
}

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
  const node = nodeFiles();
  const place = node.fullPath(path);
  const keeper = Symbol(path);
  const before = keepers.get(place)?.writing;
  keepers.set(place, { keeper, writing: Promise.resolve() });
  await before; // who had the path until now ends with this state
  const known = await stampOf(node.files, path);
  await sweep(node, path);
  const { name: method } = training.method;
  const whose = { keeper, method, identity: identityOf(training, node.sha256) };
  return new StatesAt<State>(node, { path, place }, whose, known);
}

/** What a state's file says of its training, and who keeps it in this process. */
interface Whose {
  readonly keeper: symbol;
  readonly method: string;
  readonly identity: Readonly<Record<string, string>>;
}

class StatesAt<State> implements Checkpoints<State> {
  readonly #node: NodeFiles;
  readonly #path: string;
  readonly #place: string;
  readonly #whose: Whose;
  /** What is at the path by what we know: nobody else has written there as long as it is. */
  #known: string | undefined;
  #isGood = true;

  constructor(
    node: NodeFiles,
    { path, place }: { readonly path: string; readonly place: string },
    whose: Whose,
    known: string | undefined,
  ) {
    this.#node = node;
    this.#path = path;
    this.#place = place;
    this.#whose = whose;
    this.#known = known;
  }

  async last(): Promise<State | undefined> {
    const { files, sha256 } = this.#node;
    const read = async (file: string): Promise<State | undefined> => {
      const bytes = await bytesAt(files, file);
      return bytes && stateIn<State>(readCheckpoint(bytes, sha256), { file, ...this.#whose });
    };
    const found = await lastGood(this.#path, read);
    this.#isGood = !found.isDamaged;
    return found.state;
  }

  async keep(state: State): Promise<void> {
    const { keeper } = this.#whose;
    if (keepers.get(this.#place)?.keeper !== keeper) throw new OtherKeeper(this.#path);
    const writing = this.#write(state);
    keepers.set(this.#place, { keeper, writing: writing.catch(() => undefined) });
    await writing.catch((cause) => {
      if (cause instanceof OtherKeeper) throw cause;
      throw new Error(`checkpoint: cannot write ${this.#path}: ${(cause as Error).message}`, { cause });
    });
    this.#isGood = true;
  }

  async #write(state: State): Promise<void> {
    const { files, sha256 } = this.#node;
    const found = await stampOf(files, this.#path);
    if (found !== undefined && found !== this.#known) throw new OtherKeeper(this.#path);
    const { identity, method } = this.#whose;
    await replaceFile(
      this.#node,
      this.#path,
      checkpointBytes({ identity, method, state }, sha256),
      this.#isGood,
    );
    this.#known = await stampOf(files, this.#path);
  }
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

function bytesOf({ buffer, byteOffset, byteLength }: Numbers): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
