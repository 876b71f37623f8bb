/** Matrices: made, taken apart, stacked and put back. */

import { checkSize } from "../shape.js";
import { checkFinite, checkLength, checkMatrix, checkNumbers, column, isNumbers, kind } from "./check.js";
import { columnMajor, entry, type Matrix, type Numbers, reshaped, zeros, zerosLike } from "./storage.js";

/** What may be asked of a new matrix: `nonFinite: true` lets NaN and ±Infinity in. */
export interface MatrixOptions {
  /** Whether NaN and ±Infinity are let in; they are refused unless it is true. */
  readonly nonFinite?: boolean;
}

/**
 * A rows × cols matrix over `data` in column order (shared, not copied; plain arrays are copied), or of zeros. Or the
 * matrix whose rows are given, as it is written on paper: matrix([[1, 2], [3, 4]]).
 * Throws RangeError for sizes that are not whole numbers, a length that is not rows·cols, rows that differ in length, or
 * a NaN or ±Infinity that `nonFinite` does not allow.
 *
 * @example
 * matrix([[1, 2], [3, 4]])
 */
export function matrix(
  rows: number,
  cols: number,
  data?: Numbers | readonly number[],
  options?: MatrixOptions,
): Matrix;
export function matrix(rows: readonly (readonly number[])[], options?: MatrixOptions): Matrix;
export function matrix(
  rows: number | readonly (readonly number[])[],
  cols?: number | MatrixOptions,
  data?: Numbers | readonly number[],
  options: MatrixOptions = {},
): Matrix {
  if (Array.isArray(rows)) return ofRows("matrix", rows, cols as MatrixOptions | undefined);
  return inColumns(rows as number, cols as number, data, options);
}

function inColumns(
  rows: number,
  cols: number,
  data: Numbers | readonly number[] | undefined,
  options: MatrixOptions,
): Matrix {
  checkSize("matrix", "rows", rows);
  checkSize("matrix", "cols", cols);
  if (data === undefined) return zeros(rows, cols);
  const numbers = isNumbers(data) ? data : Float64Array.from(checkNumbers("matrix", data));
  const M = columnMajor(rows, cols, numbers);
  checkLength("matrix", M);
  if (!options.nonFinite) checkFinite("matrix", M);
  return M;
}

/**
 * The matrix whose rows are given, as it is written on paper. Throws RangeError if the rows differ in length.
 *
 * @example
 * fromRows([[1, 2], [3, 4]])
 */
export function fromRows(rows: readonly (readonly number[])[], options: MatrixOptions = {}): Matrix {
  return ofRows("fromRows", rows, options);
}

function ofRows(
  operation: string,
  rows: readonly (readonly number[])[],
  options: MatrixOptions = {},
): Matrix {
  checkRows(operation, rows);
  const M = zeros(rows.length, rows[0].length);
  for (const [i, row] of rows.entries()) {
    if (row.length !== M.cols) {
      throw new RangeError(
        `${operation}: row ${i + 1} has ${row.length} entries, row 1 has ${M.cols}; needed the same`,
      );
    }
    for (const [j, x] of checkNumbers(operation, row).entries()) M.data[i + M.rows * j] = x;
  }
  if (!options.nonFinite) checkFinite(operation, M);
  return M;
}

/**
 * The rows of M as nested arrays.
 *
 * @example
 * toRows(matrix(2, 2, [1, 3, 2, 4]))
 */
export function toRows(M: Matrix): number[][] {
  checkMatrix("toRows", "M", M);
  return Array.from({ length: M.rows }, (_, i) => Array.from({ length: M.cols }, (_, j) => entry(M, i, j)));
}

/** vec(M), eq. (5): the columns of M stacked, rows·cols × 1; shares M's memory. */
export function vec(M: Matrix): Matrix {
  checkMatrix("vec", "M", M);
  return reshaped(M, M.rows * M.cols, 1);
}

/** mat(v)_{a×b}, eq. (5): the inverse of vec; shares v's memory. Throws RangeError unless v has a·b entries. */
export function mat(v: Matrix | Numbers | readonly number[], a: number, b: number): Matrix {
  const whole = column("mat", "v", v);
  checkSize("mat", "a", a);
  checkSize("mat", "b", b);
  if (whole.rows !== a * b) {
    throw new RangeError(`mat: a vector of length ${whole.rows} cannot become ${a} × ${b}`);
  }
  return reshaped(whole, a, b);
}

/**
 * Mᵀ: cols × rows.
 *
 * @example
 * transpose(matrix([[1, 2, 3]]))
 */
export function transpose(M: Matrix): Matrix {
  checkMatrix("transpose", "M", M);
  const T = zerosLike(M, M.cols, M.rows);
  for (let j = 0; j < M.cols; j++) {
    for (let i = 0; i < M.rows; i++) T.data[j + M.cols * i] = M.data[i + M.rows * j];
  }
  return T;
}

/**
 * The all-one matrix, rows × cols; with one argument the vector 1 ∈ R^rows of eq. (1).
 *
 * @example
 * multiply(matrix([[1], [2]]), transpose(ones(3)))
 */
export function ones(rows: number, cols = 1): Matrix {
  checkSize("ones", "rows", rows);
  checkSize("ones", "cols", cols);
  const M = zeros(rows, cols);
  M.data.fill(1);
  return M;
}

/**
 * The identity I, n × n.
 *
 * @example
 * eye(3)
 */
export function eye(n: number): Matrix {
  checkSize("eye", "n", n);
  const I = zeros(n, n);
  for (let i = 0; i < n; i++) I.data[i + n * i] = 1;
  return I;
}

function checkRows(operation: string, rows: unknown): asserts rows is number[][] {
  if (!Array.isArray(rows) || rows.length === 0 || !Array.isArray(rows[0]) || rows[0].length === 0) {
    throw new TypeError(`${operation}: ${kind(rows)}; needed a non-empty array of non-empty rows of numbers`);
  }
}
