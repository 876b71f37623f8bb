/** How a matrix lies in memory: column by column, the one home of that order. */

import { isReturned, type Lease } from "./lease.js";
import { displayKey, inspect, showMatrix } from "./show.js";

/** The numbers of a matrix: float64 unless float32 is asked for. */
export type Numbers = Float64Array | Float32Array;

/** A rows × cols matrix, stored column by column: entry (i, j), counted from 0, is data[i + rows·j]. */
export interface Matrix {
  /** The number of rows. */
  readonly rows: number;
  /** The number of columns. */
  readonly cols: number;
  /** The entries, column by column: rows·cols numbers. */
  readonly data: Numbers;
}

class ColumnMajor implements Matrix {
  constructor(
    readonly rows: number,
    readonly cols: number,
    readonly data: Numbers,
  ) {}

  [displayKey](): Record<string, string> {
    return showMatrix(this);
  }

  [inspect](): string {
    return showMatrix(this)["text/plain"];
  }
}

const nothing = new Float64Array(0);

/** A matrix whose numbers are lent: `data` is a copy, made when somebody first looks at it. */
class Lent extends ColumnMajor {
  readonly #lease: Lease;

  constructor(rows: number, cols: number, lease: Lease) {
    super(rows, cols, nothing);
    this.#lease = lease;
    const own = (value: Numbers): Numbers => {
      Object.defineProperty(this, "data", { value, enumerable: true });
      return value;
    };
    Object.defineProperty(this, "data", {
      get: () => own(lease.look()),
      enumerable: true,
      configurable: true,
    });
  }

  static leaseOf(M: Matrix): Lease | undefined {
    return #lease in M ? M.#lease : undefined;
  }
}

/** The rows × cols matrix over `data` in column order; shares its memory and checks nothing. */
export function columnMajor(rows: number, cols: number, data: Numbers | Lease): Matrix {
  return ArrayBuffer.isView(data) ? new ColumnMajor(rows, cols, data) : new Lent(rows, cols, data);
}

/** The rows × cols matrix over the memory of M. */
export function reshaped(M: Matrix, rows: number, cols: number): Matrix {
  return columnMajor(rows, cols, Lent.leaseOf(M) ?? M.data);
}

/** Whether M was made here: its numbers have been checked once, and need not be again. */
export function isOurs(M: unknown): boolean {
  return M instanceof ColumnMajor;
}

/** The lease of a matrix whose numbers are lent. */
export function leaseOf(M: Matrix): Lease | undefined {
  return Lent.leaseOf(M);
}

/** The numbers of M where they lie, lent or not: for the operation that asks, not to be kept. */
export function numbersOf(M: Matrix): Numbers {
  return Lent.leaseOf(M)?.numbers ?? M.data;
}

/** Whether the memory of M has been given back, by `release` or at the end of a scope. */
export function isGivenBack(M: Matrix): boolean {
  return Lent.leaseOf(M)?.ended ?? isReturned(M.data);
}

/** Whether all are float32: only then is what is computed of them. */
export function areFloat32(...matrices: readonly Matrix[]): boolean {
  return matrices.every((M) => numbersOf(M) instanceof Float32Array);
}

/** A new matrix of zeros in float64. Throws RangeError for 2³¹ entries or more. */
export function zeros(rows: number, cols: number): Matrix {
  checkRoom(rows, cols);
  return columnMajor(rows, cols, new Float64Array(rows * cols));
}

/** A new matrix of zeros of the same precision as M (float32 if M is, else float64). */
export function zerosLike(M: Matrix, rows: number, cols: number): Matrix {
  checkRoom(rows, cols);
  const n = rows * cols;
  return columnMajor(rows, cols, areFloat32(M) ? new Float32Array(n) : new Float64Array(n));
}

/** Entry (i, j) of M, counted from 0. */
export function entry(M: Matrix, i: number, j: number): number {
  return M.data[i + M.rows * j];
}

/** "rows × cols", as messages and captions write it. */
export function size(M: { rows: number; cols: number }): string {
  return `${M.rows} × ${M.cols}`;
}

/** Refuses a matrix of 2³¹ entries or more before it is allocated: indices are 32-bit. */
function checkRoom(rows: number, cols: number): void {
  if (rows * cols < 2 ** 31) return;
  throw new RangeError(`a ${rows} × ${cols} matrix has ${rows * cols} entries; the limit is 2³¹ − 1`);
}
