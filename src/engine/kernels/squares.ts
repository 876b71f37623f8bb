/**
 * φ(Z) and P_φᵀ v for images of many channels: these lie together in Z, and in a column of φ(Z) the h² pixels of a
 * channel. So each sub-image is transposed, a square of lanes × lanes numbers at a time; of an odd h², which is one more
 * than a multiple of four, one pixel remains.
 */

import type { Code } from "../wasm/code.js";
import { i32, type Local, type NumberType, repeat, v128, when, whenElse } from "../wasm/instructions.js";
import { call, type FunctionSource, type Scope } from "../wasm/module.js";
import { namedLocals, type TaskKinds, taskFunction, taskKinds } from "./task.js";
import { transposeRows } from "./transpose.js";
import { type Way, writtenSides } from "./windowRuns.js";

// biome-ignore format: the framed image, the columns, the places
const fields = ["image", "d", "pixels", "h", "columns", "places", "down", "lines", "across"] as const;

/**
 * `lines` columns of places, `places` in each, of φ(Z) at `columns`, from a framed image of d channels, or added to it.
 * The first sub-image is at `image`, the next `down` bytes further, in the next column `across` bytes; `pixels` lists the
 * byte offsets of the h² pixels of a sub-image.
 */
export const squaresTasks: TaskKinds<Way, (typeof fields)[number]> = taskKinds(
  ["copy", "add"],
  "SquaresTask",
  fields,
);

/** `firstWalk`: the number of the first of the walks. */
export function squaresFunction(way: Way, firstWalk: number): FunctionSource {
  return taskFunction(squaresTasks[way], (scope) => {
    const parameters = fields.map((name) => scope[name].get);
    const walk = (k: number): Code => call(firstWalk + k, ...parameters);
    return [
      writtenSides.reduceRight<Code>(
        (otherwise, h, k) => whenElse(i32.eq(scope.h.get, i32.const(h)), [walk(k)], [otherwise]),
        walk(writtenSides.length),
      ),
    ];
  });
}

/** The walks over the places: for each written side, and for any. */
export function squaresWalks(type: NumberType, way: Way): FunctionSource[] {
  return [...writtenSides, undefined].map((side) => ({
    name: `${way}Squares${side ?? "Any"}`,
    params: fields.length,
    body: (scope) => walkBody(scope, type, way, side),
  }));
}

// Over 40 lines: the body of one kernel, in the order in which it runs; cut up, its locals would be handed around.
function walkBody(scope: Scope, type: NumberType, way: Way, side: number | undefined): Code[] {
  const { image, d, pixels, h, columns, places, down, lines, across } = namedLocals(fields, scope.params);
  // biome-ignore format: addresses, then counts
  const [start, channel, column, step, list, at, count, left, channels, size] = scope.locals("i32", 10);
  const rows = scope.locals("v128", 2 * type.lanes);
  const entries = scope.locals("i32", type.lanes);
  const square: Square = { type, way, channel, list, entries, rows, at };
  const shift = i32.const(Math.log2(type.lanes));
  const inSquares = [
    ...entries.map((entry, c) => entry.set(c === 0 ? column.get : i32.add(entries[c - 1].get, step.get))),
    side === undefined ? loopedWindow(square, { pixels, size, left }) : writtenWindow(square, side),
    channel.step(i32.const(16)),
    column.step(i32.mul(step.get, i32.const(type.lanes))),
  ];
  const oneByOne = [
    list.set(pixels.get),
    left.set(size.get),
    repeat(
      left,
      at.set(i32.add(channel.get, i32.load(list.get))),
      moveOne(type, way, at, column),
      ...[list.step(i32.const(4)), column.step(i32.const(type.bytes))],
    ),
    channel.step(i32.const(type.bytes)),
  ];
  return [
    size.set(i32.mul(h.get, h.get)),
    step.set(i32.mul(size.get, i32.const(type.bytes))),
    column.set(columns.get),
    repeat(
      lines,
      ...[start.set(image.get), count.set(places.get)],
      repeat(
        count,
        ...[channel.set(start.get), list.set(pixels.get)],
        channels.set(i32.shru(d.get, shift)),
        repeat(channels, ...inSquares),
        channels.set(i32.and(d.get, i32.const(type.lanes - 1))),
        repeat(channels, ...oneByOne),
        start.step(down.get),
      ),
      image.step(across.get),
    ),
  ];
}

/** lanes × lanes numbers: of `lanes` channels from `channel` on at the next pixels of the list. */
interface Square {
  readonly type: NumberType;
  readonly way: Way;
  readonly channel: Local;
  readonly list: Local;
  /** The entry of the first pixel in each channel's column. */
  readonly entries: readonly Local[];
  /** Twice as many as a square has rows. */
  readonly rows: readonly Local[];
  readonly at: Local;
}

/** All pixels of a window whose side is known. */
function writtenWindow(square: Square, side: number): Code {
  const { lanes } = square.type;
  const squares = Math.floor(side ** 2 / lanes);
  return [
    Array.from({ length: squares }, (_, k) => moveSquare(square, k * lanes)),
    side % 2 === 0 ? [] : movePixel(square, squares * lanes),
  ];
}

function loopedWindow(
  square: Square,
  { pixels, size, left }: { readonly pixels: Local; readonly size: Local; readonly left: Local },
): Code {
  const { type, list, entries } = square;
  return [
    list.set(pixels.get),
    left.set(i32.shru(size.get, i32.const(Math.log2(type.lanes)))),
    repeat(
      left,
      moveSquare(square, 0),
      list.step(i32.const(4 * type.lanes)),
      ...entries.map((entry) => entry.step(i32.const(16))),
    ),
    when(i32.and(size.get, i32.const(1)), movePixel(square, 0)),
  ];
}

/** The square whose first pixel is number k from where the list and the entries are. */
function moveSquare({ type, way, channel, list, entries, rows, at }: Square, k: number): Code {
  const pixel = (r: number): Code => i32.add(channel.get, i32.load(list.get, 4 * (k + r)));
  const first = rows.slice(0, type.lanes);
  if (way === "copy") {
    return [
      first.map((row, r) => row.set(v128.load(pixel(r)))),
      transposeRows(type, rows, (c, value) => v128.store(entries[c].get, value, k * type.bytes)),
    ];
  }
  return [
    first.map((row, c) => row.set(v128.load(entries[c].get, k * type.bytes))),
    transposeRows(type, rows, (r, value) => [
      at.set(pixel(r)),
      v128.store(at.get, type.add(v128.load(at.get), value)),
    ]),
  ];
}

/** The channels of pixel number k alone. */
function movePixel({ type, way, channel, list, entries, rows: [row], at }: Square, k: number): Code {
  const pixel = i32.add(channel.get, i32.load(list.get, 4 * k));
  const offset = k * type.bytes;
  if (way === "copy") {
    return [
      row.set(v128.load(pixel)),
      entries.map((entry, c) => type.storeLane(entry.get, row.get, c, offset)),
    ];
  }
  return [
    entries.map((entry, c) =>
      row.set(c === 0 ? type.loadSplat(entry.get, offset) : type.loadLane(entry.get, row.get, c, offset)),
    ),
    at.set(pixel),
    v128.store(at.get, type.add(v128.load(at.get), row.get)),
  ];
}

function moveOne(type: NumberType, way: Way, pixel: Local, entry: Local): Code {
  return way === "copy"
    ? type.store(entry.get, type.load(pixel.get))
    : type.store(pixel.get, type.addOne(type.load(pixel.get), type.load(entry.get)));
}
