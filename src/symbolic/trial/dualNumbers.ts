/** Dual numbers x + ε x′ with ε² = 0 over any algebra: derivatives that know no rule but ε² = 0. */

import type { Algebra } from "./algebra.js";

export type Dual<T> = readonly [value: T, tangent: T];

/** Pairs (x, x′) over an algebra; f(x + ε x′) = f(x) + ε f′(x) x′ for σ of any order. */
export function dualNumbers<T>(over: Algebra<T>): Algebra<Dual<T>> {
  const { zero, add, negate, multiply, inverse } = over;
  return {
    zero: [zero, zero],
    whole: (n) => [over.whole(n), zero],
    add: ([x, dx], [y, dy]) => [add(x, y), add(dx, dy)],
    negate: ([x, dx]) => [negate(x), negate(dx)],
    multiply: ([x, dx], [y, dy]) => [multiply(x, y), add(multiply(x, dy), multiply(dx, y))],
    inverse: ([x, dx]) => {
      const reciprocal = inverse(x);
      return [reciprocal, negate(multiply(multiply(reciprocal, reciprocal), dx))];
    },
    isZero: ([x, dx]) => over.isZero(x) && over.isZero(dx),
    isPositive: ([x]) => over.isPositive(x),
    sigma: (order, [x, dx]) => [over.sigma(order, x), multiply(over.sigma(order + 1, x), dx)],
  };
}
