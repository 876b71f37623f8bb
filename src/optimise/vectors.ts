/** Sums over the numbers of θ, in the one order of numeric/dot. */

import { dot } from "../numeric/dot.js";
import { columnMajor } from "../numeric/storage.js";

/** aᵀb. */
export function sumOfProducts(a: Float64Array, b: Float64Array): number {
  return dot(columnMajor(a.length, 1, a), columnMajor(b.length, 1, b));
}

/** ‖a‖. */
export function norm(a: Float64Array): number {
  return Math.sqrt(sumOfProducts(a, a));
}

/** a + αb, a new vector. */
export function movedAlong(a: Float64Array, alpha: number, b: Float64Array): Float64Array {
  return a.map((x, k) => x + alpha * b[k]);
}

/** Whether all are numbers: neither NaN nor ±Infinity. */
export function areFinite(a: Float64Array): boolean {
  return a.every(Number.isFinite);
}
