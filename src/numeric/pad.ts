/** Zero padding, vec(pad(Z)) = P_pad vec(Z), and its transpose. */

import { type ConvShape, checkObject, checkSize } from "../shape.js";
import { checkMatrix } from "./check.js";
import { type SparseMatrix, sparse } from "./sparse.js";
import { type Matrix, size, zerosLike } from "./storage.js";

/** What padding needs to know of a shape. */
export type PadShape = Pick<ConvShape, "a" | "b" | "d" | "pad" | "aPad" | "bPad">;

/**
 * pad(Z): a frame of `pad` zeros around each channel; d × aPad·bPad. Z itself where pad = 0.
 *
 * @example
 * pad(ones(1, 4), convShape({ a: 2, b: 2, d: 1, h: 3, pad: 1 }))
 */
export function pad(Z: Matrix, shape: PadShape): Matrix {
  checkMatrix("pad", "Z", Z);
  checkPadShape("pad", shape);
  checkSides("pad", Z, shape.d, shape.a * shape.b);
  if (shape.pad === 0) return Z;
  const padded = zerosLike(Z, shape.d, shape.aPad * shape.bPad);
  for (const { inner, outer, length } of runs(shape)) {
    padded.data.set(Z.data.subarray(inner, inner + length), outer);
  }
  return padded;
}

/** mat(P_padᵀ vec(Z)): the frame taken off again; d × a·b. Z itself where pad = 0. */
export function unpad(Z: Matrix, shape: PadShape): Matrix {
  checkMatrix("unpad", "Z", Z);
  checkPadShape("unpad", shape);
  checkSides("unpad", Z, shape.d, shape.aPad * shape.bPad);
  if (shape.pad === 0) return Z;
  const bare = zerosLike(Z, shape.d, shape.a * shape.b);
  for (const { inner, outer, length } of runs(shape)) {
    bare.data.set(Z.data.subarray(outer, outer + length), inner);
  }
  return bare;
}

/** P_pad: 0/1, d aPad bPad × d a b; one 1 in each column. */
export function Ppad(shape: PadShape): SparseMatrix {
  checkPadShape("Ppad", shape);
  const row = new Int32Array(shape.d * shape.a * shape.b);
  for (const { inner, outer, length } of runs(shape)) {
    for (let k = 0; k < length; k++) row[inner + k] = outer + k;
  }
  return sparse(shape.d * shape.aPad * shape.bPad, row.length, { row, col: row.map((_, k) => k) });
}

/** One column of pixels lies together in memory, bare and padded: where it starts in each, and its length. */
function* runs({
  a,
  b,
  d,
  pad,
  aPad,
}: PadShape): Generator<{ inner: number; outer: number; length: number }> {
  for (let j = 0; j < b; j++) {
    yield { inner: d * a * j, outer: d * (pad + aPad * (pad + j)), length: d * a };
  }
}

/** Throws RangeError that names the first size that is missing, or is none. */
function checkPadShape(operation: string, shape: PadShape): void {
  checkObject(operation, "shape", shape, "convShape(…)");
  const { a, b, d, pad, aPad, bPad } = shape;
  for (const [name, value] of Object.entries({ a, b, d, aPad, bPad })) checkSize(operation, name, value);
  checkSize(operation, "pad", pad, 0);
}

function checkSides(operation: string, Z: Matrix, rows: number, cols: number): void {
  if (Z.rows === rows && Z.cols === cols) return;
  throw new RangeError(`${operation}: Z is ${size(Z)}; the shape needs ${rows} × ${cols}`);
}
