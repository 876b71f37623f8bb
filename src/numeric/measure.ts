/** Numbers that say something of a whole matrix. */

import { checkMatrix } from "./check.js";
import { type Matrix, size } from "./storage.js";

/** ⟨A, B⟩ = Σ A_ij B_ij = vec(A)ᵀ vec(B). Throws RangeError unless both have the same size. */
export function dot(A: Matrix, B: Matrix): number {
  checkMatrix("dot", "A", A);
  checkMatrix("dot", "B", B);
  if (A.rows !== B.rows || A.cols !== B.cols) {
    throw new RangeError(`dot: A is ${size(A)} and B is ${size(B)}; needed the same size`);
  }
  let sum = 0;
  for (let k = 0; k < A.data.length; k++) sum += A.data[k] * B.data[k];
  return sum;
}

/** Σ M_ij. */
export function sum(M: Matrix): number {
  checkMatrix("sum", "M", M);
  let total = 0;
  for (const x of M.data) total += x;
  return total;
}

/** The largest |M_ij|; of a difference, how far two matrices are apart. NaN if an entry is. */
export function maxAbs(M: Matrix): number {
  checkMatrix("maxAbs", "M", M);
  let most = 0;
  for (const x of M.data) most = Math.max(most, Math.abs(x));
  return most;
}
