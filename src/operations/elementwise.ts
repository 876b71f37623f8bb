/** Operations entry by entry and ⟨A, B⟩ by the engine where they are large enough, by the plain reference elsewhere. */

import { machineOf } from "../engine/choose/choose.js";
import type { Machine } from "../engine/machine/machine.js";
import { engineDot, engineElementwise } from "../engine/operations/elementwise.js";
import { worthwhile } from "../engine/thresholds.js";
import { checkDot, dotBlock, dot as plainDot } from "../numeric/dot.js";
import * as plain from "../numeric/elementwise.js";
import { checkOptions } from "../numeric/options.js";
import { areFloat32, type Matrix, numbersOf } from "../numeric/storage.js";
import type { Into } from "../numeric/target.js";

/** Where the result goes, and who may work on it. */
export interface ElementwiseOptions extends Into {
  /** How many threads may work; the result has the same bits for any number. Default: what the machine has. */
  readonly threads?: number | undefined;
}

/**
 * A + B; with `into: A`, B is added to A in place. Throws RangeError unless both have the same size.
 *
 * @example
 * add(matrix([[1, 2]]), matrix([[3, 4]]))
 */
export function add(A: Matrix, B: Matrix, options: ElementwiseOptions = {}): Matrix {
  return compute("add", { A, B }, options) ?? plain.add(A, B, options);
}

/** A − B. Throws RangeError unless both have the same size. */
export function subtract(A: Matrix, B: Matrix, options: ElementwiseOptions = {}): Matrix {
  return compute("subtract", { A, B }, options) ?? plain.subtract(A, B, options);
}

/**
 * A ⊙ B, entry by entry. Throws RangeError unless both have the same size.
 *
 * @example
 * dotMultiply(matrix([[1, 2]]), matrix([[3, 4]]))
 */
export function dotMultiply(A: Matrix, B: Matrix, options: ElementwiseOptions = {}): Matrix {
  return compute("dotMultiply", { A, B }, options) ?? plain.dotMultiply(A, B, options);
}

/**
 * α M; α is rounded to float32 first where M is.
 *
 * @example
 * scale(2, matrix([[1, 2]]))
 */
export function scale(alpha: number, M: Matrix, options: ElementwiseOptions = {}): Matrix {
  return compute("scale", { M }, options, alpha) ?? plain.scale(alpha, M, options);
}

/** Y := Y + α X, in place: returns Y. Where both are float32, α and each α X are rounded to it first. */
export function axpy(alpha: number, X: Matrix, Y: Matrix): Matrix {
  return compute("axpy", { X, Y }, { into: Y }, alpha) ?? plain.axpy(alpha, X, Y);
}

/** σ(S), eq. (2) and (3): max(x, 0) of every entry. */
export function relu(S: Matrix, options: ElementwiseOptions = {}): Matrix {
  return compute("relu", { S }, options) ?? plain.relu(S, options);
}

/** ∂ξ/∂S = ∂ξ/∂Z ⊙ I[Z > 0] (X15) for Z = σ(S), or with S in its place: 0 where Z is not > 0, whatever dZ is there. */
export function reluGradient(dZ: Matrix, Z: Matrix, options: ElementwiseOptions = {}): Matrix {
  return compute("reluGradient", { dZ, Z }, options) ?? plain.reluGradient(dZ, Z, options);
}

/**
 * ⟨A, B⟩ = Σ A_ij B_ij = vec(A)ᵀ vec(B), summed in float64 in an order that depends on the size alone (blocks of 4096
 * products in a binary tree; up to 4096 one after the other): the bits are the same for any number of threads. Throws
 * RangeError unless both have the same size.
 */
export function dot(A: Matrix, B: Matrix): number {
  checkDot(A, B);
  const machine = A.rows * A.cols > dotBlock ? engineFor([A, B]) : undefined;
  return machine === undefined ? plainDot(A, B) : engineDot(machine, A, B);
}

/** The result by the engine, or undefined where plain TypeScript is to compute it. */
function compute(
  operation: plain.Elementwise,
  operands: plain.Operands,
  options: ElementwiseOptions,
  alpha = 1,
): Matrix | undefined {
  checkOptions(operation, options, ["into", "threads"]);
  plain.checkElementwise(operation, operands, options.into, alpha);
  const given = Object.values(operands);
  const machine = engineFor(given);
  const { into, threads } = options;
  return machine && engineElementwise(machine, operation, given, alpha, into, threads);
}

/** The engine, for operands of one precision that are large enough for where they lie. */
function engineFor(operands: readonly Matrix[]): Machine | undefined {
  const n = operands[0].rows * operands[0].cols;
  if (n < worthwhile.elements) return undefined;
  if (!areFloat32(...operands) && operands.some((M) => areFloat32(M))) return undefined;
  const machine = machineOf(...operands);
  if (machine === undefined || n >= worthwhile.copiedElements) return machine;
  const isThere = operands.every((M) => machine.residence.addressOf(numbersOf(M)) !== undefined);
  return isThere ? machine : undefined;
}
