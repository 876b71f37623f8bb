/** Operations entry by entry: one expression of vectors each, over numbers as they lie. */

import type { Elementwise } from "../../numeric/elementwise.js";
import type { Code } from "../wasm/code.js";
import { i32, type NumberType, repeat, v128 } from "../wasm/instructions.js";
import type { FunctionSource } from "../wasm/module.js";
import { type TaskKinds, taskFunction, taskKinds } from "./task.js";

const fields = ["x", "y", "to", "alpha", "count"] as const;

const names = ["add", "subtract", "dotMultiply", "scale", "axpy", "relu", "reluGradient"] as const;

/**
 * `count` numbers at `to` from as many at `x` and `y`, and the one at `alpha`: where `to` is x or y, each is read before
 * it is written. What an operation does not need is not read, but has to be some address.
 */
export const elementTasks: TaskKinds<Elementwise, (typeof fields)[number]> = taskKinds(
  names,
  "ElementsTask",
  fields,
);

/** The result's vector. A product and a sum are rounded each: the bits are the same in every variant. */
const expressions: Readonly<Record<Elementwise, (type: NumberType, x: Code, y: Code, alpha: Code) => Code>> =
  {
    add: (type, x, y) => type.add(x, y),
    subtract: (type, x, y) => type.sub(x, y),
    dotMultiply: (type, x, y) => type.mul(x, y),
    scale: (type, x, _, alpha) => type.mul(alpha, x),
    axpy: (type, x, y, alpha) => type.add(y, type.mul(alpha, x)),
    relu: (type, x) => type.max(x, v128.zero),
    reluGradient: (type, x, y) => v128.and(x, type.lt(v128.zero, y)),
  };

/** Vectors that one turn of the loop does. */
const unroll = 4;

/** The functions of all operations. */
export function elementFunctions(type: NumberType): FunctionSource[] {
  return names.map((name) =>
    taskFunction(elementTasks[name], (scope) => {
      const { x, y, to, alpha, count } = scope;
      const [turns, rest] = scope.locals("i32", 2);
      const factor = scope.local("v128");
      const usesAlpha = name === "scale" || name === "axpy";
      const result = (a: Code, b: Code) => expressions[name](type, a, b, factor.get);
      const numbers = unroll * type.lanes;
      const move = (bytes: number) => [x, y, to].map((at) => at.step(i32.const(bytes)));
      const vectors = Array.from({ length: unroll }, (_, k) =>
        v128.store(to.get, result(v128.load(x.get, 16 * k), v128.load(y.get, 16 * k)), 16 * k),
      );
      const one = (at: Code) => type.loadLane(at, v128.zero, 0);
      return [
        ...(usesAlpha ? [factor.set(type.loadSplat(alpha.get))] : []),
        turns.set(i32.shru(count.get, i32.const(Math.log2(numbers)))),
        rest.set(i32.and(count.get, i32.const(numbers - 1))),
        repeat(turns, ...vectors, ...move(16 * unroll)),
        repeat(rest, type.storeLane(to.get, result(one(x.get), one(y.get)), 0), ...move(type.bytes)),
      ];
    }),
  );
}
