/** The blocks of ⟨A, B⟩, in float64: the order of the sums is that of numeric/dot. */

import { dotBlock } from "../../numeric/dot.js";
import { float64, i32, loopWhile, type NumberType, repeat, v128, when } from "../wasm/instructions.js";
import type { FunctionSource } from "../wasm/module.js";
import { type TaskKind, taskFunction, taskKind } from "./task.js";

const fields = ["x", "y", "to", "eights"] as const;

/** Groups of eight products in a block. */
const most = dotBlock / 8;

/** The sum of each block of x and y, which have so many groups of eight numbers: one float64 each, from `to` on. */
export const dotTask: TaskKind<(typeof fields)[number]> = taskKind("dotTask", fields);

export function dotFunction(type: NumberType): FunctionSource {
  return taskFunction(dotTask, (scope) => {
    const { x, y, to, eights } = scope;
    const sums = scope.locals("v128", 4);
    const [all, left] = [scope.local("v128"), scope.local("i32")];
    const products = sums.map((sum, k) => {
      const at = 2 * k * type.bytes;
      return sum.set(float64.add(sum.get, float64.mul(type.loadPair(x.get, at), type.loadPair(y.get, at))));
    });
    const next = [x, y].map((at) => at.step(i32.const(8 * type.bytes)));
    const [s0, s2, s4, s6] = sums.map(({ get }) => get);
    const swapped = [8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7];
    const block = [
      ...sums.map((sum) => sum.set(v128.zero)),
      left.set(eights.get),
      when(i32.gtS(eights.get, i32.const(most)), left.set(i32.const(most))),
      eights.step(i32.sub(i32.const(0), left.get)),
      repeat(left, ...products, ...next),
      all.set(float64.add(float64.add(s0, s2), float64.add(s4, s6))),
      all.set(float64.add(all.get, v128.shuffle(all.get, all.get, swapped))),
      float64.storeLane(to.get, all.get, 0),
      to.step(i32.const(8)),
    ];
    return [loopWhile(i32.gtS(eights.get, i32.const(0)), ...block)];
  });
}
