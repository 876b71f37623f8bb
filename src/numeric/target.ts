/** Where a result is written: a new matrix, or one of the caller's. */

import { checkLength, isMatrix, kind, refuseGivenBack } from "./check.js";
import { areFloat32, type Matrix, numbersOf, size } from "./storage.js";

/** Where the result goes. */
export interface Into {
  /**
   * A matrix of the result's size and precision that the result is written into, and that is returned. Sums may not be
   * written over what they are made of; an elementwise operation may be written over an operand as a whole.
   */
  readonly into?: Matrix;
}

/** What a result is: its size, and whether it is float32. */
export interface ResultForm {
  readonly rows: number;
  readonly cols: number;
  readonly float32: boolean;
}

/**
 * Throws unless `into` has the size and the precision of the result, and shares no memory with an input. What is in it
 * does not matter. `name`: what messages call it.
 */
export function checkTarget(
  operation: string,
  into: unknown,
  result: ResultForm,
  inputs: Readonly<Record<string, Matrix>>,
  name = "into",
): asserts into is Matrix {
  checkForm(operation, into, result, name);
  for (const [input, M] of Object.entries(inputs)) {
    if (!overlap(into, M)) continue;
    throw new RangeError(
      `${operation}: ${name} shares memory with ${input}, which the result is made of; needed another matrix`,
    );
  }
}

/** The same where entry k of the result depends on entries k alone: `into` may be an input, as a whole. */
export function checkElementwiseTarget(
  operation: string,
  into: unknown,
  result: ResultForm,
  inputs: Readonly<Record<string, Matrix>>,
  name = "into",
): asserts into is Matrix {
  checkForm(operation, into, result, name);
  for (const [input, M] of Object.entries(inputs)) {
    if (!overlap(into, M) || isSameMemory(into, M)) continue;
    throw new RangeError(
      `${operation}: ${name} shares a part of its memory with ${input}; needed all of it, or none`,
    );
  }
}

/** `into`, if there is one, checked for a result of this size in the precision of what it is made of. */
export function checkedInto(
  operation: string,
  { into }: Into,
  sizes: Pick<ResultForm, "rows" | "cols">,
  inputs: Readonly<Record<string, Matrix>>,
): Matrix | undefined {
  if (into === undefined) return undefined;
  checkTarget(operation, into, { ...sizes, float32: areFloat32(...Object.values(inputs)) }, inputs);
  return into;
}

function checkForm(
  operation: string,
  into: unknown,
  result: ResultForm,
  name: string,
): asserts into is Matrix {
  if (!isMatrix(into)) {
    throw new TypeError(`${operation}: ${name} is ${kind(into)}; needed a Matrix ${size(result)}`);
  }
  refuseGivenBack(operation, name, into);
  if (into.rows !== result.rows || into.cols !== result.cols) {
    throw new RangeError(`${operation}: ${name} is ${size(into)}; the result is ${size(result)}`);
  }
  checkLength(operation, into);
  if (numbersOf(into) instanceof Float32Array === result.float32) return;
  const [has, needed] = result.float32 ? ["float64", "float32"] : ["float32", "float64"];
  throw new TypeError(`${operation}: ${name} is ${has}; the result is ${needed}`);
}

/** Whether two matrices share memory. */
export function overlap(A: Matrix, B: Matrix): boolean {
  const [a, b] = [numbersOf(A), numbersOf(B)];
  if (a.buffer !== b.buffer) return false;
  return a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength;
}

/** Whether two matrices are the same numbers. */
export function isSameMemory(A: Matrix, B: Matrix): boolean {
  const [a, b] = [numbersOf(A), numbersOf(B)];
  return a.buffer === b.buffer && a.byteOffset === b.byteOffset && a.byteLength === b.byteLength;
}

/** The result, or `into` with its numbers. */
export function writtenInto(result: Matrix, into: Matrix | undefined): Matrix {
  if (into === undefined) return result;
  numbersOf(into).set(numbersOf(result));
  return into;
}
