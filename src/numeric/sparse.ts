/** Sparse matrices as triplets: P_φ, P_pad and whatever mathjs holds sparsely. */

import { checkObject, checkSize } from "../shape.js";
import { column } from "./check.js";
import { matrix } from "./matrix.js";
import { displayKey, inspect } from "./show.js";
import { type Matrix, type Numbers, size, zerosLike } from "./storage.js";

/** Row, column and value of each stored entry, counted from 0. */
export interface Triplets {
  /** The row of each entry. */
  readonly row: Int32Array;
  /** The column of each entry. */
  readonly col: Int32Array;
  /** The value of each entry; 1 everywhere for P_φ. */
  readonly value: Float64Array;
}

/** A rows × cols matrix of which only some entries are stored. */
export interface SparseMatrix {
  /** The number of rows. */
  readonly rows: number;
  /** The number of columns. */
  readonly cols: number;
  /** The stored entries, in the order they were given; for P_φ row after row. */
  triplets(): Triplets;
  /** The full matrix. Throws RangeError before allocating where that would take more than 1 GiB. */
  toDense(): Matrix;
  /** P v, rows × 1. */
  times(v: Matrix | Numbers | readonly number[]): Matrix;
  /** Pᵀ v, cols × 1. */
  transposeTimes(v: Matrix | Numbers | readonly number[]): Matrix;
}

const denseLimit = 2 ** 30;

class TripletMatrix implements SparseMatrix {
  constructor(
    readonly rows: number,
    readonly cols: number,
    private readonly entries: Triplets,
  ) {}

  triplets(): Triplets {
    return this.entries;
  }

  toDense(): Matrix {
    refuseLarge(this);
    const M = matrix(this.rows, this.cols);
    const { row, col, value } = this.entries;
    for (let k = 0; k < row.length; k++) M.data[row[k] + this.rows * col[k]] += value[k];
    return M;
  }

  times(v: Matrix | Numbers | readonly number[]): Matrix {
    const { row, col } = this.entries;
    return this.scatter("times", v, { size: this.rows, to: row }, { size: this.cols, from: col });
  }

  transposeTimes(v: Matrix | Numbers | readonly number[]): Matrix {
    const { row, col } = this.entries;
    return this.scatter("transposeTimes", v, { size: this.cols, to: col }, { size: this.rows, from: row });
  }

  [displayKey](): Record<string, string> {
    return { "text/plain": this.toString() };
  }

  [inspect](): string {
    return this.toString();
  }

  toString(): string {
    return `SparseMatrix ${size(this)}, ${this.entries.row.length} entries stored`;
  }

  private scatter(
    operation: string,
    v: Matrix | Numbers | readonly number[],
    out: { size: number; to: Int32Array },
    into: { size: number; from: Int32Array },
  ): Matrix {
    const x = column(operation, "v", v);
    if (x.rows !== into.size) {
      throw new RangeError(
        `${operation}: v has ${x.rows} entries; the ${size(this)} matrix needs ${into.size}`,
      );
    }
    const y = zerosLike(x, out.size, 1);
    const { value } = this.entries;
    for (let k = 0; k < value.length; k++) y.data[out.to[k]] += value[k] * x.data[into.from[k]];
    return y;
  }
}

/** The matrix with the given entries (value 1 where none is given). Throws RangeError for a place outside. */
export function sparse(
  rows: number,
  cols: number,
  entries: { row: Int32Array; col: Int32Array; value?: Float64Array },
): SparseMatrix {
  checkSize("sparse", "rows", rows);
  checkSize("sparse", "cols", cols);
  checkObject("sparse", "entries", entries, "{ row, col, value }");
  checkObject("sparse", "row", entries.row, "an Int32Array");
  checkObject("sparse", "col", entries.col, "an Int32Array");
  const { row, col, value = new Float64Array(row.length).fill(1) } = entries;
  if (row.length !== col.length || row.length !== value.length) {
    throw new RangeError(
      `sparse: ${row.length} rows, ${col.length} columns, ${value.length} values; needed as many of each`,
    );
  }
  checkPlaces("row", row, rows);
  checkPlaces("col", col, cols);
  return new TripletMatrix(rows, cols, { row, col, value });
}

/** The 0/1 matrix that picks entry index[k] of a vector of length cols as its entry k. */
export function selection(index: Int32Array, cols: number): SparseMatrix {
  return sparse(index.length, cols, { row: index.map((_, k) => k), col: index });
}

/** Whether x is a SparseMatrix of this package. */
export function isSparse(x: unknown): x is SparseMatrix {
  return x instanceof TripletMatrix;
}

function checkPlaces(name: string, places: Int32Array, n: number): void {
  const at = places.findIndex((k) => k < 0 || k >= n);
  if (at < 0) return;
  throw new RangeError(`sparse: ${name}[${at}] = ${places[at]}; needed a whole number from 0 to ${n - 1}`);
}

function refuseLarge(P: SparseMatrix): void {
  const bytes = 8 * P.rows * P.cols;
  if (bytes <= denseLimit) return;
  throw new RangeError(
    `toDense: ${size(P)} in float64 takes ${written(bytes)}, the limit is ${written(denseLimit)}; ` +
      "use the index form instead: triplets(), times(v), or phi(Z, shape), which never builds P_φ",
  );
}

/** Bytes in the largest fitting decimal unit, three digits. */
function written(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];
  const k = Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${Number((bytes / 1000 ** k).toPrecision(3))} ${units[k]}`;
}
