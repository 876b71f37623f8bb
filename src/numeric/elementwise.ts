/** Operations entry by entry: the plain reference of σ, its gradient's mask, sums, products and αx + y. */

import { checkMatrix, kind } from "./check.js";
import { areFloat32, type Matrix, type Numbers, numbersOf, size, zerosLike } from "./storage.js";
import { checkElementwiseTarget, type Into } from "./target.js";

/** A + B. Throws RangeError unless both have the same size. */
export function add(A: Matrix, B: Matrix, options: Into = {}): Matrix {
  return compute("add", { A, B }, options.into);
}

/** A − B. Throws RangeError unless both have the same size. */
export function subtract(A: Matrix, B: Matrix, options: Into = {}): Matrix {
  return compute("subtract", { A, B }, options.into);
}

/** A ⊙ B, entry by entry. Throws RangeError unless both have the same size. */
export function dotMultiply(A: Matrix, B: Matrix, options: Into = {}): Matrix {
  return compute("dotMultiply", { A, B }, options.into);
}

/** α M; α is rounded to float32 first where M is. */
export function scale(alpha: number, M: Matrix, options: Into = {}): Matrix {
  return compute("scale", { M }, options.into, alpha);
}

/** Y := Y + α X, in place: returns Y. α and α X are rounded to float32 where both are. */
export function axpy(alpha: number, X: Matrix, Y: Matrix): Matrix {
  return compute("axpy", { X, Y }, Y, alpha);
}

/** σ(S), eq. (2) and (3): max(x, 0) of every entry. */
export function relu(S: Matrix, options: Into = {}): Matrix {
  return compute("relu", { S }, options.into);
}

/** ∂ξ/∂S = ∂ξ/∂Z ⊙ I[Z > 0] (X15) for Z = σ(S), or with S in its place: 0 where Z is not > 0, whatever dZ is there. */
export function reluGradient(dZ: Matrix, Z: Matrix, options: Into = {}): Matrix {
  return compute("reluGradient", { dZ, Z }, options.into);
}

/** The numbers of the result from those of the operands: c may be a or b. */
type Loop = (a: Numbers, b: Numbers, c: Numbers, alpha: number) => void;

/** The operations whose entry k depends on entries k of one or two operands, and on α. */
export type Elementwise = "add" | "subtract" | "dotMultiply" | "scale" | "axpy" | "relu" | "reluGradient";

/** A loop for each, so that each is compiled for itself. */
const loops: Readonly<Record<Elementwise, Loop>> = {
  add: (a, b, c) => {
    for (let k = 0; k < c.length; k++) c[k] = a[k] + b[k];
  },
  subtract: (a, b, c) => {
    for (let k = 0; k < c.length; k++) c[k] = a[k] - b[k];
  },
  dotMultiply: (a, b, c) => {
    for (let k = 0; k < c.length; k++) c[k] = a[k] * b[k];
  },
  scale: (a, _, c, alpha) => {
    for (let k = 0; k < c.length; k++) c[k] = alpha * a[k];
  },
  axpy: (x, y, c, alpha) => {
    if (c instanceof Float64Array) for (let k = 0; k < c.length; k++) c[k] = y[k] + alpha * x[k];
    else for (let k = 0; k < c.length; k++) c[k] = y[k] + Math.fround(alpha * x[k]);
  },
  relu: (s, _, c) => {
    for (let k = 0; k < c.length; k++) c[k] = Math.max(s[k], 0);
  },
  reluGradient: (dz, z, c) => {
    for (let k = 0; k < c.length; k++) c[k] = z[k] > 0 ? dz[k] : 0;
  },
};

/** The operands by name, in order. */
export type Operands = Readonly<Record<string, Matrix>>;

function compute(operation: Elementwise, operands: Operands, into?: Matrix, alpha = 1): Matrix {
  checkElementwise(operation, operands, into, alpha);
  const [A, B = A] = Object.values(operands) as [Matrix, Matrix?];
  const C = into ?? zerosLike(areFloat32(A) ? B : A, A.rows, A.cols);
  const [a, b, c] = [A, B, C].map(numbersOf);
  loops[operation](a, b, c, c instanceof Float32Array ? Math.fround(alpha) : alpha);
  return C;
}

/** Throws unless operands are matrices of one size, `into` may be the result, and α is a number. */
export function checkElementwise(
  operation: string,
  operands: Operands,
  into: Matrix | undefined,
  alpha: number,
): void {
  for (const name in operands) checkMatrix(operation, name, operands[name]);
  if (typeof alpha !== "number") throw new TypeError(`${operation}: α is ${kind(alpha)}; needed a number`);
  const [[nameA, A], second] = Object.entries(operands);
  const [nameB, B] = second ?? [nameA, A];
  if (A.rows !== B.rows || A.cols !== B.cols) {
    throw new RangeError(
      `${operation}: ${nameA} is ${size(A)} and ${nameB} is ${size(B)}; needed the same size`,
    );
  }
  if (into === undefined) return;
  checkElementwiseTarget(
    operation,
    into,
    { rows: A.rows, cols: A.cols, float32: areFloat32(A, B) },
    operands,
    operation === "axpy" ? "Y" : "into",
  );
}
