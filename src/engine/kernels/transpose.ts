/** Wᵀ in panels, for ∂ξ/∂Z (X18): the filters turned by 180°, or column by column. */

import type { Code } from "../wasm/code.js";
import { i32, type Local, type NumberType, repeat, v128, when, whenElse } from "../wasm/instructions.js";
import type { FunctionSource, Scope } from "../wasm/module.js";
import { type Named, type TaskKind, taskFunction, taskKind } from "./task.js";
import { panelWidth, rowBytes, type TileStyle } from "./tile.js";

const turnedFields = ["corner", "panel", "ld", "width", "h", "dOut"] as const;

/**
 * A panel of input channels of the turned filters: row (j, i, o), o fastest, holds W's entries at (h − 1 − i,
 * h − 1 − j, c) and o for the panel's channels c. `corner` is W's column of the first channel, `ld` bytes from column
 * to column, `width` the channels of the panel.
 */
export const packTurnedTask: TaskKind<(typeof turnedFields)[number]> = taskKind(
  "packTurnedTask",
  turnedFields,
);

export function packTurnedFunction(style: TileStyle): FunctionSource {
  return taskFunction(packTurnedTask, (scope) => packTurned(style, scope, 0));
}

/** What packTurnedTask does, `gap` bytes between pixels; `corner` and `panel` move. */
// Over 40 lines: the body of one kernel, in the order in which it runs; cut up, its locals would be handed around.
export function packTurned(
  style: TileStyle,
  scope: Scope & Named<(typeof turnedFields)[number]>,
  gap: number,
): Code[] {
  const { corner, panel, ld, width, h, dOut } = scope;
  const { type } = style;
  const [pixel, o, c, from, to, channel, column] = scope.locals("i32", 7);
  const square = scope.locals("v128", 2 * type.lanes);
  const lanes = i32.const(type.lanes);
  const rowStep = i32.const(rowBytes(style));
  const vectorPart = [
    o.set(i32.shru(dOut.get, i32.const(Math.log2(type.lanes)))),
    column.set(corner.get),
    repeat(
      o,
      from.set(column.get),
      ...Array.from({ length: style.vectors }, (_, v) => [
        transposeSquare(type, square, from, channel, (r, value) =>
          v128.store(panel.get, value, r * rowBytes(style) + 16 * v),
        ),
      ]).flat(),
      column.step(i32.const(16)),
      panel.step(i32.mul(rowStep, lanes)),
    ),
    o.set(i32.and(dOut.get, i32.const(type.lanes - 1))),
  ];
  const onePart = [
    repeat(
      o,
      ...Array.from({ length: style.vectors }, (_, v) => v128.store(panel.get, v128.zero, 16 * v)),
      from.set(column.get),
      to.set(panel.get),
      c.set(width.get),
      repeat(
        c,
        type.store(to.get, type.load(from.get)),
        from.step(channel.get),
        to.step(i32.const(type.bytes)),
      ),
      column.step(i32.const(type.bytes)),
      panel.step(rowStep),
    ),
  ];
  return [
    channel.set(i32.mul(i32.mul(h.get, h.get), ld.get)),
    pixel.set(i32.mul(h.get, h.get)),
    corner.step(i32.mul(i32.sub(pixel.get, i32.const(1)), ld.get)),
    repeat(
      pixel,
      whenElse(i32.eq(width.get, i32.const(panelWidth(style))), vectorPart, [
        o.set(dOut.get),
        column.set(corner.get),
      ]),
      ...onePart,
      panel.step(i32.const(gap)),
      corner.set(i32.sub(corner.get, ld.get)),
    ),
  ];
}

/** lanes × lanes numbers, rows `step` bytes apart from `from` on (which moves), handed out column by column. */
function transposeSquare(
  type: NumberType,
  square: readonly Local[],
  from: Local,
  step: Local,
  put: (column: number, value: Code) => Code,
): Code {
  const rows = square.slice(0, type.lanes);
  const load = rows.flatMap((row) => [...row.set(v128.load(from.get)), ...from.step(step.get)]);
  return [...load, ...transposeRows(type, square, put)];
}

/** The columns of lanes × lanes numbers whose rows are the first `lanes` locals of the square; the rest is scratch. */
export function transposeRows(
  type: NumberType,
  square: readonly Local[],
  put: (column: number, value: Code) => Code,
): Code {
  const n = type.lanes;
  const [x, y, z, w] = square;
  if (n === 2) return [...put(0, pick(x, y, [0, 2], 8)), ...put(1, pick(x, y, [1, 3], 8))];
  const [low, high, low2, high2] = square.slice(n);
  return [
    low.set(pick(x, y, [0, 4, 1, 5], 4)),
    high.set(pick(x, y, [2, 6, 3, 7], 4)),
    low2.set(pick(z, w, [0, 4, 1, 5], 4)),
    high2.set(pick(z, w, [2, 6, 3, 7], 4)),
    put(0, pick(low, low2, [0, 1, 4, 5], 4)),
    put(1, pick(low, low2, [2, 3, 6, 7], 4)),
    put(2, pick(high, high2, [0, 1, 4, 5], 4)),
    put(3, pick(high, high2, [2, 3, 6, 7], 4)),
  ].flat();
}

/** The numbers of x (first) and y (after them) that `which` counts, in its order. */
function pick(x: Local, y: Local, which: readonly number[], bytes: number): Code {
  const lanes = which.flatMap((k) => Array.from({ length: bytes }, (_, byte) => k * bytes + byte));
  return v128.shuffle(x.get, y.get, lanes);
}

const columnFields = ["matrix", "panels", "ld", "h", "d", "dOut"] as const;

/**
 * Wᵀ as panels of its rows: `length` rows of a run (c fastest, then i) for each of the `runs` j, one after the other,
 * cut into panels; panel row o. Small filters only: number by number.
 */
export const packColumnsTask: TaskKind<(typeof columnFields)[number]> = taskKind(
  "packColumnsTask",
  columnFields,
);

// Over 40 lines: the body of one kernel, in the order in which it runs; cut up, its locals would be handed around.
export function packColumnsFunction(style: TileStyle): FunctionSource {
  return taskFunction(packColumnsTask, (scope) => {
    const { matrix, panels, ld, h, d, dOut } = scope;
    const { type } = style;
    const [i, j, c, o, column, from, to, place, first] = scope.locals("i32", 9);
    const panelBytes = i32.mul(dOut.get, i32.const(rowBytes(style)));
    return [
      first.set(matrix.get),
      j.set(h.get),
      repeat(
        j,
        i.set(h.get),
        repeat(
          i,
          column.set(first.get),
          c.set(d.get),
          repeat(
            c,
            from.set(column.get),
            to.set(i32.add(panels.get, place.get)),
            o.set(dOut.get),
            repeat(
              o,
              type.store(to.get, type.load(from.get)),
              from.step(i32.const(type.bytes)),
              to.step(i32.const(rowBytes(style))),
            ),
            place.step(i32.const(type.bytes)),
            when(
              i32.eq(place.get, i32.const(rowBytes(style))),
              place.set(i32.const(0)),
              panels.step(panelBytes),
            ),
            column.step(i32.mul(i32.mul(h.get, h.get), ld.get)),
          ),
          first.step(ld.get),
        ),
      ),
    ];
  });
}
