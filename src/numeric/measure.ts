/** Numbers that say something of a whole matrix. */

import { checkMatrix } from "./check.js";
import { type Matrix, numbersOf } from "./storage.js";

/** Σ M_ij. */
export function sum(M: Matrix): number {
  checkMatrix("sum", "M", M);
  let total = 0;
  for (const x of numbersOf(M)) total += x;
  return total;
}

/** The largest |M_ij|; of a difference, how far two matrices are apart. NaN if an entry is. */
export function maxAbs(M: Matrix): number {
  checkMatrix("maxAbs", "M", M);
  let most = 0;
  for (const x of numbersOf(M)) most = Math.max(most, Math.abs(x));
  return most;
}
