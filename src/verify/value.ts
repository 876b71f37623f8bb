/** What a part of an expression is while it runs: a matrix, or an operator that is never written out. */

import { scale } from "../numeric/elementwise.js";
import { transpose } from "../numeric/matrix.js";
import { columnMajor, type Matrix } from "../numeric/storage.js";
import {
  composed,
  type Operator,
  ofMatrix,
  scaledOperator,
  transposedOperator,
  writtenOut,
} from "./operator.js";

export type Value = { readonly matrix: Matrix } | { readonly operator: Operator };

/** x as a 1 × 1 matrix. */
export function valueOfNumber(x: number): Value {
  return { matrix: columnMajor(1, 1, Float64Array.of(x)) };
}

/** The number that a value of size 1 × 1 is. */
export function numberOf(value: Value): number {
  return matrixOfValue(value).data[0];
}

/** The entries. Throws RangeError where an operator has too many. */
export function matrixOfValue(value: Value): Matrix {
  return "matrix" in value ? value.matrix : writtenOut(value.operator);
}

/** The value as what can be multiplied from both sides. */
export function operatorFrom(value: Value): Operator {
  return "operator" in value ? value.operator : ofMatrix(value.matrix);
}

/** Aᵀ. */
export function transposedValue(value: Value): Value {
  return "matrix" in value
    ? { matrix: transpose(value.matrix) }
    : { operator: transposedOperator(value.operator) };
}

/** α A. */
export function scaledValue(alpha: number, value: Value): Value {
  if ("matrix" in value) return { matrix: scale(alpha, value.matrix) };
  return { operator: scaledOperator(alpha, value.operator) };
}

/** A B C …, multiplied from the side where the intermediate results stay small. */
export function chained(chain: readonly Value[]): Value {
  const [first, last] = [chain[0], chain[chain.length - 1]];
  const fromLeft = "matrix" in first && (!("matrix" in last) || first.matrix.rows < last.matrix.cols);
  return fromLeft ? chain.reduce(times) : chain.reduceRight((right, left) => times(left, right));
}

function times(left: Value, right: Value): Value {
  if ("matrix" in right) return { matrix: operatorFrom(left).times(right.matrix) };
  if ("matrix" in left) return { matrix: transpose(right.operator.transposeTimes(transpose(left.matrix))) };
  return { operator: composed(left.operator, right.operator) };
}
