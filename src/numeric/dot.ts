/** ⟨A, B⟩ with an order of sums that is the same everywhere, in plain TypeScript and on any number of threads. */

import { checkMatrix } from "./check.js";
import { type Matrix, type Numbers, numbersOf, size } from "./storage.js";

/** Up to so many products are added one after the other, as they are written; more in blocks of as many. */
export const dotBlock = 4096;

/** Sums that a block is spread over. */
const sums = 8;

/**
 * ⟨A, B⟩ = Σ A_ij B_ij = vec(A)ᵀ vec(B), in float64 whatever A and B are. The order of the sums is fixed: up to 4096
 * products one after the other; more in blocks of 4096, each by eight sums (of every eighth product) added in pairs, the
 * blocks added in pairs as a binary tree, and at last what is left over of eights. Throws RangeError unless both have
 * the same size.
 */
export function dot(A: Matrix, B: Matrix): number {
  checkDot(A, B);
  const [a, b] = [A, B].map(numbersOf);
  if (a.length <= dotBlock) return sumInOrder(a, b, 0);
  const eights = wholeEights(a.length);
  const blocks: number[] = [];
  for (let k = 0; k < eights; k += dotBlock) blocks.push(blockSum(a, b, k, Math.min(k + dotBlock, eights)));
  return inPairs(blocks) + sumInOrder(a, b, eights);
}

/** Throws unless A and B are matrices of the same size. */
export function checkDot(A: Matrix, B: Matrix): void {
  checkMatrix("dot", "A", A);
  checkMatrix("dot", "B", B);
  if (A.rows === B.rows && A.cols === B.cols) return;
  throw new RangeError(`dot: A is ${size(A)} and B is ${size(B)}; needed the same size`);
}

/** How many of n numbers are in whole groups of eight. */
export function wholeEights(n: number): number {
  return n - (n % sums);
}

/** The products from number `from` on, one after the other. */
export function sumInOrder(a: Numbers, b: Numbers, from: number): number {
  let sum = 0;
  for (let k = from; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

/** Numbers added in pairs, then the sums of neighbours in pairs, and so on: a binary tree of their number alone. */
export function inPairs(numbers: ArrayLike<number>): number {
  const level = Array.from(numbers);
  for (let count = level.length; count > 1; count = Math.ceil(count / 2)) {
    for (let k = 0; k < count; k += 2) level[k / 2] = k + 1 < count ? level[k] + level[k + 1] : level[k];
  }
  return level[0];
}

function blockSum(a: Numbers, b: Numbers, from: number, to: number): number {
  let [s0, s1, s2, s3, s4, s5, s6, s7] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let k = from; k < to; k += sums) {
    s0 += a[k] * b[k];
    s1 += a[k + 1] * b[k + 1];
    s2 += a[k + 2] * b[k + 2];
    s3 += a[k + 3] * b[k + 3];
    s4 += a[k + 4] * b[k + 4];
    s5 += a[k + 5] * b[k + 5];
    s6 += a[k + 6] * b[k + 6];
    s7 += a[k + 7] * b[k + 7];
  }
  return s0 + s2 + (s4 + s6) + (s1 + s3 + (s5 + s7));
}
