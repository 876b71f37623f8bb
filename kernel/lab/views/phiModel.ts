/** What the explorer of φ knows: the padded image, and where each entry of φ(Z) is read, eq. (4). */

import type { ConvShape } from "../../../src/shape.js";

/** A pixel of pad(Z), or an offset in a sub-image, counted from 0: row i, column j, channel c. */
export interface Pixel {
  readonly i: number;
  readonly j: number;
  readonly c: number;
}

/** An output place, counted from 0. */
export interface OutputPosition {
  readonly p: number;
  readonly q: number;
}

/** The image and its φ(Z). */
export interface PhiModel {
  readonly shape: ConvShape;
  /** The rows of φ(Z), h h d. */
  readonly rows: number;
  /** The columns of φ(Z), aOut·bOut. */
  readonly cols: number;
  /** vec(pad(Z)). */
  readonly z: Float64Array;
  /** Where vec(φ(Z)) lies in `z`. */
  readonly index: Int32Array;
  /** How many values of Z are NaN or infinite. */
  readonly notFinite: number;
  /** A row of W, h h d numbers in the order of φ(Z)'s rows, and its b: for an entry of S. */
  readonly filter: Float64Array;
  readonly bias: number;
}

/** The entries of φ(Z) that are read from a position of vec(pad(Z)): one in each column that uses the pixel. */
export function pixelUses({ index, rows }: PhiModel, position: number): { row: number; col: number }[] {
  const uses: { row: number; col: number }[] = [];
  for (let k = index.indexOf(position); k >= 0; k = index.indexOf(position, k + 1))
    uses.push({ row: k % rows, col: Math.floor(k / rows) });
  return uses;
}

/** The position of a pixel in vec(pad(Z)). */
export function positionOf({ shape: { d, aPad } }: PhiModel, { i, j, c }: Pixel): number {
  return c + d * (i + aPad * j);
}

/** The pixel at a position of vec(pad(Z)): the channel is fastest, then the row. */
export function pixelAt({ shape: { d, aPad } }: PhiModel, position: number): Pixel {
  const pixel = Math.floor(position / d);
  return { i: pixel % aPad, j: Math.floor(pixel / aPad), c: position % d };
}

/** The pixel that entry (row, col) of φ(Z) is read from. */
export function source(model: PhiModel, row: number, col: number): Pixel {
  return pixelAt(model, model.index[row + model.rows * col]);
}

/** Entry (row, col) of φ(Z). */
export function valueInMatrix({ z, index, rows }: PhiModel, row: number, col: number): number {
  return z[index[row + rows * col]];
}

/** The value of pad(Z) at a pixel. */
export function valueAt(model: PhiModel, pixel: Pixel): number {
  return model.z[positionOf(model, pixel)];
}

/** Row (i, j, c) of φ(Z): its offset in the sub-image, read off the first sub-image, which starts at pixel (0, 0). */
export function windowOffset(model: PhiModel, row: number): Pixel {
  return source(model, row, 0);
}

/** The output place (p, q) of a column of φ(Z), from where its sub-image starts. */
export function placeOf(model: PhiModel, col: number): OutputPosition {
  const { i, j } = source(model, 0, col);
  return { p: i / model.shape.s, q: j / model.shape.s };
}

/** The column of φ(Z) of an output place, the vertical index fastest; the nearest one for places outside. */
export function columnOf({ shape: { aOut, bOut } }: PhiModel, { p, q }: OutputPosition): number {
  return within(p, aOut) + aOut * within(q, bOut);
}

/** The column whose sub-image lies nearest around a pixel. */
export function columnAround(model: PhiModel, { i, j }: Pick<Pixel, "i" | "j">): number {
  const { h, s } = model.shape;
  const start = (at: number): number => Math.round((at - (h - 1) / 2) / s);
  return columnOf(model, { p: start(i), q: start(j) });
}

/** Whether a pixel of pad(Z) belongs to the frame of zeros. */
export function isPadding(
  { shape: { a, b, pad: frame } }: PhiModel,
  { i, j }: Pick<Pixel, "i" | "j">,
): boolean {
  return i < frame || j < frame || i >= frame + a || j >= frame + b;
}

function within(index: number, length: number): number {
  return Math.max(0, Math.min(length - 1, index));
}
