/** Padding: images with a frame of zeros, and one group's channels cut out of them; and the way back. */

import { i32, type Local, memory, repeat, whenElse } from "../wasm/instructions.js";
import type { FunctionSource } from "../wasm/module.js";
import { type TaskKinds, taskFunction, taskKinds } from "./task.js";

// biome-ignore format: from, to, sizes
const fields = ["bare", "framed", "bytes", "groups", "a", "b", "above", "below", "before", "behind", "count"] as const;

/**
 * `count` images of a × b pixels, bare and with a frame of zeros: so many pixels above and below, so many columns before
 * and behind. A pixel has `bytes` bytes in the framed image, which holds one group's channels; in the bare one it has
 * groups times as many.
 */
export const frameTasks: TaskKinds<"frame" | "unframe", (typeof fields)[number]> = taskKinds(
  ["frame", "unframe"],
  "Task",
  fields,
);

export function frameFunction(way: "frame" | "unframe"): FunctionSource {
  return taskFunction(frameTasks[way], (scope) => {
    const { bare, framed, bytes, groups, a, b, above, below, before, behind, count } = scope;
    const [pixel, run, column, i, j] = scope.locals("i32", 5);
    const copy = (size: Local) =>
      way === "frame"
        ? memory.copy(framed.get, bare.get, size.get)
        : memory.copy(bare.get, framed.get, size.get);
    const zeros = (size: Local) => [
      ...(way === "frame" ? [memory.fill(framed.get, i32.const(0), size.get)] : []),
      framed.step(size.get),
    ];
    const copyColumn = [copy(run), bare.step(run.get), framed.step(run.get)];
    const copyPixels = [i.set(a.get), repeat(i, copy(bytes), bare.step(pixel.get), framed.step(bytes.get))];
    return [
      pixel.set(i32.mul(bytes.get, groups.get)),
      run.set(i32.mul(bytes.get, a.get)),
      above.set(i32.mul(bytes.get, above.get)),
      below.set(i32.mul(bytes.get, below.get)),
      column.set(i32.add(run.get, i32.add(above.get, below.get))),
      before.set(i32.mul(column.get, before.get)),
      behind.set(i32.mul(column.get, behind.get)),
      repeat(
        count,
        ...zeros(before),
        j.set(b.get),
        repeat(
          j,
          ...zeros(above),
          whenElse(i32.eq(groups.get, i32.const(1)), copyColumn, copyPixels),
          ...zeros(below),
        ),
        ...zeros(behind),
      ),
    ];
  });
}
