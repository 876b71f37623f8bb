import { checkSize } from "../shape.js";
import { checkMatrix } from "./check.js";
import { entry, type Matrix, reshaped, size, zerosLike } from "./storage.js";

/** An image Z ∈ R^{d × a·b} that remembers its sides: pixel (i, j), counted from 0, is column i + a·j. */
export interface ImageMatrix extends Matrix {
  /** The number of rows of pixels, a. */
  readonly a: number;
  /** The number of columns of pixels, b. */
  readonly b: number;
  /** The number of channels, d = rows. */
  readonly d: number;
}

/**
 * Z as an image of a rows and b columns of pixels; shares Z's memory. Throws RangeError unless Z has a·b columns.
 *
 * @example
 * image(ones(1, 12), 3, 4)
 */
export function image(Z: Matrix, a: number, b: number): ImageMatrix {
  checkMatrix("image", "Z", Z);
  checkSize("image", "a", a);
  checkSize("image", "b", b);
  if (Z.cols !== a * b)
    throw new RangeError(`image: Z is ${size(Z)}; needed a·b = ${a}·${b} = ${a * b} columns`);
  return Object.assign(reshaped(Z, Z.rows, Z.cols), { a, b, d: Z.rows });
}

/** Channel c of an image, counted from 0, as an image of one channel. Throws RangeError where there is none. */
export function channel(Z: ImageMatrix, c: number): ImageMatrix {
  checkMatrix("channel", "Z", Z);
  checkSize("channel", "c", c, 0);
  if (c >= Z.rows) throw new RangeError(`channel: c = ${c}; Z has ${Z.rows} channels, counted from 0`);
  const row = zerosLike(Z, 1, Z.cols);
  for (let k = 0; k < Z.cols; k++) row.data[k] = entry(Z, c, k);
  return image(row, Z.a, Z.b);
}
