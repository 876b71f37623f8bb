/** Complex doubles, for the complex step: f(x + i h dx) has the derivative in its imaginary part, with no difference. */

import type { Algebra } from "./algebra.js";
import { shift } from "./floats.js";

export type Complex = readonly [re: number, im: number];

/** Pairs (re, im); σ is the function that `floats` has. */
export const complexNumbers: Algebra<Complex> = {
  zero: [0, 0],
  whole: (n) => [n, 0],
  add: ([a, b], [c, d]) => [a + c, b + d],
  negate: ([a, b]) => [-a, -b],
  multiply: ([a, b], [c, d]) => [a * c - b * d, a * d + b * c],
  inverse: ([a, b]) => {
    const square = a * a + b * b;
    return [a / square, -b / square];
  },
  isZero: ([a, b]) => a === 0 && b === 0,
  isPositive: ([a]) => a > 0,
  // sin(a + ib) = sin a cosh b + i cos a sinh b
  sigma: (order, [a, b]) => {
    const at = a + shift(order);
    return [Math.sin(at) * Math.cosh(b), Math.cos(at) * Math.sinh(b)];
  },
};
