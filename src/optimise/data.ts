/** Instances and what they should give: checked once, in one precision. */

import type { Network } from "../network/network.js";
import { checkMatrix, column, kind } from "../numeric/check.js";
import { columnMajor, type Matrix, type Numbers, size } from "../numeric/storage.js";
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

/** The instances in the precision of the products; y in float64, as the loss is. */
export class Data {
  readonly l: number;
  #Z: Matrix;
  #y: Matrix;
  #areShared = false;

  constructor(operation: string, net: Network, { Z, y }: Instances, dtype: Dtype) {
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
        `${operation}: y is ${size(y)}; needed ${net.outputs} × ${Z.cols}, a column for each of Z's`,
      );
    }
    this.l = Z.cols;
    this.#Z = columnMajor(Z.rows, Z.cols, inPrecision(Z.data, dtype));
    this.#y = columnMajor(y.rows, y.cols, inPrecision(y.data, "float64"));
  }

  /** Z's and y's. */
  get numbers(): [Numbers, Numbers] {
    return [this.#Z.data, this.#y.data];
  }

  /** Z's and y's numbers where other threads can read them: copied there at the first time, and read there from then on. */
  shared(): { readonly Z: Numbers; readonly y: Float64Array } {
    if (!this.#areShared) [this.#Z, this.#y] = [this.#Z, this.#y].map(inSharedMemory);
    this.#areShared = true;
    return { Z: this.#Z.data, y: this.#y.data as Float64Array };
  }

  /** The images of a shard of all instances, or of those whose numbers are given. */
  imagesOf(shard: Shard, subset?: Int32Array): Matrix {
    return columnsOf(this.#Z, shard, subset);
  }

  /** What they should give. */
  wantedOf(shard: Shard, subset?: Int32Array): Matrix {
    return columnsOf(this.#y, shard, subset);
  }
}

function inSharedMemory({ rows, cols, data }: Matrix): Matrix {
  const buffer = new SharedArrayBuffer(data.byteLength);
  const copy = data instanceof Float32Array ? new Float32Array(buffer) : new Float64Array(buffer);
  copy.set(data);
  return columnMajor(rows, cols, copy);
}

/** The numbers themselves where they have the precision, else rounded. */
export function inPrecision(numbers: Numbers, dtype: Dtype): Numbers {
  if (dtype === "float32") return numbers instanceof Float32Array ? numbers : Float32Array.from(numbers);
  return numbers instanceof Float64Array ? numbers : Float64Array.from(numbers);
}

/** n finite numbers in float64: θ, or a vector like it. Throws RangeError that names what came. */
export function vectorOf(
  operation: string,
  name: string,
  given: Matrix | Numbers | readonly number[],
  n: number,
): Float64Array {
  const { data } = column(operation, name, given);
  if (data.length === n) return inPrecision(data, "float64") as Float64Array;
  throw new RangeError(`${operation}: ${name} has ${data.length} numbers; needed ${n}`);
}

/** The numbers of some of l instances, from 0. Throws RangeError for one that there is not. */
export function checkedSubset(
  operation: string,
  subset: ArrayLike<number> | undefined,
  l: number,
): Int32Array | undefined {
  if (subset === undefined) return undefined;
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
