/** The layer on a system's OpenBLAS, where somebody asks for it: never chosen by itself. */

import type { Blas, BlasOperand } from "../engine/native/blas.node.js";
import { checkMatrix } from "../numeric/check.js";
import { relu } from "../numeric/elementwise.js";
import { addColumn } from "../numeric/multiply.js";
import { areFloat32, columnMajor, type Matrix, type Numbers, size, zerosLike } from "../numeric/storage.js";
import { type ConvShape, phiRows } from "../shape.js";
import {
  type ConvGradients,
  type ConvOptions,
  type ConvProblem,
  checkBias,
  checkOutputGradient,
  convProblem,
} from "./convProblem.js";
import { phi, vTP } from "./fast.js";

/** The products of this package by OpenBLAS, with the contracts of `multiply`, `convLinear` and `convGradients`. */
export interface NativeBackend {
  /** What OpenBLAS says of itself. */
  readonly version: string;
  /** A B. */
  multiply(A: Matrix, B: Matrix, options?: { readonly threads?: number }): Matrix;
  /** S = W φ(Z) + b 1ᵀ, eq. (1); φ(Z) is made, one instance at a time. */
  convLinear(
    W: Matrix,
    b: Matrix | Numbers | readonly number[],
    Z: Matrix,
    shape: ConvShape,
    options?: ConvOptions,
  ): Matrix;
  /** ∂ξ/∂W, ∂ξ/∂b and ∂ξ/∂Z, X16 to X18. */
  convGradients(W: Matrix, Z: Matrix, dS: Matrix, shape: ConvShape, options?: ConvOptions): ConvGradients;
}

/**
 * OpenBLAS, loaded from the system or from `library` (needs the package koffi). Throws an Error that says what is
 * missing and how to get it; nothing else in philab needs it.
 */
export async function nativeBackend(options: { readonly library?: string } = {}): Promise<NativeBackend> {
  if ("document" in globalThis) throw new Error("nativeBackend: a page cannot load native code");
  const { loadBlas } = await import("../engine/native/blas.node.js");
  const blas = await loadBlas(options.library);
  return {
    version: blas.version,
    multiply: (A, B, { threads } = {}) => multiply(withThreads(blas, threads), A, B),
    convLinear: (W, b, Z, shape, given = {}) => {
      const problem = convProblem("convLinear", W, Z, shape, given);
      return forward(withThreads(blas, given.threads), problem, W, checkBias("convLinear", b, problem), Z);
    },
    convGradients: (W, Z, dS, shape, given = {}) => {
      const problem = convProblem("convGradients", W, Z, shape, given);
      checkOutputGradient("convGradients", dS, problem);
      return backward(withThreads(blas, given.threads), problem, W, Z, dS);
    },
  };
}

function withThreads(blas: Blas, threads: number | undefined): Blas {
  if (threads !== undefined) blas.setThreads(threads);
  return blas;
}

function multiply(blas: Blas, A: Matrix, B: Matrix): Matrix {
  checkMatrix("multiply", "A", A);
  checkMatrix("multiply", "B", B);
  if (A.cols !== B.rows) {
    throw new RangeError(`multiply: A is ${size(A)} and B is ${size(B)}; A.cols must be B.rows`);
  }
  const [left, right] = inOnePrecision(A, B);
  const C = zerosLike(left!, A.rows, B.cols);
  const sizes = { m: A.rows, n: B.cols, k: A.cols };
  blas.gemm({ ...sizes, A: from(left!), B: from(right!), C: from(C), beta: 0 });
  return C;
}

function forward(blas: Blas, problem: ConvProblem, W: Matrix, b: Matrix, Z: Matrix): Matrix {
  const [filters, bias, images] = inOnePrecision(W, b, Z) as [Matrix, Matrix, Matrix];
  const { batch, dOut, shape } = problem;
  const places = shape.aOut * shape.bOut;
  const S = zerosLike(images, dOut, places * batch);
  for (let l = 0; l < batch; l++) {
    const phiZ = phi(instance(images, l, shape.a * shape.b), shape);
    for (const { top, rows, k, first } of groups(problem)) {
      const sizes = { m: rows, n: places, k };
      const C = from(S, top + dOut * places * l);
      blas.gemm({ ...sizes, A: from(filters, top), B: from(phiZ, first), C, beta: 0 });
    }
  }
  const withBias = addColumn(S, bias);
  return problem.relu ? relu(withBias) : withBias;
}

function backward(blas: Blas, problem: ConvProblem, W: Matrix, Z: Matrix, dS: Matrix): ConvGradients {
  const [filters, images, slopes] = inOnePrecision(W, Z, dS) as [Matrix, Matrix, Matrix];
  const { batch, dOut, shape } = problem;
  const [places, pixels] = [shape.aOut * shape.bOut, shape.a * shape.b];
  const dW = zerosLike(images, W.rows, W.cols);
  const dZ = zerosLike(images, Z.rows, Z.cols);
  for (let l = 0; l < batch; l++) {
    const phiZ = phi(instance(images, l, pixels), shape);
    const V = zerosLike(images, phiZ.rows, phiZ.cols);
    for (const { top, rows, k, first } of groups(problem)) {
      const slope = from(slopes, top + dOut * places * l);
      const B = { ...from(phiZ, first), transposed: true };
      blas.gemm({ m: rows, n: k, k: places, A: slope, B, C: from(dW, top), beta: 1 }); // X16
      const A = { ...from(filters, top), transposed: true };
      blas.gemm({ m: k, n: places, k: rows, A, B: slope, C: from(V, first), beta: 0 });
    }
    dZ.data.set(vTP(V, shape).data, shape.d * pixels * l); // X18
  }
  return { W: dW, b: rowSums(slopes), Z: dZ };
}

/** Each group: its rows top … top + rows − 1 of W and S, and its k rows of φ(Z), from `first` on. */
function* groups({
  groups: count,
  dOut,
  part,
}: ConvProblem): Generator<Record<"top" | "rows" | "k" | "first", number>> {
  const [rows, k] = [dOut / count, phiRows(part)];
  for (let g = 0; g < count; g++) yield { top: g * rows, rows, k, first: g * k };
}

/** M as an operand that starts at its entry `start`. */
function from(M: Matrix, start = 0): BlasOperand {
  return { data: M.data.subarray(start), stride: M.rows };
}

/** Image l of those that lie side by side in Z; shares Z's memory. */
function instance(Z: Matrix, l: number, pixels: number): Matrix {
  const count = Z.rows * pixels;
  return columnMajor(Z.rows, pixels, Z.data.subarray(l * count, (l + 1) * count));
}

/** dS 1, X17. */
function rowSums(dS: Matrix): Matrix {
  const sums = zerosLike(dS, dS.rows, 1);
  for (let k = 0; k < dS.data.length; k++) sums.data[k % dS.rows]! += dS.data[k]!;
  return sums;
}

/** All in float32 where they are, else all in float64. */
function inOnePrecision(...matrices: Matrix[]): Matrix[] {
  if (areFloat32(...matrices)) return matrices;
  return matrices.map((M) =>
    M.data instanceof Float64Array ? M : columnMajor(M.rows, M.cols, Float64Array.from(M.data)),
  );
}
