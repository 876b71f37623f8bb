/** Products: the plain reference that every fast path is compared with. */

import { checkMatrix, column } from "./check.js";
import { areFloat32, type Matrix, type Numbers, numbersOf, size, zerosLike } from "./storage.js";

/** A B: A.rows × B.cols. Throws RangeError unless A has as many columns as B has rows. */
export function multiply(A: Matrix, B: Matrix): Matrix {
  checkMatrix("multiply", "A", A);
  checkMatrix("multiply", "B", B);
  if (A.cols !== B.rows)
    throw new RangeError(`multiply: A is ${size(A)} and B is ${size(B)}; A.cols must be B.rows`);
  const C = zerosLike(wider(A, B), A.rows, B.cols);
  for (let j = 0; j < B.cols; j++) addProductColumn(C, A, B, j);
  return C;
}

/**
 * A ⊗ B: block (i, j) is A_ij B; A.rows·B.rows × A.cols·B.cols.
 *
 * @example
 * kron(eye(2), matrix([[1, 2]]))
 */
export function kron(A: Matrix, B: Matrix): Matrix {
  checkMatrix("kron", "A", A);
  checkMatrix("kron", "B", B);
  const C = zerosLike(wider(A, B), A.rows * B.rows, A.cols * B.cols);
  let at = 0;
  for (let j = 0; j < A.cols; j++) {
    for (let q = 0; q < B.cols; q++) {
      for (let i = 0; i < A.rows; i++) {
        for (let p = 0; p < B.rows; p++) C.data[at++] = A.data[i + A.rows * j] * B.data[p + B.rows * q];
      }
    }
  }
  return C;
}

/** M + b 1ᵀ: b is added to every column of M. Throws RangeError unless b has as many entries as M has rows. */
export function addColumn(M: Matrix, b: Matrix | Numbers | readonly number[]): Matrix {
  checkMatrix("addColumn", "M", M);
  const { data } = column("addColumn", "b", b);
  if (data.length !== M.rows) {
    throw new RangeError(
      `addColumn: b has ${data.length} entries and M is ${size(M)}; needed one entry for each row`,
    );
  }
  const C = zerosLike(M, M.rows, M.cols);
  for (let k = 0; k < C.data.length; k++) C.data[k] = M.data[k] + data[k % M.rows];
  return C;
}

/** Column j of C += A times column j of B, column of A by column of A: memory is read in its own order. */
function addProductColumn(C: Matrix, A: Matrix, B: Matrix, j: number): void {
  const [a, b, c] = [A, B, C].map(numbersOf);
  for (let k = 0; k < A.cols; k++) {
    const x = b[k + B.rows * j];
    for (let i = 0; i < A.rows; i++) c[i + A.rows * j] += a[i + A.rows * k] * x;
  }
}

/** The result is float32 only where both sides are. */
function wider(A: Matrix, B: Matrix): Matrix {
  return areFloat32(A) ? B : A;
}
