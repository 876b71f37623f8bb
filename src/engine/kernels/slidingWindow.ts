/**
 * P_φᵀ v for a single plane at stride 1: the window slides from column to column, and what has been added to its columns
 * stays in registers. A column of pixels is added to memory once at each height, when the window leaves it.
 */

import type { Code } from "../wasm/code.js";
import { i32, type NumberType, repeat, v128 } from "../wasm/instructions.js";
import type { FunctionSource } from "../wasm/module.js";
import { ownNumbers, writtenSides } from "./windowRuns.js";

/**
 * (plane, columns, column, lines, line, places, place): `lines` places beside each other at each of `places` heights;
 * `column` bytes from column to column of the plane, `line` and `place` bytes from a place's column of φ(Z) to that of
 * the next line and of the place below.
 */
export function slidingWindows(type: NumberType): FunctionSource[] {
  return writtenSides.map((h) => ({
    name: `addSliding${h}`,
    params: 7,
    body: (scope) => {
      const [plane, columns, column, lines, line, places, place] = scope.params;
      const [x, y, left] = scope.locals("i32", 3);
      const vectors = Math.ceil(h / type.lanes);
      const own = ownNumbers(scope, type, vectors, i32.const(h));
      const sums = Array.from({ length: h - 1 }, () => scope.locals("v128", vectors));
      /** Vector v of the window's column j. */
      const entry = (j: number, v: number): Code => own.load(y.get, j * h * type.bytes, v);
      const leave = (run: readonly Code[]): Code => [
        run.map((sum, v) => v128.store(x.get, type.add(v128.load(x.get, 16 * v), sum), 16 * v)),
        x.step(column.get),
      ];
      const slide = sums.map((sum, j) =>
        sum.map((s, v) =>
          s.set(j + 1 < h - 1 ? type.add(sums[j + 1][v].get, entry(j + 1, v)) : entry(j + 1, v)),
        ),
      );
      return [
        own.before,
        repeat(
          places,
          ...[x.set(plane.get), y.set(columns.get), left.set(lines.get)],
          sums.flat().map((sum) => sum.set(v128.zero)),
          repeat(
            left,
            leave(sums[0].map((sum, v) => type.add(sum.get, entry(0, v)))),
            slide,
            y.step(line.get),
          ),
          sums.map((sum) => leave(sum.map(({ get }) => get))),
          ...[plane.step(i32.const(type.bytes)), columns.step(place.get)],
        ),
      ];
    },
  }));
}
