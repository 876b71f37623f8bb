/**
 * φ(Z) and P_φᵀ v where they are asked for. In Z the channels of a pixel lie together, in a column of φ(Z) the pixels
 * of a channel: so each sub-image is transposed, a square of lanes × lanes numbers at a time.
 */

import type { Code } from "../wasm/code.js";
import { i32, type Local, type NumberType, repeat, v128, when, whenElse } from "../wasm/instructions.js";
import type { FunctionSource } from "../wasm/module.js";
import { task } from "./task.js";
import type { TileStyle } from "./tile.js";
import { transposeRows } from "./transpose.js";

// biome-ignore format: where, what, how many
const args = ["starts", "places", "image", "pixels", "h", "d", "columns"] as const;

/**
 * `places` columns of φ(Z) at `columns`, one after the other, from the sub-images of a framed image of d channels that
 * begin where `starts` says; `pixels` lists the byte offsets of the h² pixels of a sub-image.
 */
export function phiTask({ type }: TileStyle): FunctionSource {
  return walkTask("phiTask", type, {
    squareAt: ({ square, pixel, entry, step, at }) => [
      ...square.slice(0, type.lanes).flatMap((row, r) => row.set(v128.load(pixel(r)))),
      ...at.set(entry.get),
      ...transposeRows(type, square, (_, value) => [...v128.store(at.get, value), ...at.step(step.get)]),
    ],
    one: (pixel, entry) => type.store(entry.get, type.load(pixel.get)),
    vector: (pixel, entry) => v128.store(entry.get, v128.load(pixel.get)),
  });
}

/**
 * The same walk the other way round: each entry of V is added to the pixel that φ read it from. (The last square of a
 * column overlaps the one before; its pixels that have been added already are left out.)
 */
export function scatterColumnsTask({ type }: TileStyle): FunctionSource {
  return walkTask("scatterColumnsTask", type, {
    squareAt: ({ square, pixel, entry, step, at, fresh }) => [
      ...at.set(entry.get),
      ...square.slice(0, type.lanes).flatMap((row) => [...row.set(v128.load(at.get)), ...at.step(step.get)]),
      ...transposeRows(type, square, (r, value) => [
        ...at.set(pixel(r)),
        ...when(
          i32.geS(fresh.get, i32.const(type.lanes - r)),
          v128.store(at.get, type.add(v128.load(at.get), value)),
        ),
      ]),
    ],
    one: (pixel, entry) => type.store(pixel.get, type.addOne(type.load(pixel.get), type.load(entry.get))),
    vector: (pixel, entry) => v128.store(pixel.get, type.add(v128.load(pixel.get), v128.load(entry.get))),
  });
}

/** Where a square is: `lanes` channels of `lanes` pixels. */
interface Square {
  /** Twice as many vectors as a square has rows. */
  readonly square: readonly Local[];
  /** The address of the first channel at pixel r. */
  pixel(r: number): Code;
  /** The first pixel's entry of the first channel, and the bytes to the next channel's. */
  readonly entry: Local;
  readonly step: Local;
  readonly at: Local;
  /** How many of its pixels, the last ones, were not in an earlier square. */
  readonly fresh: Local;
}

interface Visit {
  squareAt(place: Square): Code;
  /** One number, and as many as a vector holds, of one channel. */
  one(pixel: Local, entry: Local): Code;
  vector(pixel: Local, entry: Local): Code;
}

function walkTask(name: string, type: NumberType, visit: Visit): FunctionSource {
  return task(name, args, (scope) => {
    const { starts, places, image, pixels, h, d, columns } = scope;
    // biome-ignore format: addresses, then counts
    const [channel, column, entry, list, step, at, left, fresh, inSquares, channels, square, j] = scope.locals("i32", 12);
    const vectors = scope.locals("v128", 2 * type.lanes);
    const pixel = (r: number): Code => i32.add(channel.get, i32.load(list.get, 4 * r));
    const shift = i32.const(Math.log2(type.lanes));
    const lanes = i32.const(type.lanes);
    const visitSquare = visit.squareAt({ square: vectors, pixel, entry, step, at, fresh });
    const lastSquare = [
      fresh.set(i32.and(square.get, i32.sub(lanes, i32.const(1)))),
      when(
        fresh.get,
        list.set(i32.add(pixels.get, i32.shl(i32.sub(square.get, lanes), i32.const(2)))),
        entry.set(i32.add(column.get, i32.mul(i32.sub(square.get, lanes), i32.const(type.bytes)))),
        visitSquare,
      ),
    ];
    const channelsInSquares = [
      list.set(pixels.get),
      entry.set(column.get),
      fresh.set(lanes),
      left.set(i32.shru(square.get, shift)),
      repeat(left, visitSquare, list.step(i32.const(4 * type.lanes)), entry.step(i32.const(16))),
      ...lastSquare,
      channel.step(i32.const(16)),
      column.step(i32.mul(step.get, lanes)),
    ];
    const oneChannel = [
      list.set(pixels.get),
      left.set(square.get),
      repeat(
        left,
        at.set(i32.add(channel.get, i32.load(list.get))),
        visit.one(at, column),
        list.step(i32.const(4)),
        column.step(i32.const(type.bytes)),
      ),
      channel.step(i32.const(type.bytes)),
    ];
    /** One channel's column of a sub-image lies together in both. */
    const oneColumn = [
      at.set(i32.add(channel.get, i32.load(list.get))),
      left.set(i32.shru(h.get, shift)),
      repeat(left, visit.vector(at, column), at.step(i32.const(16)), column.step(i32.const(16))),
      left.set(i32.and(h.get, i32.sub(lanes, i32.const(1)))),
      repeat(left, visit.one(at, column), at.step(i32.const(type.bytes)), column.step(i32.const(type.bytes))),
      list.step(i32.shl(h.get, i32.const(2))),
    ];
    const onlyChannel = [list.set(pixels.get), j.set(h.get), repeat(j, ...oneColumn)];
    const allChannels = [
      // a window smaller than a square goes number by number
      inSquares.set(i32.mul(i32.shru(d.get, shift), i32.geS(square.get, lanes))),
      channels.set(i32.sub(d.get, i32.mul(inSquares.get, lanes))),
      repeat(inSquares, ...channelsInSquares),
      repeat(channels, ...oneChannel),
    ];
    return [
      square.set(i32.mul(h.get, h.get)),
      step.set(i32.mul(square.get, i32.const(type.bytes))),
      repeat(
        places,
        channel.set(i32.add(image.get, i32.load(starts.get))),
        column.set(columns.get),
        whenElse(i32.eq(d.get, i32.const(1)), onlyChannel, allChannels),
        columns.step(i32.mul(step.get, d.get)),
        starts.step(i32.const(4)),
      ),
    ];
  });
}
