/** The border checks of every operation on matrices: what came, and what was needed. */

import { checkSize } from "../shape.js";
import {
  columnMajor,
  isGivenBack,
  isOurs,
  type Matrix,
  type Numbers,
  numbersOf,
  reshaped,
} from "./storage.js";

/**
 * The border check of every operation: M must be a Matrix whose data fit its size and, unless it came from a
 * function of this package, must be finite. Throws TypeError or RangeError that names the operation and the argument.
 */
export function checkMatrix(operation: string, name: string, M: unknown): asserts M is Matrix {
  if (!isMatrix(M))
    throw new TypeError(`${operation}: ${name} is ${kind(M)}; needed a Matrix { rows, cols, data }`);
  refuseGivenBack(operation, name, M);
  if (!isOurs(M)) {
    checkSize(operation, `${name}.rows`, M.rows);
    checkSize(operation, `${name}.cols`, M.cols);
    checkLength(operation, M);
    checkFinite(operation, M);
  } else checkLength(operation, M);
}

/** Throws Error where the memory of M has been given back: it may have other numbers by now. */
export function refuseGivenBack(operation: string, name: string, M: Matrix): void {
  if (!isGivenBack(M)) return;
  throw new Error(
    `${operation}: the memory of ${name} was given back, by release or at the end of its scope; return it from there to keep it`,
  );
}

/** A vector given as a Matrix, numbers or a plain array, as an n × 1 matrix; memory is shared where it can be. */
export function column(operation: string, name: string, v: Matrix | Numbers | readonly number[]): Matrix {
  if (isMatrix(v)) {
    checkMatrix(operation, name, v);
    return reshaped(v, v.rows * v.cols, 1);
  }
  const data = isNumbers(v) ? v : Float64Array.from(checkNumbers(operation, v));
  const M = columnMajor(data.length, 1, data);
  checkFinite(operation, M);
  return M;
}

/** Throws RangeError unless M has rows·cols numbers. */
export function checkLength(operation: string, M: Matrix): void {
  const { length } = numbersOf(M);
  if (length === M.rows * M.cols) return;
  throw new RangeError(
    `${operation}: the data have length ${length}; needed rows·cols = ${M.rows}·${M.cols} = ${M.rows * M.cols}`,
  );
}

/** Throws RangeError that names the first entry, counted from 1, that is NaN or ±Infinity. */
export function checkFinite(operation: string, M: Matrix): void {
  let at = 0;
  while (at < M.data.length && Number.isFinite(M.data[at])) at++;
  if (at === M.data.length) return;
  const place = `(${(at % M.rows) + 1}, ${Math.floor(at / M.rows) + 1})`;
  throw new RangeError(
    `${operation}: entry ${place} is ${M.data[at]}; needed finite numbers (matrix(…, { nonFinite: true }) allows it)`,
  );
}

/** Throws TypeError unless `values` is an array of numbers. */
export function checkNumbers(operation: string, values: readonly number[]): readonly number[] {
  if (!Array.isArray(values))
    throw new TypeError(`${operation}: ${kind(values)}; needed an array of numbers`);
  const at = values.findIndex((x) => typeof x !== "number");
  if (at < 0) return values;
  throw new TypeError(`${operation}: entry ${at + 1} is ${kind(values[at])}; needed a number`);
}

/** Whether x has the form of a Matrix. */
export function isMatrix(x: unknown): x is Matrix {
  if (isOurs(x)) return true;
  if (typeof x !== "object" || x === null) return false;
  const M = x as Partial<Matrix>;
  return typeof M.rows === "number" && typeof M.cols === "number" && isNumbers(M.data);
}

/** Whether x is a Float64Array or a Float32Array. */
export function isNumbers(x: unknown): x is Numbers {
  return x instanceof Float64Array || x instanceof Float32Array;
}

/** What x is, as a message says it. */
export function kind(x: unknown): string {
  if (x === null || x === undefined) return String(x);
  if (Array.isArray(x)) return `an array of length ${x.length}`;
  return typeof x === "object"
    ? `an object of type ${x.constructor?.name ?? "Object"}`
    : `${typeof x} ${String(x)}`;
}
