/** Pooling that says which entry of each window it took, and what belongs to these entries: a vector of channels at once. */

import type { Code } from "../wasm/code.js";
import { i32, v128, when } from "../wasm/instructions.js";
import type { FunctionSource } from "../wasm/module.js";
import { overWindows, type WindowField, windowFields } from "./pool.js";
import { type TaskKinds, taskFunction, taskKinds } from "./task.js";
import type { TileStyle } from "./tile.js";

type Field = WindowField | "choice" | "isRelu";
const fields: readonly Field[] = [...windowFields, "choice", "isRelu"];

/**
 * As poolTasks: `largest` and which it is, of each window of z; `chosen` entries of z; `sendBack` of each entry from `to`
 * on into its window. `choice` has a number for each pooled entry: which of its window, −1 for none. d is at least as
 * large as a vector; the last vector may overlap.
 */
export const choiceTasks: TaskKinds<"largest" | "chosen" | "sendBack", Field> = taskKinds(
  ["largest", "chosen", "sendBack"],
  "ChoiceTask",
  fields,
);

/** NaN wins, else the first of the largest; none where isRelu and the largest is not above 0. */
export function largestFunction({ type }: TileStyle): FunctionSource {
  return taskFunction(choiceTasks.largest, (scope) => {
    const [best, x, which, k, one, none, mask] = scope.locals("v128", 7);
    return [
      one.set(type.splat(type.fromInteger(i32.const(1)))),
      none.set(type.splat(type.fromInteger(i32.const(-1)))),
      ...overWindows(scope, type, {
        begin: ({ at }) => [best.set(v128.load(at.get)), which.set(v128.zero), k.set(v128.zero)],
        visit: ({ at }) => [
          x.set(v128.load(at.get)),
          // larger, or NaN where there was a number
          mask.set(v128.andNot(type.eq(best.get, best.get), type.le(x.get, best.get))),
          best.set(v128.select(x.get, best.get, mask.get)),
          which.set(v128.select(k.get, which.get, mask.get)),
          k.set(type.add(k.get, one.get)),
        ],
        end: (to, entry) => [
          when(scope.isRelu.get, which.set(v128.select(which.get, none.get, type.lt(v128.zero, best.get)))),
          v128.store(to, best.get),
          v128.store(choiceAt(scope.choice.get, entry, type.bytes), which.get),
        ],
      }),
    ];
  });
}

/** The entry of each window that was chosen; 0 where none was. */
export function chosenFunction({ type }: TileStyle): FunctionSource {
  return taskFunction(choiceTasks.chosen, (scope) => {
    const [taken, which, k, one] = scope.locals("v128", 4);
    return [
      one.set(type.splat(type.fromInteger(i32.const(1)))),
      ...overWindows(scope, type, {
        begin: (_, __, entry) => [
          which.set(v128.load(choiceAt(scope.choice.get, entry, type.bytes))),
          taken.set(v128.zero),
          k.set(v128.zero),
        ],
        visit: ({ at }) => [
          taken.set(v128.select(v128.load(at.get), taken.get, type.eq(which.get, k.get))),
          k.set(type.add(k.get, one.get)),
        ],
        end: (to) => [v128.store(to, taken.get)],
      }),
    ];
  });
}

/** Each entry where it was chosen, and 0 at all other places of its window. */
export function sendBackFunction({ type }: TileStyle): FunctionSource {
  return taskFunction(choiceTasks.sendBack, (scope) => {
    const [v, which, k, one] = scope.locals("v128", 4);
    return [
      one.set(type.splat(type.fromInteger(i32.const(1)))),
      ...overWindows(scope, type, {
        begin: (_, from, entry) => [
          v.set(v128.load(from)),
          which.set(v128.load(choiceAt(scope.choice.get, entry, type.bytes))),
          k.set(v128.zero),
        ],
        visit: ({ at }) => [
          v128.store(at.get, v128.and(v.get, type.eq(which.get, k.get))),
          k.set(type.add(k.get, one.get)),
        ],
        end: () => [],
      }),
    ];
  });
}

function choiceAt(choice: Code, entry: Code, bytes: number): Code {
  return i32.add(choice, i32.mul(entry, i32.const(bytes)));
}
