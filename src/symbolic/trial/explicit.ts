/** Matrices with all entries written out, column after column, over any algebra. */

import type { Algebra } from "./algebra.js";

/** rows × cols; entry (i, j), counted from 0, is entries[i + rows j]. */
export interface Explicit<T> {
  readonly rows: number;
  readonly cols: number;
  readonly entries: readonly T[];
}

/** The matrix whose entry (i, j) is given by a function. */
export function matrixOf<T>(rows: number, cols: number, entry: (i: number, j: number) => T): Explicit<T> {
  const entries: T[] = [];
  for (let j = 0; j < cols; j++) for (let i = 0; i < rows; i++) entries.push(entry(i, j));
  return { rows, cols, entries };
}

/** Row and column, from 1, of entry k. */
export function entryPlace({ rows }: Explicit<unknown>, k: number): readonly [row: number, col: number] {
  return [(k % rows) + 1, Math.floor(k / rows) + 1];
}

/** A 1 × 1 matrix. */
export function scalarOf<T>(value: T): Explicit<T> {
  return { rows: 1, cols: 1, entries: [value] };
}

/** f of each entry. */
export function mapped<T, U>(A: Explicit<T>, f: (x: T) => U): Explicit<U> {
  return { ...A, entries: A.entries.map(f) };
}

/** f of the entries of A and B at the same place. Throws RangeError for different sizes. */
export function paired<T>(A: Explicit<T>, B: Explicit<T>, f: (x: T, y: T) => T): Explicit<T> {
  if (A.rows !== B.rows || A.cols !== B.cols) refuse("an entry by entry operation", A, B);
  return { ...A, entries: A.entries.map((x, k) => f(x, B.entries[k])) };
}

/** Aᵀ. */
export function transposedExplicit<T>({ rows, cols, entries }: Explicit<T>): Explicit<T> {
  return matrixOf(cols, rows, (i, j) => entries[j + rows * i]);
}

/** A B, row by column; a 1 × 1 factor multiplies every entry of the other. Throws RangeError for sizes that do not fit. */
export function multiply<T>(algebra: Algebra<T>, A: Explicit<T>, B: Explicit<T>): Explicit<T> {
  if (A.rows * A.cols === 1) return mapped(B, (x) => algebra.multiply(A.entries[0], x));
  if (B.rows * B.cols === 1) return mapped(A, (x) => algebra.multiply(x, B.entries[0]));
  if (A.cols !== B.rows) refuse("a product", A, B);
  const { starts, rows } = nonzeros(algebra, A);
  const entries: T[] = new Array(A.rows * B.cols).fill(algebra.zero);
  for (let k = 0; k < B.entries.length; k++) {
    const y = B.entries[k];
    if (algebra.isZero(y)) continue;
    const [column, start] = [k % B.rows, A.rows * Math.floor(k / B.rows)];
    for (let at = starts[column]; at < starts[column + 1]; at++) {
      const i = rows[at];
      const x = A.entries[i + A.rows * column];
      entries[start + i] = algebra.add(entries[start + i], algebra.multiply(x, y));
    }
  }
  return { rows: A.rows, cols: B.cols, entries };
}

/** The rows of all that is not 0, column by column, and where each column starts: P_φ and Kronecker products are nearly empty. */
function nonzeros<T>(algebra: Algebra<T>, A: Explicit<T>): { starts: Int32Array; rows: number[] } {
  const starts = new Int32Array(A.cols + 1);
  const rows: number[] = [];
  for (let j = 0; j < A.cols; j++) {
    for (let i = 0; i < A.rows; i++) if (!algebra.isZero(A.entries[i + A.rows * j])) rows.push(i);
    starts[j + 1] = rows.length;
  }
  return { starts, rows };
}

/** A ⊗ B: block (i, j) is a_ij B. */
export function kronecker<T>(algebra: Algebra<T>, A: Explicit<T>, B: Explicit<T>): Explicit<T> {
  const rows = A.rows * B.rows;
  const entries: T[] = new Array(rows * A.cols * B.cols).fill(algebra.zero);
  A.entries.forEach((x, k) => {
    if (algebra.isZero(x)) return;
    const corner = (k % A.rows) * B.rows + rows * B.cols * Math.floor(k / A.rows);
    B.entries.forEach((y, m) => {
      entries[corner + (m % B.rows) + rows * Math.floor(m / B.rows)] = algebra.multiply(x, y);
    });
  });
  return { rows, cols: A.cols * B.cols, entries };
}

function refuse(operation: string, A: Explicit<unknown>, B: Explicit<unknown>): never {
  throw new RangeError(`${operation} of a ${A.rows} × ${A.cols} and a ${B.rows} × ${B.cols} matrix`);
}
