/** Moves of numbers between the order of a matrix and the order of panels, and sums of runs. */

import type { Code } from "../wasm/code.js";
import {
  i32,
  type Local,
  memory,
  type NumberType,
  repeat,
  storeVectors,
  v128,
  whenElse,
} from "../wasm/instructions.js";
import { callFunction, type FunctionScope, type FunctionSource } from "../wasm/module.js";
import { type Named, type TaskKind, type TaskKinds, taskFunction, taskKind, taskKinds } from "./task.js";
import { panelWidth, rowBytes, type TileStyle } from "./tile.js";

/** `bytes` bytes of 0. */
export const clearTask: TaskKind<"to" | "bytes"> = taskKind("clearTask", ["to", "bytes"]);

export function clearFunction(): FunctionSource {
  return taskFunction(clearTask, ({ to, bytes }) => [memory.fill(to.get, i32.const(0), bytes.get)]);
}

/** `bytes` bytes, copied. */
export const copyTask: TaskKind<"from" | "to" | "bytes"> = taskKind("copyTask", ["from", "to", "bytes"]);

export function copyFunction(): FunctionSource {
  return taskFunction(copyTask, ({ from, to, bytes }) => [memory.copy(to.get, from.get, bytes.get)]);
}

/** addRun: (from, to, count): to += from, number by number. */
export function addRunFunction(type: NumberType): FunctionSource {
  return {
    name: "addRun",
    params: 3,
    body: (scope) => {
      const [from, to, count] = scope.params;
      const left = scope.local("i32");
      const move = (bytes: number) => [from.step(i32.const(bytes)), to.step(i32.const(bytes))];
      return [
        left.set(i32.shru(count.get, i32.const(Math.log2(type.lanes)))),
        repeat(left, v128.store(to.get, type.add(v128.load(to.get), v128.load(from.get))), ...move(16)),
        left.set(i32.and(count.get, i32.const(type.lanes - 1))),
        repeat(
          left,
          type.store(to.get, type.addOne(type.load(to.get), type.load(from.get))),
          ...move(type.bytes),
        ),
      ];
    },
  };
}

/** to += from, `count` numbers. */
export const addTask: TaskKind<"from" | "to" | "count"> = taskKind("addTask", ["from", "to", "count"]);

/** `addRun`: that function's number. */
export function addFunction(addRun: number): FunctionSource {
  return taskFunction(addTask, ({ from, to, count }) => [callFunction(addRun, from.get, to.get, count.get)]);
}

/**
 * Rows of a matrix with `ld` bytes from column to column become rows of a panel (pack), or the other way round
 * (unpack); `width` of its numbers are taken, the rest of the panel's row is 0.
 */
function moveRow(style: TileStyle, scope: FunctionScope, width: Local, way: "pack" | "unpack") {
  const { type } = style;
  const [source, target, left] = scope.locals("i32", 3);
  const row = scope.locals("v128", style.vectors);
  const zeros = row.map(() => v128.zero);
  const whole = i32.eq(width.get, i32.const(panelWidth(style)));
  return (from: Code, to: Code): Code =>
    whenElse(
      whole,
      [
        source.set(from),
        target.set(to),
        ...row.map((x, v) => x.set(v128.load(source.get, 16 * v))),
        ...storeVectors(
          target.get,
          row.map(({ get }) => get),
        ),
      ],
      [
        source.set(from),
        target.set(to),
        ...(way === "pack" ? storeVectors(target.get, zeros) : []),
        left.set(width.get),
        repeat(
          left,
          type.store(target.get, type.load(source.get)),
          source.step(i32.const(type.bytes)),
          target.step(i32.const(type.bytes)),
        ),
      ],
    );
}

const filterFields = ["matrix", "panel", "ld", "width", "h", "d"] as const;
type FilterField = (typeof filterFields)[number];

/**
 * A panel of W, its columns in the order c fastest, then i, then j (W has i fastest, then j, then c): packed from the
 * matrix, or unpacked into it. `ld`: bytes from column to column of the matrix.
 */
export const filtersTasks: TaskKinds<"pack" | "unpack", FilterField> = taskKinds(
  ["pack", "unpack"],
  "FiltersTask",
  filterFields,
);

export function filtersFunction(style: TileStyle, way: "pack" | "unpack"): FunctionSource {
  return taskFunction(filtersTasks[way], (scope) => moveFilters(style, scope, way, 0));
}

/** What such a task does, column by column of the matrix, `gap` bytes between pixels; `matrix` and `panel` move. */
export function moveFilters(
  style: TileStyle,
  scope: FunctionScope & Named<FilterField>,
  way: "pack" | "unpack",
  gap: number,
): Code[] {
  const { matrix, panel, ld, width, h, d } = scope;
  const [square, pixel, row, c, step] = scope.locals("i32", 5);
  const move = moveRow(style, scope, width, way);
  return [
    square.set(i32.mul(h.get, h.get)),
    step.set(i32.add(i32.mul(d.get, i32.const(rowBytes(style))), i32.const(gap))),
    c.set(d.get),
    repeat(
      c,
      row.set(panel.get),
      pixel.set(square.get),
      repeat(
        pixel,
        way === "pack" ? move(matrix.get, row.get) : move(row.get, matrix.get),
        matrix.step(ld.get),
        row.step(step.get),
      ),
      panel.step(i32.const(rowBytes(style))),
    ),
  ];
}

const sumFields = ["matrix", "ld", "places", "sum"] as const;

/** The sum of `places` rows, `ld` bytes apart, as wide as a panel: ∂ξ/∂b = dS 1 (X17) for its channels. */
export const sumPlacesTask: TaskKind<(typeof sumFields)[number]> = taskKind("sumPlacesTask", sumFields);

export function sumPlacesFunction(style: TileStyle): FunctionSource {
  return taskFunction(sumPlacesTask, (scope) => {
    const { matrix, ld, places, sum } = scope;
    const sums = scope.locals("v128", style.vectors);
    return [
      ...sums.map((s) => s.set(v128.zero)),
      repeat(
        places,
        ...sums.map((s, v) => s.set(style.type.add(s.get, v128.load(matrix.get, 16 * v)))),
        matrix.step(ld.get),
      ),
      ...storeVectors(
        sum.get,
        sums.map(({ get }) => get),
      ),
    ];
  });
}

const packFields = ["matrix", "panel", "ld", "width", "places", "sum"] as const;

/** A panel of dS, place by place, and its sum over places, ∂ξ/∂b = dS 1 (X17), as one row of a panel at `sum`. */
export const packPlacesTask: TaskKind<(typeof packFields)[number]> = taskKind("packPlacesTask", packFields);

export function packPlacesFunction(style: TileStyle): FunctionSource {
  return taskFunction(packPlacesTask, (scope) => {
    const { matrix, panel, ld, width, places, sum } = scope;
    const move = moveRow(style, scope, width, "pack");
    const [sums, row] = [scope.locals("v128", style.vectors), scope.locals("v128", style.vectors)];
    const next = [matrix.step(ld.get), panel.step(i32.const(rowBytes(style)))];
    const addRow = (from: Local): Code[] => [
      ...row.map((x, v) => x.set(v128.load(from.get, 16 * v))),
      ...sums.map((s, v) => s.set(style.type.add(s.get, row[v].get))),
    ];
    return [
      ...sums.map((s) => s.set(v128.zero)),
      whenElse(
        i32.eq(width.get, i32.const(panelWidth(style))),
        [
          repeat(
            places,
            ...addRow(matrix),
            ...row.map((x, v) => v128.store(panel.get, x.get, 16 * v)),
            ...next,
          ),
        ],
        [repeat(places, move(matrix.get, panel.get), ...addRow(panel), ...next)],
      ),
      ...storeVectors(
        sum.get,
        sums.map(({ get }) => get),
      ),
    ];
  });
}
