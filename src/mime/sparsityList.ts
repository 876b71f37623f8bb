/** Rows and columns of the entries of a sparse matrix, as few numbers: those of P_φ are an outer sum of two short vectors. */

import { toBase64 } from "./base64.js";

/** Whole numbers: number offsets.length·r + k is starts[r] + offsets[k]. */
export interface OuterSum {
  readonly starts: Int32Array;
  readonly offsets: Int32Array;
}

/** The same in a notebook: little-endian int32 in base64. */
export interface OuterSumBase64 {
  readonly starts: string;
  readonly offsets: string;
}

/** Two lists of one length as outer sums with the same number of offsets, as long as both have one; else as they are. */
export function outerSums(row: Int32Array, col: Int32Array): readonly [OuterSum, OuterSum] {
  const length = divisors(col.length).find((k) => isOuterSum(col, k) && isOuterSum(row, k)) ?? 1;
  return [outerSum(row, length), outerSum(col, length)];
}

/** For a notebook. */
export function toOuterSumBase64({ starts, offsets }: OuterSum): OuterSumBase64 {
  return { starts: toBase64(starts), offsets: toBase64(offsets) };
}

function outerSum(list: Int32Array, length: number): OuterSum {
  const starts = new Int32Array(list.length / length);
  for (let r = 0; r < starts.length; r++) starts[r] = list[length * r];
  return { starts, offsets: Int32Array.from(list.subarray(0, length), (x) => x - list[0]) };
}

function isOuterSum(list: Int32Array, length: number): boolean {
  for (let k = length; k < list.length; k++) {
    const first = k - (k % length);
    if (list[k] - list[first] !== list[k % length] - list[0]) return false;
  }
  return true;
}

/** The divisors of n, those first by which the two vectors are shortest together. */
function divisors(n: number): number[] {
  const found: number[] = [];
  for (let k = 1; k * k <= n; k++) if (n % k === 0) found.push(k, n / k);
  return found.sort((one, other) => one + n / one - other - n / other);
}
