/** The shards of some instances at one θ, each one scope of the engine's memory. */

import { frozen, release } from "../engine/operations/resident.js";
import { scope } from "../engine/operations/scope.js";
import { type Parts, partsOf, type Steps } from "../network/passes.js";
import { columnMajor, type Matrix } from "../numeric/storage.js";
import { inPrecision } from "./data.js";
import { KeptPasses } from "./keptPasses.js";
import { forwardOf, type Model, ShardPass } from "./shardPass.js";
import { type Made, type Shard, shardsOf, TreeSum } from "./shards.js";
import { makerOf, type ShardTask } from "./shardTask.js";
import { inTurns } from "./turns.js";

/** θ, the instances, and how many bytes of forward passes a thread may keep for the next product. */
export interface AtTheta {
  readonly theta: Float64Array;
  /** The numbers of those that are summed over; undefined: all. */
  readonly subset: Int32Array | undefined;
  readonly room: number;
}

/** Shards number from … to − 1. */
export type ShardRange = readonly [from: number, to: number];

/** Throws where the work is to end. */
export type MayGoOn = () => void;

/** How many instances a place has. */
export function countOf({ data }: Model, { subset }: Pick<AtTheta, "subset">): number {
  return subset?.length ?? data.l;
}

export class ShardsAt {
  readonly shards: readonly Shard[];
  readonly #model: Model;
  readonly #subset: Int32Array | undefined;
  readonly #frozen: Matrix;
  readonly #parts: Parts;
  readonly #kept: KeptPasses;

  constructor(model: Model, place: AtTheta) {
    this.#model = model;
    this.#subset = place.subset;
    this.shards = shardsOf(model.net, countOf(model, place));
    this.#frozen = frozen(columnMajor(place.theta.length, 1, inPrecision(place.theta, model.dtype)));
    this.#parts = partsOf(model.net, this.#frozen.data);
    this.#kept = new KeptPasses(place.room);
  }

  /** The sums of what a task makes of each shard of a range, as a fixed tree. */
  async sum(task: ShardTask, range: ShardRange, mayGoOn: MayGoOn): Promise<Made> {
    const sum = new TreeSum();
    const make = makerOf(this.#model, task);
    for (const shard of this.shards.slice(...range))
      sum.add(shard.count === 0 ? [] : await this.#of(shard, make, mayGoOn));
    return sum.total();
  }

  /** What a task makes of them side by side: n_L numbers for each instance of the range. */
  async sideBySide(task: ShardTask, [from, to]: ShardRange, mayGoOn: MayGoOn): Promise<Float64Array> {
    const { outputs } = this.#model.net;
    const make = makerOf(this.#model, task);
    const [first, last] = [this.shards[from], this.shards[to - 1]];
    const all = new Float64Array(outputs * (last.from + last.count - first.from));
    for (const shard of this.shards.slice(from, to)) {
      if (shard.count === 0) continue;
      const [part] = await this.#of(shard, make, mayGoOn);
      all.set(part, outputs * (shard.from - first.from));
    }
    return all;
  }

  /** Gives back the memory of θ and of the forward passes. */
  dispose(): void {
    this.#kept.dispose();
    release(this.#frozen);
  }

  /** What `make` makes of a shard; the forward pass is kept where there is room. */
  async #of(shard: Shard, make: (pass: ShardPass) => Steps<Made>, mayGoOn: MayGoOn): Promise<Made> {
    const input = { shard, subset: this.#subset, parts: this.#parts };
    const { result, state } = await scope(async () => {
      mayGoOn();
      const known = this.#kept.of(shard);
      const state = known ?? (await inTurns(forwardOf(this.#model, input), mayGoOn));
      const result = await inTurns(make(new ShardPass(this.#model, input, state)), mayGoOn);
      return known === undefined && this.#kept.takes(state) ? { result, state } : { result };
    });
    if (state !== undefined) this.#kept.keep(shard, state);
    return result;
  }
}
