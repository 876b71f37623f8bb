/** Matrices as NumPy keeps them in a file. */

import { checkFinite, checkMatrix } from "../numeric/check.js";
import type { MatrixOptions } from "../numeric/matrix.js";
import { checkOptions } from "../numeric/options.js";
import { columnMajor, type Matrix, numbersOf } from "../numeric/storage.js";
import { npyHeader, readNpyHeader } from "./npyHeader.js";
import {
  arraySize,
  bytesOfNumbers,
  checkByteCount,
  checkBytes,
  fromRowOrder,
  inRowOrder,
  numberTypes,
  readNumbers,
} from "./numberTypes.js";

/** How a matrix is stored. */
export interface NpyOptions {
  /** Column by column, as numbers lie here; default false, row by row: not every program reads the other order. */
  readonly fortranOrder?: boolean;
}

/**
 * M as an .npy file, byte by byte what numpy.save writes: float32 or float64 as M is, little endian. A single row or
 * column is the same in both orders and stored as row by row, as NumPy does.
 *
 * @example
 * readNpy(npy(matrix([[1, 2], [3, 4]])))
 */
export function npy(M: Matrix, options: NpyOptions = {}): Uint8Array {
  checkMatrix("npy", "M", M);
  checkOptions("npy", options, ["fortranOrder"]);
  const isFortran = options.fortranOrder === true && M.rows > 1 && M.cols > 1;
  const numbers = isFortran ? numbersOf(M) : inRowOrder(M);
  const header = npyHeader(numbers instanceof Float32Array ? "<f4" : "<f8", isFortran, [M.rows, M.cols]);
  const bytes = new Uint8Array(header.length + numbers.byteLength);
  bytes.set(header);
  bytes.set(bytesOfNumbers(numbers), header.length);
  return bytes;
}

/**
 * The matrix of an .npy file, in either order: a vector is a column, a number 1 × 1. float32 and float16 come in float32;
 * float64, whole numbers and truth values come in float64. Throws Error or RangeError that says what is wrong with the file, and for NaN
 * and ±Infinity unless `nonFinite` is true.
 */
export function readNpy(bytes: Uint8Array, options: MatrixOptions = {}): Matrix {
  checkOptions("readNpy", options, ["nonFinite"]);
  return npyMatrix("readNpy", bytes, options);
}

/** The same for another operation, which its messages name. */
export function npyMatrix(operation: string, bytes: Uint8Array, { nonFinite }: MatrixOptions): Matrix {
  checkBytes(operation, bytes);
  const { type, isLittle, isFortran, shape, behind } = readNpyHeader(operation, bytes);
  const { rows, cols } = arraySize(operation, shape);
  const data = bytes.subarray(behind);
  checkByteCount(operation, data.length, rows * cols * numberTypes[type].bytes);
  const numbers = readNumbers(operation, data, type, { isLittle });
  const M = isFortran ? columnMajor(rows, cols, numbers) : fromRowOrder(rows, cols, numbers);
  if (!nonFinite) checkFinite(operation, M);
  return M;
}
