/** Instances and what they should give: checked once, in one precision. */

import type { Network } from "../network/network.js";
import { checkMatrix, column, kind } from "../numeric/check.js";
import { columnMajor, type Matrix, type Numbers, numbersOf, size } from "../numeric/storage.js";
import type { Shard } from "./shards.js";

/** The numbers that products are computed in. */
export type Dtype = "float32" | "float64";

/** Instances with the outputs that are wanted. */
export interface Instances {
  /** Z^{1,i} as columns, vec(Z^{1,i}) with the channel fastest: d a b × l. */
  readonly Z: Matrix;
  /** yⁱ as columns: n_L × l. */
  readonly y: Matrix;
}

/** The instances in the precision of the products; y in float64, as the loss is. Nobody changes them. */
export class Data {
  /** The number of instances. */
  readonly l: number;

  private constructor(
    readonly Z: Matrix,
    readonly y: Matrix,
  ) {
    this.l = Z.cols;
  }

  /**
   * A copy of the instances, once for all threads: what becomes of the reader's own later changes nothing. Throws RangeError
   * or TypeError for sizes that do not fit, and for what is no finite number in the precision.
   */
  static copyOf(operation: string, net: Network, { Z, y }: Instances, dtype: Dtype): Data {
    checkMatrix(operation, "Z", Z);
    checkMatrix(operation, "y", y);
    const { a, b, d } = net.input;
    if (Z.rows !== d * a * b) {
      throw new RangeError(
        `${operation}: Z is ${size(Z)}; needed d·a·b = ${d}·${a}·${b} = ${d * a * b} rows, a column for each instance`,
      );
    }
    if (y.rows !== net.outputs || y.cols !== Z.cols) {
      throw new RangeError(
        `${operation}: y is ${size(y)}; needed ${net.outputs} × ${Z.cols}, a column for each of Z's (oneHot(labels) makes them)`,
      );
    }
    const [ownZ, ownY] = [copied(Z, dtype), copied(y, "float64")];
    for (const [name, M] of Object.entries({ Z: ownZ, y: ownY })) checkNumbersOf(operation, name, M);
    return new Data(ownZ, ownY);
  }

  /** Instances of another thread's: the same memory, where they were checked. */
  static of(Z: Matrix, y: Matrix): Data {
    return new Data(Z, y);
  }

  /** The images of a shard of all instances, or of those whose numbers are given. */
  imagesOf(shard: Shard, subset?: Int32Array): Matrix {
    return columnsOf(this.Z, shard, subset);
  }

  /** What they should give. */
  wantedOf(shard: Shard, subset?: Int32Array): Matrix {
    return columnsOf(this.y, shard, subset);
  }
}

/** A copy in a precision, in memory that other threads can read where there is such. */
function copied(M: Matrix, dtype: Dtype): Matrix {
  const numbers = numbersOf(M);
  const bytes = numbers.length * (dtype === "float32" ? 4 : 8);
  const buffer =
    typeof SharedArrayBuffer === "undefined" ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes);
  const copy = dtype === "float32" ? new Float32Array(buffer) : new Float64Array(buffer);
  copy.set(numbers);
  return columnMajor(M.rows, M.cols, copy);
}

/** Throws RangeError that names the first entry, counted from 1, that is NaN or ±Infinity, as what is too large for float32 is. */
function checkNumbersOf(operation: string, name: string, { rows, data }: Matrix): void {
  let at = 0;
  while (at < data.length && Number.isFinite(data[at])) at++;
  if (at === data.length) return;
  const place = `(${(at % rows) + 1}, ${Math.floor(at / rows) + 1})`;
  const precision = data instanceof Float32Array ? "float32" : "float64";
  throw new RangeError(
    `${operation}: entry ${place} of ${name} is ${data[at]} in ${precision}; needed finite numbers`,
  );
}

/** The numbers themselves where they have the precision, else rounded. */
export function inPrecision(numbers: Numbers, dtype: Dtype): Numbers {
  if (dtype === "float32") return numbers instanceof Float32Array ? numbers : Float32Array.from(numbers);
  return numbers instanceof Float64Array ? numbers : Float64Array.from(numbers);
}

/** A copy of n finite numbers in float64: θ, or a vector like it. Throws RangeError that names what came. */
export function vectorOf(
  operation: string,
  name: string,
  given: Matrix | Numbers | readonly number[],
  n: number,
): Float64Array {
  const { data } = column(operation, name, given);
  if (data.length === n) return Float64Array.from(data);
  throw new RangeError(`${operation}: ${name} has ${data.length} numbers; needed ${n}`);
}

/** A copy of the numbers of some of l instances, from 0. Throws RangeError for one that there is not. */
export function checkedInstances(operation: string, subset: ArrayLike<number>, l: number): Int32Array {
  if (typeof subset !== "object" || subset === null || !(subset.length > 0)) {
    throw new RangeError(`${operation}: the subset is ${kind(subset)}; needed numbers of instances`);
  }
  for (let k = 0; k < subset.length; k++) {
    if (Number.isInteger(subset[k]) && subset[k] >= 0 && subset[k] < l) continue;
    throw new RangeError(
      `${operation}: subset[${k}] = ${subset[k]}; needed the number of an instance, from 0 to ${l - 1}`,
    );
  }
  return Int32Array.from(subset);
}

function columnsOf(M: Matrix, { from, count }: Shard, subset: Int32Array | undefined): Matrix {
  const { rows, data } = M;
  if (subset === undefined)
    return columnMajor(rows, count, data.subarray(rows * from, rows * (from + count)));
  const part = data instanceof Float32Array ? new Float32Array(rows * count) : new Float64Array(rows * count);
  for (let k = 0; k < count; k++) {
    const i = subset[from + k];
    part.set(data.subarray(rows * i, rows * (i + 1)), rows * k);
  }
  return columnMajor(rows, count, part);
}
