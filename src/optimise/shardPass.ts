/** One shard of instances at one θ: its forward pass, and what is made of it, in steps of one layer's products. */

import type { Network } from "../network/network.js";
import {
  type NetworkState,
  networkBackward,
  networkForward,
  networkTangent,
  outputsOf,
  type Parts,
  type Steps,
} from "../network/passes.js";
import { columnMajor, numbersOf } from "../numeric/storage.js";
import { type Data, type Dtype, inPrecision } from "./data.js";
import type { InstanceLoss, LossName } from "./loss.js";
import type { Shard } from "./shards.js";
import { spareVector } from "./spareVectors.js";

/** What f is made of. */
export interface Model {
  readonly net: Network;
  readonly data: Data;
  readonly loss: InstanceLoss;
  /** Its name, where it is none of the reader's own: then another thread can have it too. */
  readonly lossName: LossName | undefined;
  /** 1/C; 0 where there is no regulariser. */
  readonly perC: number;
  readonly dtype: Dtype;
  readonly threads: number | undefined;
}

/** Which instances, and the network's layers with their parts of θ. */
export interface ShardInput {
  readonly shard: Shard;
  /** Those of all that are summed over; undefined: all. */
  readonly subset: Int32Array | undefined;
  readonly parts: Parts;
}

/** The forward pass of a shard: what each layer was given and made. */
export function forwardOf(
  { net, data, threads }: Model,
  { shard, subset, parts }: ShardInput,
): Steps<NetworkState> {
  return networkForward(net, parts, data.imagesOf(shard, subset), { count: shard.count, threads });
}

/** A shard after its forward pass. */
export class ShardPass {
  /** n_L numbers for each instance, in float64. */
  readonly z: Float64Array;

  constructor(
    private readonly model: Model,
    private readonly input: ShardInput,
    private readonly state: NetworkState,
  ) {
    this.z = Float64Array.from(numbersOf(outputsOf(model.net, state)));
  }

  /** Which instances it is of. */
  get shard(): Shard {
    return this.input.shard;
  }

  /** Σ ξᵢ. */
  loss(): number {
    let sum = 0;
    for (const { z, y } of this.#instances()) sum += this.model.loss.value(z, y);
    return sum;
  }

  /** ∇_z ξᵢ, one instance after the other. */
  lossGradient(): Float64Array {
    return this.#ofInstances(({ z, y }) => this.model.loss.gradient(z, y));
  }

  /** Bᵢ vᵢ, from n_L numbers for each instance. */
  hessianProduct(v: Float64Array): Float64Array {
    return this.#ofInstances(({ z, y, range }) => this.model.loss.hessianProduct(z, y, v.subarray(...range)));
  }

  /** Σ Jᵢᵀ uᵢ, X27: n numbers. */
  backward(U: Float64Array): Steps<Float64Array> {
    const { net, dtype, threads } = this.model;
    const { shard, parts } = this.input;
    const M = columnMajor(net.outputs, shard.count, inPrecision(U, dtype));
    const g = spareVector(net.n);
    return networkBackward(net, parts, this.state, M, { count: shard.count, threads, g });
  }

  /** Jᵢ v, X26: n_L numbers for each instance. */
  *tangent(direction: Parts): Steps<Float64Array> {
    const { net, threads } = this.model;
    const { shard, parts } = this.input;
    const batch = { count: shard.count, threads };
    return Float64Array.from(numbersOf(yield* networkTangent(net, parts, this.state, direction, batch)));
  }

  /** What `make` says of each instance: n_L numbers. */
  #ofInstances(make: (one: Instance) => ArrayLike<number>): Float64Array {
    const U = new Float64Array(this.z.length);
    for (const one of this.#instances()) U.set(make(one), one.range[0]);
    return U;
  }

  *#instances(): Iterable<Instance> {
    const { outputs } = this.model.net;
    const y = this.model.data.wantedOf(this.shard, this.input.subset).data as Float64Array;
    for (let k = 0; k < this.z.length; k += outputs) {
      const range = [k, k + outputs] as const;
      yield { z: this.z.subarray(...range), y: y.subarray(...range), range };
    }
  }
}

/** The outputs of one instance, what they should be, and where they lie among the shard's. */
interface Instance {
  readonly z: Float64Array;
  readonly y: Float64Array;
  readonly range: readonly [number, number];
}
