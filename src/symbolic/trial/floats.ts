/** Double precision, as a computer calculates. */

import type { Algebra } from "./algebra.js";

/** Doubles; σ is the given function, by order of derivative and argument. */
export function floats(sigma: (order: number, x: number) => number = smooth): Algebra<number> {
  return {
    zero: 0,
    whole: (n) => n,
    add: (x, y) => x + y,
    negate: (x) => -x,
    multiply: (x, y) => x * y,
    inverse: (x) => 1 / x,
    isZero: (x) => x === 0,
    isPositive: (x) => x > 0,
    sigma,
  };
}

/** Any smooth function serves as σ; every derivative of sin(x + 1/2) is a shift of it by a quarter turn. */
export function smooth(order: number, x: number): number {
  return Math.sin(x + shift(order));
}

/** Where the derivative of that order starts. */
export function shift(order: number): number {
  return 0.5 + (order * Math.PI) / 2;
}
