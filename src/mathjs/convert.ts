/** Our matrices and mathjs's turn into each other. */

import type { MathCollection, Matrix as MathMatrix } from "mathjs";
import { checkMatrix } from "../numeric/check.js";
import { type MatrixOptions, matrix, toRows } from "../numeric/matrix.js";
import { isSparse, type SparseMatrix, sparse } from "../numeric/sparse.js";
import type { Matrix } from "../numeric/storage.js";
import { bare, isMathMatrix, matrixSize } from "./bare.js";

/** A mathjs matrix in sparse storage. */
export type MathSparseMatrix = MathMatrix & { storage(): "sparse" };

/**
 * A mathjs matrix with the entries of M: dense from a Matrix, sparse from a SparseMatrix.
 *
 * @example
 * toMath(eye(2))
 */
export function toMath(M: Matrix | SparseMatrix): MathMatrix {
  if (isSparse(M)) return toMathSparse(M);
  checkMatrix("toMath", "M", M);
  return bare.matrix(toRows(M), "dense");
}

/**
 * A Matrix of float64 with the entries of a mathjs matrix or nested array; Fraction, bigint and BigNumber entries
 * are rounded. A mathjs sparse matrix becomes a SparseMatrix. Throws TypeError for an entry that is no real number.
 *
 * @example
 * fromMath(math.matrix([[1, 2], [3, 4]]))
 */
export function fromMath(m: MathSparseMatrix): SparseMatrix;
export function fromMath(m: MathCollection, options?: MatrixOptions): Matrix;
export function fromMath(m: MathCollection, options: MatrixOptions = {}): Matrix | SparseMatrix {
  if (isMathMatrix(m) && m.storage() === "sparse") return fromMathSparse(m);
  const [rows, cols] = matrixSize("fromMath", m);
  return matrix(rows, cols, Float64Array.from(entriesOf(m), toNumber), options);
}

/** The entries of a mathjs matrix or nested array in column order. */
export function entriesOf(m: MathCollection): unknown[] {
  const [rows, cols] = matrixSize("entries", m);
  const nested = (isMathMatrix(m) ? m.toArray() : m) as unknown[];
  if (!Array.isArray(nested[0])) return nested;
  const entries = new Array(rows * cols);
  for (let j = 0; j < cols; j++) {
    for (let i = 0; i < rows; i++) entries[i + rows * j] = (nested[i] as unknown[])[j];
  }
  return entries;
}

/** A dense mathjs matrix from entries in column order. */
export function fromEntries(rows: number, cols: number, entries: ArrayLike<unknown>): MathMatrix {
  const nested = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: cols }, (_, j) => entries[i + rows * j]),
  );
  return bare.matrix(nested as number[][], "dense");
}

/** Whether every entry is a JavaScript number. */
export function isFloat(m: MathCollection): boolean {
  return entriesOf(m).every((x) => typeof x === "number");
}

function toNumber(x: unknown, at: number): number {
  if (typeof x === "number") return x;
  if (typeof x === "bigint" || bare.isFraction(x) || bare.isBigNumber(x)) return Number(x);
  throw new TypeError(`fromMath: entry ${at + 1} in column order is ${bare.typeOf(x)}; needed a real number`);
}

/** mathjs stores sparse matrices column by column; `ptr[j]` is where column j starts. */
function toMathSparse(P: SparseMatrix): MathMatrix {
  const { row, col, value } = P.triplets();
  const order = Array.from(row.keys()).sort((x, y) => col[x] - col[y] || row[x] - row[y]);
  const ptr = new Array(P.cols + 1).fill(0);
  for (const j of col) ptr[j + 1]++;
  for (let j = 0; j < P.cols; j++) ptr[j + 1] += ptr[j];
  const stored = { values: order.map((k) => value[k]), index: order.map((k) => row[k]), ptr };
  const Sparse = (bare as unknown as { SparseMatrix: new (data: object) => MathMatrix }).SparseMatrix;
  return new Sparse({ ...stored, size: [P.rows, P.cols], datatype: "number" });
}

function fromMathSparse(m: MathMatrix): SparseMatrix {
  const [rows, cols] = matrixSize("fromMath", m);
  const places: [row: number, col: number, value: number][] = [];
  m.forEach((x: unknown, at: unknown) => {
    const [i, j] = at as number[];
    places.push([i, j, toNumber(x, places.length)]);
  }, true);
  return sparse(rows, cols, {
    row: Int32Array.from(places, ([i]) => i),
    col: Int32Array.from(places, ([, j]) => j),
    value: Float64Array.from(places, ([, , x]) => x),
  });
}
