/**
 * An image's channels as planes, each with the pixels of one channel in order, and the way back. In Z the channels of a
 * pixel lie together, so squares of lanes × lanes numbers are transposed.
 */

import type { Code } from "../wasm/code.js";
import { i32, type Local, type NumberType, repeat, v128, when, whenElse } from "../wasm/instructions.js";
import type { FunctionSource } from "../wasm/module.js";
import { transposeRows } from "./transpose.js";

/**
 * toPlanes, fromPlanes: (image, pixel, planes, plane, column, n, a, b). n channels of a × b pixels; `pixel` bytes from
 * pixel to pixel of the image, `plane` from channel to channel of the planes, `column` from column to column there.
 * Nothing is written past the n channels; up to 15 bytes past an image are read.
 */
// Over 40 lines: the body of one kernel, in the order in which it runs; cut up, its locals would be handed around.
export function planesFunction(type: NumberType, way: "to" | "from"): FunctionSource {
  return {
    name: `${way}Planes`,
    params: 8,
    body: (scope) => {
      const [image, pixel, planes, plane, column, n, a, b] = scope.params;
      const [x, y, xs, ys, channels, left, i, rest] = scope.locals("i32", 8);
      const move = { type, pixel, plane, x: xs, y: ys, left };
      const [spare, ...rows] = scope.locals("v128", 1 + 2 * type.lanes);
      const square = { ...move, at: scope.local("i32"), rows, spare };
      const whole = way === "to" ? squareToPlanes(square) : squareFromPlanes(square);
      const part = way === "to" ? partToPlanes(square) : partFromPlanes(square);
      const one = way === "to" ? oneToPlanes(move) : oneFromPlanes(move);
      const lanes = i32.const(type.lanes);
      const laneBits = i32.const(type.lanes - 1);
      const shift = i32.const(Math.log2(type.lanes));
      /** All pixels of a column; the last square overlaps the one before. */
      const inSquares = (visit: Code): Code => [
        xs.set(x.get),
        ys.set(y.get),
        i.set(i32.shru(a.get, shift)),
        repeat(i, visit, xs.step(i32.mul(pixel.get, lanes)), ys.step(i32.const(16))),
        rest.set(i32.and(i32.sub(lanes, a.get), laneBits)),
        when(
          rest.get,
          xs.set(i32.sub(xs.get, i32.mul(pixel.get, rest.get))),
          ys.set(i32.sub(ys.get, i32.mul(rest.get, i32.const(type.bytes)))),
          visit,
        ),
      ];
      const channelsInSquares = [
        channels.set(i32.shru(n.get, shift)),
        repeat(channels, inSquares(whole), x.step(i32.const(16)), y.step(i32.mul(plane.get, lanes))),
        left.set(i32.and(n.get, laneBits)),
        when(left.get, inSquares(part)),
      ];
      const oneByOne = [
        channels.set(n.get),
        repeat(
          channels,
          ...[xs.set(x.get), ys.set(y.get), i.set(a.get)],
          repeat(i, one, xs.step(pixel.get), ys.step(i32.const(type.bytes))),
          ...[x.step(i32.const(type.bytes)), y.step(plane.get)],
        ),
      ];
      /** A single channel's pixels lie together in both. */
      const together = [
        i.set(i32.shru(a.get, shift)),
        repeat(
          i,
          way === "to" ? v128.store(y.get, v128.load(x.get)) : v128.store(x.get, v128.load(y.get)),
          x.step(i32.const(16)),
          y.step(i32.const(16)),
        ),
        ...[xs.set(x.get), ys.set(y.get), i.set(i32.and(a.get, laneBits))],
        repeat(i, one, xs.step(pixel.get), ys.step(i32.const(type.bytes))),
      ];
      return [
        repeat(
          b,
          ...[x.set(image.get), y.set(planes.get)],
          whenElse(i32.eq(pixel.get, i32.const(type.bytes)), together, [
            whenElse(i32.geS(a.get, lanes), channelsInSquares, oneByOne),
          ]),
          image.step(i32.mul(a.get, pixel.get)),
          planes.step(column.get),
        ),
      ];
    },
  };
}

/** Where a number is: `x` in the image, `y` in the planes. */
interface Move {
  readonly type: NumberType;
  readonly pixel: Local;
  readonly plane: Local;
  readonly x: Local;
  readonly y: Local;
  /** How many channels there are, where they do not fill a square. */
  readonly left: Local;
}

interface Square extends Move {
  readonly at: Local;
  /** Twice as many as a square has rows. */
  readonly rows: readonly Local[];
  readonly spare: Local;
}

function oneToPlanes({ type, x, y }: Move): Code {
  return type.store(y.get, type.load(x.get));
}

function oneFromPlanes({ type, x, y }: Move): Code {
  return type.store(x.get, type.load(y.get));
}

function squareToPlanes({ type, pixel, plane, x, y, at, rows }: Square): Code {
  return [
    loadRows(type, rows, x, at, pixel),
    at.set(y.get),
    transposeRows(type, rows, (_, value) => [v128.store(at.get, value), at.step(plane.get)]),
  ];
}

function partToPlanes({ type, pixel, plane, x, y, left, at, rows }: Square): Code {
  return [
    loadRows(type, rows, x, at, pixel),
    at.set(y.get),
    transposeRows(type, rows, (c, value) =>
      when(i32.gtS(left.get, i32.const(c)), v128.store(at.get, value), at.step(plane.get)),
    ),
  ];
}

function squareFromPlanes({ type, pixel, plane, x, y, at, rows }: Square): Code {
  return [
    loadRows(type, rows, y, at, plane),
    at.set(x.get),
    transposeRows(type, rows, (_, value) => [v128.store(at.get, value), at.step(pixel.get)]),
  ];
}

/** Channels that are not there are read from the last that is, and not written. */
function partFromPlanes({ type, pixel, plane, x, y, left, at, rows, spare }: Square): Code {
  const next = (c: number): Code => when(i32.gtS(left.get, i32.const(c + 1)), at.step(plane.get));
  return [
    at.set(y.get),
    rows.slice(0, type.lanes).map((row, c) => [row.set(v128.load(at.get)), next(c)]),
    at.set(x.get),
    transposeRows(type, rows, (_, value) => [
      spare.set(value),
      Array.from({ length: type.lanes - 1 }, (_, lane) =>
        when(i32.gtS(left.get, i32.const(lane)), type.storeLane(at.get, spare.get, lane, lane * type.bytes)),
      ),
      at.step(pixel.get),
    ]),
  ];
}

function loadRows(type: NumberType, rows: readonly Local[], from: Local, at: Local, step: Local): Code {
  return [
    at.set(from.get),
    rows.slice(0, type.lanes).map((row) => [row.set(v128.load(at.get)), at.step(step.get)]),
  ];
}
