/** f and all derivatives at one θ: sums over shards of instances, each one scope of the engine's memory. */

import { frozen, release } from "../engine/operations/resident.js";
import { scope } from "../engine/operations/scope.js";
import { type Parts, partsOf, type Steps } from "../network/passes.js";
import { dot } from "../numeric/dot.js";
import { columnMajor, type Matrix, type Numbers, size } from "../numeric/storage.js";
import { inPrecision, vectorOf } from "./data.js";
import { KeptPasses } from "./keptPasses.js";
import { forwardOf, type Model, ShardPass } from "./shardPass.js";
import { type Shard, shardsOf, TreeSum } from "./shards.js";
import { inTurns } from "./turns.js";

/** What is made of a shard. */
type Make = (pass: ShardPass) => Steps<Float64Array>;

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
  readonly #kept: KeptPasses;
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
    this.#kept = new KeptPasses(keeps);
  }

  /** f(θ), U11, the sum over these instances. */
  async value(): Promise<number> {
    // biome-ignore lint/correctness/useYield: a loss is no step of its own
    const [sum] = await this.#sum(function* (pass) {
      return Float64Array.of(pass.loss());
    });
    return this.#regularised(sum);
  }

  /** f(θ) and ∇f = θ/C + (1/l) Σ Jᵢᵀ ∇ξᵢ, X14. */
  async gradient(): Promise<{ f: number; g: Float64Array }> {
    const { perC } = this.#model;
    const f = new TreeSum();
    const g = await this.#sum((pass) => {
      f.add(Float64Array.of(pass.loss()));
      return pass.backward(pass.lossGradient());
    });
    for (let k = 0; k < g.length; k++) g[k] = perC * this.#theta[k] + g[k] / this.count;
    return { f: this.#regularised(f.total()[0]), g };
  }

  /** z^{L+1,i}: n_L × |S|. */
  outputs(): Promise<Matrix> {
    // biome-ignore lint/correctness/useYield: it is there
    return this.#outputs(function* ({ z }) {
      return z;
    });
  }

  /** Jᵢ v, X26: n_L × |S|. */
  async Jv(v: Matrix | Numbers | readonly number[]): Promise<Matrix> {
    const direction = this.#direction("Jv", v);
    return this.#outputs((pass) => pass.tangent(direction));
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
    return this.#sum((pass) => {
      const { from, count } = pass.shard;
      return pass.backward(numbers.subarray(outputs * from, outputs * (from + count)));
    });
  }

  /** G_S v = v/C + (1/|S|) Σ Jᵢᵀ B Jᵢ v, X28: n numbers. */
  async Gv(v: Matrix | Numbers | readonly number[]): Promise<Float64Array> {
    const { perC, net } = this.#model;
    const numbers = vectorOf("Gv", "v", v, net.n);
    const direction = this.#direction("Gv", numbers);
    const product = await this.#sum(function* (pass) {
      const Jv = yield* pass.tangent(direction);
      return yield* pass.backward(pass.hessianProduct(Jv));
    });
    for (let k = 0; k < product.length; k++) product[k] = perC * numbers[k] + product[k] / this.count;
    return product;
  }

  /** Gives back the memory of the forward passes; nothing can be asked afterwards. */
  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#kept.dispose();
    release(this.#frozen);
  }

  #regularised(sum: number): number {
    const { perC } = this.#model;
    const theta = columnMajor(this.#theta.length, 1, this.#theta);
    return (perC * dot(theta, theta)) / 2 + sum / this.count;
  }

  #direction(operation: string, v: Matrix | Numbers | readonly number[]): Parts {
    const { net, dtype } = this.#model;
    return partsOf(net, inPrecision(vectorOf(operation, "v", v, net.n), dtype));
  }

  /** What shards give, side by side: n_L × |S|. */
  async #outputs(make: Make): Promise<Matrix> {
    const { outputs } = this.#model.net;
    const all = new Float64Array(outputs * this.count);
    for (const shard of this.#shards) all.set(await this.#of(shard, make), outputs * shard.from);
    return columnMajor(outputs, this.count, all);
  }

  async #sum(make: Make): Promise<Float64Array> {
    const sum = new TreeSum();
    for (const shard of this.#shards) sum.add(await this.#of(shard, make));
    return sum.total();
  }

  /** What `make` makes of a shard; the forward pass is kept where there is room. */
  async #of(shard: Shard, make: Make): Promise<Float64Array> {
    const input = { shard, subset: this.#subset, parts: this.#parts };
    const { result, state } = await scope(async () => {
      this.#mayGoOn();
      const known = this.#kept.of(shard);
      const state = known ?? (await this.#inTurns(forwardOf(this.#model, input)));
      const result = await this.#inTurns(make(new ShardPass(this.#model, input, state)));
      return known === undefined && this.#kept.hasRoom ? { result, state } : { result };
    });
    if (state !== undefined) this.#kept.keep(shard, state);
    return result;
  }

  #inTurns<T>(steps: Steps<T>): Promise<T> {
    return inTurns(steps, () => this.#mayGoOn());
  }

  /** Throws where somebody disposed of it meanwhile. */
  #mayGoOn(): void {
    if (this.#isDisposed) throw new Error("linearised: it was disposed of; needed a new one for this θ");
  }
}
