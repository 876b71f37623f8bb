/** Linear operators that are never written out as matrices: Kronecker products, P_φ, commutations, diagonals. */

import { transpose } from "../numeric/matrix.js";
import { columnMajor, entry, type Matrix, size, zeros } from "../numeric/storage.js";
import { multiply } from "../operations/fast.js";

/** A rows × cols operator that can be multiplied from both sides. */
export interface Operator {
  readonly rows: number;
  readonly cols: number;
  /** A X */
  times(X: Matrix): Matrix;
  /** Aᵀ X */
  transposeTimes(X: Matrix): Matrix;
}

/** Aᵀ. */
export function transposedOperator(A: Operator): Operator {
  return { rows: A.cols, cols: A.rows, times: A.transposeTimes, transposeTimes: A.times };
}

/** A matrix as an operator. */
export function ofMatrix(M: Matrix): Operator {
  return {
    rows: M.rows,
    cols: M.cols,
    times: (X) => multiply(M, X),
    transposeTimes: (X) => multiply(transpose(M), X),
  };
}

/** I, n × n. */
export function identity(n: number): Operator {
  return { rows: n, cols: n, times: (X) => X, transposeTimes: (X) => X };
}

/** A ⊗ B without its entries (X3): each column x of X becomes vec(B mat(x) Aᵀ). */
export function kroneckerOperator(A: Operator, B: Operator): Operator {
  const through = (X: Matrix, left: Operator, right: Operator) =>
    eachColumn(X, left.rows * right.rows, (x) => {
      const BX = right.times(columnMajor(right.cols, left.cols, x));
      return transpose(left.times(transpose(BX))).data;
    });
  return {
    rows: A.rows * B.rows,
    cols: A.cols * B.cols,
    times: (X) => through(X, A, B),
    transposeTimes: (X) => through(X, transposedOperator(A), transposedOperator(B)),
  };
}

/** K vec(M) = vec(Mᵀ) for M: m × n. */
export function commutation(m: number, n: number): Operator {
  const flipped = (X: Matrix, rows: number, cols: number) =>
    eachColumn(X, rows * cols, (x) => transpose(columnMajor(rows, cols, x)).data);
  return {
    rows: m * n,
    cols: m * n,
    times: (X) => flipped(X, m, n),
    transposeTimes: (X) => flipped(X, n, m),
  };
}

/** diag(v). */
export function diagonal(v: Matrix): Operator {
  const scaled = (X: Matrix) =>
    eachColumn(X, X.rows, (x) => x.map((value, k) => value * v.data[k]) as Matrix["data"]);
  return { rows: v.data.length, cols: v.data.length, times: scaled, transposeTimes: scaled };
}

/** A matrix that adds weight × entry `from[k]` to entry `to[k]`: P_φ, padding, pooling. */
export function moves(
  rows: number,
  cols: number,
  { to, from, weight }: { to: Int32Array; from: Int32Array; weight: number },
): Operator {
  const moved = (X: Matrix, length: number, into: Int32Array, outOf: Int32Array) =>
    eachColumn(X, length, (x) => {
      const y = new Float64Array(length);
      for (let k = 0; k < into.length; k++) y[into[k]] += weight * x[outOf[k]];
      return y;
    });
  return {
    rows,
    cols,
    times: (X) => moved(X, rows, to, from),
    transposeTimes: (X) => moved(X, cols, from, to),
  };
}

/** A B. */
export function composed(A: Operator, B: Operator): Operator {
  return {
    rows: A.rows,
    cols: B.cols,
    times: (X) => A.times(B.times(X)),
    transposeTimes: (X) => B.transposeTimes(A.transposeTimes(X)),
  };
}

/** α A. */
export function scaledOperator(alpha: number, A: Operator): Operator {
  const scale = (M: Matrix) => columnMajor(M.rows, M.cols, M.data.map((x) => alpha * x) as Matrix["data"]);
  return { ...A, times: (X) => scale(A.times(X)), transposeTimes: (X) => scale(A.transposeTimes(X)) };
}

/** The operator's entries. Throws RangeError where they would take more than 128 MB. */
export function writtenOut(A: Operator): Matrix {
  if (A.rows * A.cols > 2 ** 24) {
    throw new RangeError(
      `run: a ${size(A)} matrix would have to be written out; multiply it with a vector instead`,
    );
  }
  const I = zeros(A.cols, A.cols);
  for (let k = 0; k < A.cols; k++) I.data[k + A.cols * k] = 1;
  return A.times(I);
}

function eachColumn(X: Matrix, rows: number, f: (x: Matrix["data"]) => ArrayLike<number>): Matrix {
  const Y = zeros(rows, X.cols);
  for (let j = 0; j < X.cols; j++) Y.data.set(f(X.data.subarray(j * X.rows, (j + 1) * X.rows)), j * rows);
  return Y;
}

/** The number that a 1 × 1 matrix is. */
export function onlyEntry(M: Matrix): number {
  return entry(M, 0, 0);
}
