/** What is asked of every shard: plain data, which another thread can be sent too. */

import { partsOf, type Steps } from "../network/passes.js";
import { inPrecision } from "./data.js";
import type { Model, ShardPass } from "./shardPass.js";
import type { Made } from "./shards.js";

/** A sum over instances, or what each of them gives. */
export interface ShardTask {
  readonly what: "value" | "gradient" | "outputs" | "Jv" | "JTu" | "Gv";
  /** v, or u: n_L numbers for each instance. */
  readonly vector?: Float64Array;
}

/** A task for one shard after the other. */
export function makerOf({ net, dtype }: Model, task: ShardTask): (pass: ShardPass) => Steps<Made> {
  const vector = task.vector ?? new Float64Array(0);
  const direction = task.what === "Jv" || task.what === "Gv" ? partsOf(net, inPrecision(vector, dtype)) : [];
  const makers: Record<ShardTask["what"], (pass: ShardPass) => Steps<Made>> = {
    value: function* (pass) {
      yield;
      return [Float64Array.of(pass.loss())];
    },
    gradient: function* (pass) {
      const loss = Float64Array.of(pass.loss());
      return [yield* pass.backward(pass.lossGradient()), loss];
    },
    outputs: function* ({ z }) {
      yield;
      return [z];
    },
    Jv: function* (pass) {
      return [yield* pass.tangent(direction)];
    },
    JTu: function* (pass) {
      const { from, count } = pass.shard;
      return [yield* pass.backward(vector.subarray(net.outputs * from, net.outputs * (from + count)))];
    },
    Gv: function* (pass) {
      const Jv = yield* pass.tangent(direction);
      return [yield* pass.backward(pass.hessianProduct(Jv))];
    },
  };
  return makers[task.what];
}
