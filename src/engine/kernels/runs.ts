/** Runs of numbers moved by a list of places: gathered from them, one after the other, or scattered to them. */

import type { Code } from "../wasm/code.js";
import { i32, type Local, loopWhile, memory, repeat, v128, when, whenElse } from "../wasm/instructions.js";
import type { FunctionScope, FunctionSource } from "../wasm/module.js";
import { type TaskKinds, taskFunction, taskKinds } from "./task.js";

const fields = ["list", "count", "listed", "together", "bytes"] as const;

type Way = "gather" | "scatter";

/**
 * `count` runs of `bytes` bytes, a multiple of four. `list` has the byte offset of each from `listed`; they lie one
 * after the other at `together`. A negative offset stands for a run of zeros (gather), or for one that is left out (scatter).
 */
export const runsTasks: TaskKinds<Way, (typeof fields)[number]> = taskKinds(
  ["gather", "scatter"],
  "RunsTask",
  fields,
);

export function runsFunction(way: Way): FunctionSource {
  return taskFunction(runsTasks[way], (scope) => {
    const { list, count, listed, together, bytes } = scope;
    const [offset, at] = scope.locals("i32", 2);
    const [from, to] = way === "gather" ? [at, together] : [together, at];
    return [
      repeat(
        count,
        offset.set(i32.load(list.get)),
        whenElse(
          i32.geS(offset.get, i32.const(0)),
          [at.set(i32.add(listed.get, offset.get)), copyRun(scope, from, to, bytes)],
          way === "gather" ? [memory.fill(together.get, i32.const(0), bytes.get)] : [],
        ),
        list.step(i32.const(4)),
        together.step(bytes.get),
      ),
    ];
  });
}

/** `bytes` bytes, a multiple of four, in vectors as far as they go; nothing moves but the copy. */
function copyRun(scope: FunctionScope, from: Local, to: Local, bytes: Local) {
  const [source, target, left] = scope.locals("i32", 3);
  const move = (step: number) => [
    source.step(i32.const(step)),
    target.step(i32.const(step)),
    left.step(i32.const(-step)),
  ];
  const asLongAs = (condition: Code, ...body: Code[]) => when(condition, loopWhile(condition, ...body));
  return [
    source.set(from.get),
    target.set(to.get),
    left.set(bytes.get),
    asLongAs(i32.geS(left.get, i32.const(16)), v128.store(target.get, v128.load(source.get)), ...move(16)),
    asLongAs(i32.gtS(left.get, i32.const(0)), i32.store(target.get, i32.load(source.get)), ...move(4)),
  ].flat();
}
