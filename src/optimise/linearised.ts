/** f and all derivatives at one θ: sums over shards of instances, each one scope of the engine's memory. */

import { frozen, release } from "../engine/operations/resident.js";
import { scope } from "../engine/operations/scope.js";
import type { Network } from "../network/network.js";
import {
  type NetworkState,
  networkBackward,
  networkForward,
  networkTangent,
  outputsOf,
  type Parts,
  partsOf,
} from "../network/passes.js";
import { dot } from "../numeric/dot.js";
import { columnMajor, type Matrix, type Numbers, numbersOf, size } from "../numeric/storage.js";
import { type Data, type Dtype, inPrecision, vectorOf } from "./data.js";
import type { InstanceLoss } from "./loss.js";
import { type Shard, shardsOf, TreeSum } from "./shards.js";
import { isTurnOver, nextTurn } from "./turns.js";

/** What f is made of. */
export interface Model {
  readonly net: Network;
  readonly data: Data;
  readonly loss: InstanceLoss;
  /** 1/C; 0 where there is no regulariser. */
  readonly perC: number;
  readonly dtype: Dtype;
  readonly threads: number | undefined;
}

/** A shard that is being worked on. */
interface ShardAt {
  readonly shard: Shard;
  readonly state: NetworkState;
  /** n_L numbers for each instance, in float64. */
  readonly z: Float64Array;
}

/** Bytes of forward passes that are kept for more products; what comes after is made anew each time. */
const budget = 512 * 2 ** 20;

/** The network at one θ, on all instances or some: one forward pass, many products. */
export class Linearised {
  /** How many instances there are: |S|. */
  readonly count: number;
  readonly #model: Model;
  readonly #theta: Float64Array;
  readonly #subset: Int32Array | undefined;
  readonly #shards: readonly Shard[];
  readonly #frozen: Matrix;
  readonly #parts: Parts;
  readonly #kept = new Map<Shard, NetworkState>();
  #room: number;
  #isDisposed = false;

  /** `keeps`: whether forward passes are kept for the next product. */
  constructor(
    model: Model,
    theta: Float64Array,
    { subset, keeps }: { readonly subset: Int32Array | undefined; readonly keeps: boolean },
  ) {
    this.#model = model;
    this.#theta = theta;
    this.#subset = subset;
    this.count = subset?.length ?? model.data.l;
    this.#shards = shardsOf(model.net, this.count).filter(({ count }) => count > 0);
    this.#frozen = frozen(columnMajor(theta.length, 1, inPrecision(theta, model.dtype)));
    this.#parts = partsOf(model.net, this.#frozen.data);
    this.#room = keeps ? budget : 0;
  }

  /** f(θ), U11, the sum over these instances. */
  async value(): Promise<number> {
    const [sum] = await this.#sum((at) => Float64Array.of(this.#lossOf(at)));
    return this.#regularised(sum);
  }

  /** f(θ) and ∇f = θ/C + (1/l) Σ Jᵢᵀ ∇ξᵢ, X14. */
  async gradient(): Promise<{ f: number; g: Float64Array }> {
    const { loss, perC } = this.#model;
    const f = new TreeSum();
    const g = await this.#sum((at) => {
      f.add(Float64Array.of(this.#lossOf(at)));
      return this.#backward(
        at,
        this.#columns(at, (z, y) => loss.gradient(z, y)),
      );
    });
    for (let k = 0; k < g.length; k++) g[k] = perC * this.#theta[k] + g[k] / this.count;
    return { f: this.#regularised(f.total()[0]), g };
  }

  /** z^{L+1,i}: n_L × |S|. */
  outputs(): Promise<Matrix> {
    return this.#outputs(({ z }) => z);
  }

  /** Jᵢ v, X26: n_L × |S|. */
  async Jv(v: Matrix | Numbers | readonly number[]): Promise<Matrix> {
    const direction = this.#direction("Jv", v);
    return this.#outputs((at) => this.#tangent(at, direction));
  }

  /** Σ Jᵢᵀ uᵢ, X27: n numbers, from u: n_L × |S|, column i for instance i. */
  async JTu(u: Matrix): Promise<Float64Array> {
    const { outputs } = this.#model.net;
    if (u.rows !== outputs || u.cols !== this.count) {
      throw new RangeError(
        `JTu: u is ${size(u)}; needed ${outputs} × ${this.count}, a column for each instance`,
      );
    }
    const numbers = vectorOf("JTu", "u", u, outputs * this.count);
    return this.#sum((at) => {
      const { from, count } = at.shard;
      return this.#backward(at, numbers.subarray(outputs * from, outputs * (from + count)));
    });
  }

  /** G_S v = v/C + (1/|S|) Σ Jᵢᵀ B Jᵢ v, X28: n numbers. */
  async Gv(v: Matrix | Numbers | readonly number[]): Promise<Float64Array> {
    const { loss, perC, net } = this.#model;
    const numbers = vectorOf("Gv", "v", v, net.n);
    const direction = this.#direction("Gv", numbers);
    const product = await this.#sum((at) => {
      const Jv = this.#tangent(at, direction);
      return this.#backward(
        at,
        this.#columns(at, (z, y, range) => loss.hessianProduct(z, y, range(Jv))),
      );
    });
    for (let k = 0; k < product.length; k++) product[k] = perC * numbers[k] + product[k] / this.count;
    return product;
  }

  /** Gives back the memory of the forward passes; nothing can be asked afterwards. */
  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    const images = [...this.#kept.values()].flatMap((state) =>
      state.flatMap(({ Z, out, unpooled }) => [Z, out, ...(unpooled === undefined ? [] : [unpooled])]),
    );
    this.#kept.clear();
    release(...images, this.#frozen);
  }

  #regularised(sum: number): number {
    const { perC } = this.#model;
    const theta = columnMajor(this.#theta.length, 1, this.#theta);
    return (perC * dot(theta, theta)) / 2 + sum / this.count;
  }

  /** Σ ξᵢ over a shard. */
  #lossOf({ shard, z }: ShardAt): number {
    const y = this.#model.data.wantedOf(shard, this.#subset).data as Float64Array;
    const { outputs } = this.#model.net;
    let sum = 0;
    for (let k = 0; k < z.length; k += outputs) {
      sum += this.#model.loss.value(z.subarray(k, k + outputs), y.subarray(k, k + outputs));
    }
    return sum;
  }

  /** What `make` says of each instance, one after the other; `range` cuts its numbers out of others like z. */
  #columns(
    { shard, z }: ShardAt,
    make: (z: Float64Array, y: Float64Array, range: (all: Float64Array) => Float64Array) => ArrayLike<number>,
  ): Float64Array {
    const { outputs } = this.#model.net;
    const y = this.#model.data.wantedOf(shard, this.#subset).data as Float64Array;
    const U = new Float64Array(z.length);
    for (let k = 0; k < z.length; k += outputs) {
      const range = (all: Float64Array): Float64Array => all.subarray(k, k + outputs);
      U.set(make(range(z), range(y), range), k);
    }
    return U;
  }

  #backward({ shard, state }: ShardAt, U: Float64Array): Float64Array {
    const { net, dtype, threads } = this.#model;
    const M = columnMajor(net.outputs, shard.count, inPrecision(U, dtype));
    return networkBackward(net, this.#parts, state, M, { count: shard.count, threads });
  }

  #direction(operation: string, v: Matrix | Numbers | readonly number[]): Parts {
    const { net, dtype } = this.#model;
    return partsOf(net, inPrecision(vectorOf(operation, "v", v, net.n), dtype));
  }

  #tangent({ shard, state }: ShardAt, direction: Parts): Float64Array {
    const { net, threads } = this.#model;
    const moved = networkTangent(net, this.#parts, state, direction, { count: shard.count, threads });
    return Float64Array.from(numbersOf(moved));
  }

  /** What shards give, side by side: n_L × |S|. */
  async #outputs(make: (at: ShardAt) => Float64Array): Promise<Matrix> {
    const { outputs } = this.#model.net;
    const all = new Float64Array(outputs * this.count);
    for await (const { shard, result } of this.#each(make)) all.set(result, outputs * shard.from);
    return columnMajor(outputs, this.count, all);
  }

  async #sum(make: (at: ShardAt) => Float64Array): Promise<Float64Array> {
    const sum = new TreeSum();
    for await (const { result } of this.#each(make)) sum.add(result);
    return sum.total();
  }

  async *#each(
    make: (at: ShardAt) => Float64Array,
  ): AsyncGenerator<{ readonly shard: Shard; readonly result: Float64Array }> {
    for (const shard of this.#shards) {
      if (isTurnOver()) await nextTurn();
      if (this.#isDisposed) throw new Error("linearised: it was disposed of; needed a new one for this θ");
      yield { shard, result: this.#at(shard, make) };
    }
  }

  /** What `make` makes of a shard; the forward pass is kept where there is room. */
  #at(shard: Shard, make: (at: ShardAt) => Float64Array): Float64Array {
    const known = this.#kept.get(shard);
    const keeps = known === undefined && this.#room > 0;
    const { result, state } = scope(() => {
      const state = known ?? this.#forward(shard);
      const z = Float64Array.from(numbersOf(outputsOf(this.#model.net, state)));
      const result = make({ shard, state, z });
      return keeps ? { result, state } : { result };
    });
    if (state !== undefined) this.#keep(shard, state);
    return result;
  }

  #forward(shard: Shard): NetworkState {
    const { net, data, threads } = this.#model;
    const Z = data.imagesOf(shard, this.#subset);
    return networkForward(net, this.#parts, Z, { count: shard.count, threads });
  }

  #keep(shard: Shard, state: NetworkState): void {
    this.#kept.set(shard, state);
    for (const { out, unpooled, index } of state) {
      const bytes = (M: Matrix | undefined): number => (M === undefined ? 0 : numbersOf(M).byteLength);
      this.#room -= bytes(out) + bytes(unpooled) + (index?.byteLength ?? 0);
    }
  }
}
