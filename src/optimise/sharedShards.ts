/** The shards at one θ, shared among this thread and others that have an engine of their own. */

import { type Helper, helpersFor } from "./helpers.node.js";
import { roomOfThread } from "./keptPasses.js";
import type { Model } from "./shardPass.js";
import { type Made, shardsOf, TreeSum } from "./shards.js";
import { type AtTheta, countOf, type MayGoOn, type ShardRange, ShardsAt } from "./shardsAt.js";
import type { ShardTask } from "./shardTask.js";

/** θ, the instances, and whether forward passes are kept for the next product. */
export type SharedPlace = Omit<AtTheta, "room"> & { readonly keeps: boolean };

/**
 * As many equal parts of the 2^k shards as threads, rounded down to a power of two, so that each part is a branch of the tree
 * of sums: who computes which does not change a bit. The first part is this thread's.
 */
export class SharedShards {
  readonly count: number;
  readonly #own: ShardsAt;
  readonly #helpers: readonly Helper[];
  readonly #sessions: readonly number[];
  readonly #ranges: readonly ShardRange[];

  constructor(model: Model, { keeps, ...at }: SharedPlace) {
    this.count = countOf(model, at);
    const wanted = helpersFor(model, this.count);
    const shards = shardsOf(model.net, this.count);
    const parts = Math.min(powerOfTwo(wanted.length + 1), shards.length);
    const place = { ...at, room: keeps ? roomOfThread(parts) : 0 };
    // An engine of its own for each thread: then none waits for another one's part of a layer.
    this.#own = new ShardsAt(wanted.length > 0 ? { ...model, threads: 1 } : model, place);
    this.#helpers = wanted.slice(0, parts - 1);
    this.#sessions = this.#helpers.map((helper) => helper.begin(model, place));
    const each = shards.length / parts;
    this.#ranges = Array.from({ length: parts }, (_, k) => [k * each, (k + 1) * each]);
  }

  /** The sums of what a task makes of all shards. */
  async sum(task: ShardTask, mayGoOn: MayGoOn): Promise<Made> {
    const parts = await this.#parts(
      (range) => this.#own.sum(task, range, mayGoOn),
      (helper, session, range) => helper.sum(session, task, range),
    );
    const sum = new TreeSum();
    for (const part of parts) sum.add(part);
    return sum.total();
  }

  /** What a task makes of them side by side: n_L numbers for each instance. */
  async sideBySide(task: ShardTask, mayGoOn: MayGoOn): Promise<Float64Array> {
    const parts = await this.#parts(
      (range) => this.#own.sideBySide(task, range, mayGoOn),
      (helper, session, range) => helper.sideBySide(session, task, range),
    );
    const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }

  /** Gives all memory back, here and there. */
  dispose(): void {
    this.#own.dispose();
    for (const [k, helper] of this.#helpers.entries()) helper.end(this.#sessions[k]);
  }

  /** Each part where it is made; what a helper does not give is made here. */
  async #parts<T>(
    own: (range: ShardRange) => Promise<T>,
    asked: (helper: Helper, session: number, range: ShardRange) => Promise<T | undefined>,
  ): Promise<T[]> {
    const [first, ...others] = this.#ranges;
    const theirs = this.#helpers.map((helper, k) => asked(helper, this.#sessions[k], others[k]));
    try {
      const parts = [await own(first)];
      for (const [k, part] of theirs.entries()) parts.push((await part) ?? (await own(others[k])));
      return parts;
    } catch (error) {
      for (const helper of this.#helpers) helper.stop();
      throw error;
    }
  }
}

function powerOfTwo(n: number): number {
  return 2 ** Math.floor(Math.log2(n));
}
