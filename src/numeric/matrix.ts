import { checkSize } from "../shape.js";
import { display, inspect, showMatrix } from "./show.js";

/** The numbers of a matrix: float64 unless float32 is asked for. */
export type Numbers = Float64Array | Float32Array;

/** A rows × cols matrix, stored column by column: entry (i, j), counted from 0, is data[i + rows·j]. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: Numbers;
}

/** An image Z ∈ R^{d × a·b} that remembers its sides: pixel (i, j), counted from 0, is column i + a·j. */
export interface Image extends Matrix {
  readonly a: number;
  readonly b: number;
  /** The number of channels, d = rows. */
  readonly d: number;
}

/** What may be asked of a new matrix: `nonFinite: true` lets NaN and ±Infinity in. */
export interface MatrixOptions {
  readonly nonFinite?: boolean;
}

/** Matrices made here have been checked once; anything else that looks like one is checked at each border. */
class ColumnMajor implements Matrix {
  constructor(
    readonly rows: number,
    readonly cols: number,
    readonly data: Numbers,
  ) {}

  [display](): Record<string, string> {
    return showMatrix(this);
  }

  [inspect](): string {
    return showMatrix(this)["text/plain"];
  }
}

class ImageMatrix extends ColumnMajor implements Image {
  readonly d: number;

  constructor(
    Z: Matrix,
    readonly a: number,
    readonly b: number,
  ) {
    super(Z.rows, Z.cols, Z.data);
    this.d = Z.rows;
  }
}

/**
 * A rows × cols matrix over `data` in column order (shared, not copied; plain arrays are copied), or of zeros.
 * Throws RangeError for sizes that are not whole numbers, a length that is not rows·cols, or a NaN or ±Infinity
 * that `nonFinite` does not allow.
 */
export function matrix(
  rows: number,
  cols: number,
  data?: Numbers | readonly number[],
  options: MatrixOptions = {},
): Matrix {
  checkSize("matrix", "rows", rows);
  checkSize("matrix", "cols", cols);
  if (data === undefined) return zeros(rows, cols);
  const numbers = isNumbers(data) ? data : Float64Array.from(checkNumbers("matrix", data));
  const M = new ColumnMajor(rows, cols, numbers);
  checkLength("matrix", M);
  if (!options.nonFinite) checkFinite("matrix", M);
  return M;
}

/** The matrix whose rows are given, as it is written on paper. Throws RangeError if the rows differ in length. */
export function fromRows(rows: readonly (readonly number[])[], options: MatrixOptions = {}): Matrix {
  checkRows(rows);
  const M = zeros(rows.length, rows[0].length);
  for (const [i, row] of rows.entries()) {
    if (row.length !== M.cols) {
      throw new RangeError(
        `fromRows: row ${i + 1} has ${row.length} entries, row 1 has ${M.cols}; needed the same`,
      );
    }
    for (const [j, x] of checkNumbers("fromRows", row).entries()) M.data[i + M.rows * j] = x;
  }
  if (!options.nonFinite) checkFinite("fromRows", M);
  return M;
}

/** The rows of M as nested arrays. */
export function toRows(M: Matrix): number[][] {
  checkMatrix("toRows", "M", M);
  return Array.from({ length: M.rows }, (_, i) => Array.from({ length: M.cols }, (_, j) => entry(M, i, j)));
}

/** Z as an image of a rows and b columns of pixels; shares Z's memory. Throws RangeError unless Z has a·b columns. */
export function image(Z: Matrix, a: number, b: number): Image {
  checkMatrix("image", "Z", Z);
  checkSize("image", "a", a);
  checkSize("image", "b", b);
  if (Z.cols !== a * b)
    throw new RangeError(`image: Z is ${size(Z)}; needed a·b = ${a}·${b} = ${a * b} columns`);
  return new ImageMatrix(Z, a, b);
}

/** Channel c of an image, counted from 0, as an image of one channel. Throws RangeError where there is none. */
export function channel(Z: Image, c: number): Image {
  checkMatrix("channel", "Z", Z);
  checkSize("channel", "c", c, 0);
  if (c >= Z.rows) throw new RangeError(`channel: c = ${c}; Z has ${Z.rows} channels, counted from 0`);
  const row = zerosLike(Z, 1, Z.cols);
  for (let k = 0; k < Z.cols; k++) row.data[k] = entry(Z, c, k);
  return image(row, Z.a, Z.b);
}

/** vec(M), eq. (5): the columns of M stacked, rows·cols × 1; shares M's memory. */
export function vec(M: Matrix): Matrix {
  checkMatrix("vec", "M", M);
  return new ColumnMajor(M.rows * M.cols, 1, M.data);
}

/** mat(v)_{a×b}, eq. (5): the inverse of vec; shares v's memory. Throws RangeError unless v has a·b entries. */
export function mat(v: Matrix | Numbers | readonly number[], a: number, b: number): Matrix {
  const { data } = column("mat", "v", v);
  checkSize("mat", "a", a);
  checkSize("mat", "b", b);
  if (data.length !== a * b) {
    throw new RangeError(`mat: a vector of length ${data.length} cannot become ${a} × ${b}`);
  }
  return new ColumnMajor(a, b, data);
}

/** Mᵀ: cols × rows. */
export function transpose(M: Matrix): Matrix {
  checkMatrix("transpose", "M", M);
  const T = zerosLike(M, M.cols, M.rows);
  for (let j = 0; j < M.cols; j++) {
    for (let i = 0; i < M.rows; i++) T.data[j + M.cols * i] = M.data[i + M.rows * j];
  }
  return T;
}

/** The all-one matrix, rows × cols; with one argument the vector 1 ∈ R^rows of eq. (1). */
export function ones(rows: number, cols = 1): Matrix {
  checkSize("ones", "rows", rows);
  checkSize("ones", "cols", cols);
  const M = zeros(rows, cols);
  M.data.fill(1);
  return M;
}

/** The identity I, n × n. */
export function eye(n: number): Matrix {
  checkSize("eye", "n", n);
  const I = zeros(n, n);
  for (let i = 0; i < n; i++) I.data[i + n * i] = 1;
  return I;
}

/** Entry (i, j) of M, counted from 0. */
export function entry(M: Matrix, i: number, j: number): number {
  return M.data[i + M.rows * j];
}

/** "rows × cols", as messages and captions write it. */
export function size(M: { rows: number; cols: number }): string {
  return `${M.rows} × ${M.cols}`;
}

/** Whether x has the form of a Matrix. */
export function isMatrix(x: unknown): x is Matrix {
  if (typeof x !== "object" || x === null) return false;
  const M = x as Partial<Matrix>;
  return typeof M.rows === "number" && typeof M.cols === "number" && isNumbers(M.data);
}

/** Whether x is a Float64Array or a Float32Array. */
export function isNumbers(x: unknown): x is Numbers {
  return x instanceof Float64Array || x instanceof Float32Array;
}

/** A new matrix of zeros of the same precision as M (float32 if M is, else float64). */
export function zerosLike(M: Matrix, rows: number, cols: number): Matrix {
  checkRoom(rows, cols);
  const n = rows * cols;
  return new ColumnMajor(
    rows,
    cols,
    M.data instanceof Float32Array ? new Float32Array(n) : new Float64Array(n),
  );
}

/** A vector given as a Matrix, numbers or a plain array, as an n × 1 matrix; memory is shared where it can be. */
export function column(operation: string, name: string, v: Matrix | Numbers | readonly number[]): Matrix {
  if (isMatrix(v)) {
    checkMatrix(operation, name, v);
    return new ColumnMajor(v.data.length, 1, v.data);
  }
  const data = isNumbers(v) ? v : Float64Array.from(checkNumbers(operation, v));
  const M = new ColumnMajor(data.length, 1, data);
  checkFinite(operation, M);
  return M;
}

/**
 * The border check of every operation: M must be a Matrix whose data fit its size and, unless it came from a
 * function of this package, must be finite. Throws TypeError or RangeError that names the operation and the argument.
 */
export function checkMatrix(operation: string, name: string, M: unknown): asserts M is Matrix {
  if (!isMatrix(M))
    throw new TypeError(`${operation}: ${name} is ${kind(M)}; needed a Matrix { rows, cols, data }`);
  if (!(M instanceof ColumnMajor)) {
    checkSize(operation, `${name}.rows`, M.rows);
    checkSize(operation, `${name}.cols`, M.cols);
    checkLength(operation, M);
    checkFinite(operation, M);
  } else checkLength(operation, M);
}

function zeros(rows: number, cols: number): Matrix {
  checkRoom(rows, cols);
  return new ColumnMajor(rows, cols, new Float64Array(rows * cols));
}

/** Refuses a matrix of 2³¹ entries or more before it is allocated: indices are 32-bit. */
function checkRoom(rows: number, cols: number): void {
  if (rows * cols < 2 ** 31) return;
  throw new RangeError(`a ${rows} × ${cols} matrix has ${rows * cols} entries; the limit is 2³¹ − 1`);
}

function checkLength(operation: string, M: Matrix): void {
  if (M.data.length === M.rows * M.cols) return;
  throw new RangeError(
    `${operation}: the data have length ${M.data.length}; needed rows·cols = ${M.rows}·${M.cols} = ${M.rows * M.cols}`,
  );
}

function checkFinite(operation: string, M: Matrix): void {
  let at = 0;
  while (at < M.data.length && Number.isFinite(M.data[at])) at++;
  if (at === M.data.length) return;
  const place = `(${(at % M.rows) + 1}, ${Math.floor(at / M.rows) + 1})`;
  throw new RangeError(
    `${operation}: entry ${place} is ${M.data[at]}; needed finite numbers (matrix(…, { nonFinite: true }) allows it)`,
  );
}

function checkRows(rows: unknown): asserts rows is number[][] {
  if (!Array.isArray(rows) || rows.length === 0 || !Array.isArray(rows[0]) || rows[0].length === 0) {
    throw new TypeError(`fromRows: ${kind(rows)}; needed a non-empty array of non-empty rows of numbers`);
  }
}

function checkNumbers(operation: string, values: readonly number[]): readonly number[] {
  if (!Array.isArray(values))
    throw new TypeError(`${operation}: ${kind(values)}; needed an array of numbers`);
  const at = values.findIndex((x) => typeof x !== "number");
  if (at < 0) return values;
  throw new TypeError(`${operation}: entry ${at + 1} is ${kind(values[at])}; needed a number`);
}

function kind(x: unknown): string {
  if (x === null || x === undefined) return String(x);
  if (Array.isArray(x)) return `an array of length ${x.length}`;
  return typeof x === "object"
    ? `an object of type ${x.constructor?.name ?? "Object"}`
    : `${typeof x} ${String(x)}`;
}
