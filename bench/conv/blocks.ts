/** Blocks of a matrix: some rows of some columns. */

import { type Matrix, zerosLike } from "../../src/numeric/storage.js";

/** Rows top … top + rows − 1 of columns from … from + cols − 1. */
export interface Part {
  readonly top: number;
  readonly rows: number;
  readonly from: number;
  readonly cols: number;
}

/** The block of M: rows × cols, a copy. */
export function block(M: Matrix, { top, rows, from, cols }: Part): Matrix {
  const B = zerosLike(M, rows, cols);
  for (let j = 0; j < cols; j++) {
    const start = top + M.rows * (from + j);
    B.data.set(M.data.subarray(start, start + rows), rows * j);
  }
  return B;
}

/** M's block += B. */
export function addBlock(M: Matrix, { top, rows, from, cols }: Part, B: Matrix): void {
  for (let j = 0; j < cols; j++) {
    for (let i = 0; i < rows; i++) M.data[top + i + M.rows * (from + j)] += B.data[i + rows * j];
  }
}
