/** f and all derivatives at one θ, of sums over shards of instances. */

import { checkMatrix } from "../numeric/check.js";
import { dot } from "../numeric/dot.js";
import { columnMajor, type Matrix, type Numbers, size } from "../numeric/storage.js";
import { vectorOf } from "./data.js";
import type { Model } from "./shardPass.js";
import type { ShardTask } from "./shardTask.js";
import { SharedShards } from "./sharedShards.js";

/** Ends what nobody disposed of and nobody can ask any more: passes kept here and in other threads. */
const forgotten = new FinalizationRegistry<SharedShards>((shards) => shards.dispose());

/** The network at one θ, on all instances or some: one forward pass, many products. */
export class Linearised {
  /** How many instances there are: |S|. */
  readonly count: number;
  readonly #model: Model;
  readonly #theta: Float64Array;
  readonly #shards: SharedShards;
  #isDisposed = false;

  /** `keeps`: whether forward passes are kept for the next product. */
  constructor(
    model: Model,
    theta: Float64Array,
    { subset, keeps }: { readonly subset: Int32Array | undefined; readonly keeps: boolean },
  ) {
    this.#model = model;
    this.#theta = theta;
    this.#shards = new SharedShards(model, { theta, subset, keeps });
    this.count = this.#shards.count;
    forgotten.register(this, this.#shards, this);
  }

  /** f(θ), U11, the sum over these instances. */
  async value(): Promise<number> {
    const [[sum]] = await this.#sum({ what: "value" });
    return this.#regularised(sum);
  }

  /** f(θ) and ∇f = θ/C + (1/l) Σ Jᵢᵀ ∇ξᵢ, X14. */
  async gradient(): Promise<{ f: number; g: Float64Array }> {
    const { perC } = this.#model;
    const [g, [loss]] = await this.#sum({ what: "gradient" });
    for (let k = 0; k < g.length; k++) g[k] = perC * this.#theta[k] + g[k] / this.count;
    return { f: this.#regularised(loss), g };
  }

  /** z^{L+1,i}: n_L × |S|. */
  outputs(): Promise<Matrix> {
    return this.#sideBySide({ what: "outputs" });
  }

  /** Jᵢ v, X26: n_L × |S|. */
  async Jv(v: Matrix | Numbers | readonly number[]): Promise<Matrix> {
    return this.#sideBySide({ what: "Jv", vector: vectorOf("Jv", "v", v, this.#model.net.n) });
  }

  /** Σ Jᵢᵀ uᵢ, X27: n numbers, from u: n_L × |S|, column i for instance i. */
  async JTu(u: Matrix): Promise<Float64Array> {
    const { outputs } = this.#model.net;
    checkMatrix("JTu", "u", u);
    if (u.rows !== outputs || u.cols !== this.count) {
      throw new RangeError(
        `JTu: u is ${size(u)}; needed ${outputs} × ${this.count}, a column for each instance`,
      );
    }
    const [sum] = await this.#sum({ what: "JTu", vector: vectorOf("JTu", "u", u, outputs * this.count) });
    return sum;
  }

  /** G_S v = v/C + (1/|S|) Σ Jᵢᵀ B Jᵢ v, X28: n numbers. */
  async Gv(v: Matrix | Numbers | readonly number[]): Promise<Float64Array> {
    const { perC, net } = this.#model;
    const vector = vectorOf("Gv", "v", v, net.n);
    const [product] = await this.#sum({ what: "Gv", vector });
    for (let k = 0; k < product.length; k++) product[k] = perC * vector[k] + product[k] / this.count;
    return product;
  }

  /** Gives back the memory of the forward passes; nothing can be asked afterwards. */
  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    forgotten.unregister(this);
    this.#shards.dispose();
  }

  #regularised(sum: number): number {
    const { perC } = this.#model;
    const theta = columnMajor(this.#theta.length, 1, this.#theta);
    return (perC * dot(theta, theta)) / 2 + sum / this.count;
  }

  async #sum(task: ShardTask): ReturnType<SharedShards["sum"]> {
    return this.#shards.sum(task, () => this.#mayGoOn());
  }

  /** What shards give, side by side: n_L × |S|. */
  async #sideBySide(task: ShardTask): Promise<Matrix> {
    const all = await this.#shards.sideBySide(task, () => this.#mayGoOn());
    return columnMajor(this.#model.net.outputs, this.count, all);
  }

  /** Throws where somebody disposed of it meanwhile. */
  #mayGoOn(): void {
    if (this.#isDisposed) throw new Error("linearised: it was disposed of; needed a new one for this θ");
  }
}
