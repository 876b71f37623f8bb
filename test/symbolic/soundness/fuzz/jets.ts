/**
 * Matrices of numbers with infinitesimals ε₁, ε₂, … of square 0: x + x₁ ε₁ + x₂ ε₂ + x₁₂ ε₁ ε₂. What stands at a set of
 * infinitesimals is a plane of its own, numbered by the bits of the set; a plane that is not there is 0.
 */

export interface Jets {
  readonly rows: number;
  readonly cols: number;
  /** Column by column. */
  readonly planes: readonly (Float64Array | undefined)[];
}

/** An expression that has no value here: a division by 0, or more entries than are computed. */
export class NoValue extends Error {}

/** Sizes of parts that do not fit. */
export class Misfit extends Error {}

/** How large numbers became, and whether all of them are whole. */
export const exactness = { largest: 0, whole: true };

const mostEntries = 6_000;

export function filled(rows: number, cols: number, at: (i: number, j: number) => number): Jets {
  const data = newPlane(rows, cols);
  for (let j = 0; j < cols; j++) for (let i = 0; i < rows; i++) data[i + rows * j] = at(i, j);
  return { rows, cols, planes: [noted(data)] };
}

export function single(x: number): Jets {
  return filled(1, 1, () => x);
}

/** The entries without infinitesimals. */
export function values({ rows, cols, planes }: Jets): Float64Array {
  return planes[0] ?? new Float64Array(rows * cols);
}

/** Each plane by itself: for what is linear in the entries. */
export function linear(A: Jets, rows: number, cols: number, f: (x: Float64Array) => Float64Array): Jets {
  return { rows, cols, planes: A.planes.map((plane) => plane && noted(f(plane))) };
}

/** Entry k of the result is entry from(k). */
export function moved(A: Jets, rows: number, cols: number, from: (k: number) => number): Jets {
  return linear(A, rows, cols, (x) => newPlane(rows, cols).map((_, k) => x[from(k)]));
}

export function times(A: Jets, k: number): Jets {
  return linear(A, A.rows, A.cols, (x) => x.map((entry) => entry * k));
}

export function plus(A: Jets, B: Jets): Jets {
  if (A.rows !== B.rows || A.cols !== B.cols)
    throw new Misfit(`${A.rows} × ${A.cols} + ${B.rows} × ${B.cols}`);
  const count = Math.max(A.planes.length, B.planes.length);
  return { rows: A.rows, cols: A.cols, planes: Array.from({ length: count }, (_, s) => added(A, B, s)) };
}

function added(A: Jets, B: Jets, s: number): Float64Array | undefined {
  const [x, y] = [A.planes[s], B.planes[s]];
  return x && y ? noted(x.map((entry, k) => entry + y[k])) : (x ?? y);
}

type OfPlanes = (x: Float64Array, y: Float64Array) => Float64Array;

/** For what is linear in each of two: the plane of a set is the sum over its parts in two. */
function bilinear(A: Jets, B: Jets, rows: number, cols: number, f: OfPlanes): Jets {
  const planes: (Float64Array | undefined)[] = [undefined];
  for (const [s, x] of A.planes.entries())
    for (const [t, y] of B.planes.entries()) {
      if (!x || !y || (s & t) !== 0) continue;
      const product = noted(f(x, y));
      const sum = planes[s | t];
      planes[s | t] = sum ? noted(sum.map((entry, k) => entry + product[k])) : product;
    }
  return { rows, cols, planes: Array.from(planes) };
}

export function entrywise(A: Jets, B: Jets): Jets {
  if (A.rows !== B.rows || A.cols !== B.cols)
    throw new Misfit(`${A.rows} × ${A.cols} .* ${B.rows} × ${B.cols}`);
  return bilinear(A, B, A.rows, A.cols, (x, y) => x.map((entry, k) => entry * y[k]));
}

/** A B, or the product with a number where one of them is 1 × 1. */
export function product(A: Jets, B: Jets): Jets {
  if (A.cols === B.rows)
    return bilinear(A, B, A.rows, B.cols, (x, y) => multiplied(x, y, A.rows, A.cols, B.cols));
  if (A.rows * A.cols === 1) return bilinear(A, B, B.rows, B.cols, (x, y) => y.map((entry) => entry * x[0]));
  if (B.rows * B.cols === 1) return bilinear(A, B, A.rows, A.cols, (x, y) => x.map((entry) => entry * y[0]));
  throw new Misfit(`${A.rows} × ${A.cols} times ${B.rows} × ${B.cols}`);
}

function multiplied(x: Float64Array, y: Float64Array, m: number, n: number, p: number): Float64Array {
  const data = newPlane(m, p);
  let largest = 0;
  for (let j = 0; j < p; j++)
    for (let k = 0; k < n; k++) {
      const factor = y[k + n * j];
      if (factor === 0) continue;
      for (let i = 0; i < m; i++) {
        const term = x[i + m * k] * factor;
        largest = Math.max(largest, Math.abs(term));
        data[i + m * j] += term;
      }
    }
  exactness.largest = Math.max(exactness.largest, largest);
  return data;
}

export function kronecker(A: Jets, B: Jets): Jets {
  const [rows, cols] = [A.rows * B.rows, A.cols * B.cols];
  return bilinear(A, B, rows, cols, (x, y) => {
    const data = newPlane(rows, cols);
    for (const [k, entry] of x.entries())
      for (const [m, other] of y.entries()) {
        const [i, j] = [(k % A.rows) * B.rows + (m % B.rows), Math.floor(k / A.rows) * B.cols];
        data[i + rows * (j + Math.floor(m / B.rows))] = entry * other;
      }
    return data;
  });
}

/** 1/x of 1 × 1: with x = x₀ (1 + e), e nilpotent, it is (1 − e + e² − …)/x₀. */
export function reciprocal(x: Jets): Jets {
  if (x.rows * x.cols !== 1) throw new Misfit(`a division by ${x.rows} × ${x.cols}`);
  const [first] = values(x);
  if (first === 0) throw new NoValue("a division by 0");
  const e = { ...times(x, -1 / first), planes: times(x, -1 / first).planes.with(0, undefined) };
  let [sum, power] = [single(1), single(1)];
  for (let k = 1; k < x.planes.length; k++) {
    power = entrywise(power, e);
    sum = plus(sum, power);
  }
  return times(sum, 1 / first);
}

export function newPlane(rows: number, cols: number): Float64Array {
  if (rows < 0 || cols < 0) throw new Misfit(`${rows} × ${cols}`);
  if (rows * cols > mostEntries) throw new NoValue(`${rows} × ${cols} is too large`);
  return new Float64Array(rows * cols);
}

function noted(data: Float64Array): Float64Array {
  for (const entry of data) {
    exactness.largest = Math.max(exactness.largest, Math.abs(entry));
    if (!Number.isInteger(entry)) exactness.whole = false;
  }
  return data;
}
