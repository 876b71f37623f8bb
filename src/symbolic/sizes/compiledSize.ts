/** Polynomials in sizes, taken apart once where they are evaluated thousands of times. */

import { factorsOf, type Polynomial } from "../language/polynomial.js";
import type { IndexMap } from "../world/world.js";
import type { Sizes } from "./sizes.js";

interface Term {
  readonly k: number;
  readonly names: readonly string[];
}

/** The polynomial as a function of the sizes; each name in it must have a value. */
export function compiledSize(x: Polynomial): (sizes: Sizes) => number {
  const terms = termsOf(x);
  return (sizes) => {
    let sum = 0;
    for (const { k, names } of terms) {
      let value = k;
      for (const name of names) value *= sizes[name];
      sum += value;
    }
    return sum;
  };
}

/** The least and the largest value that a place of a map takes: each counter runs from 0 to its size − 1. */
export function compiledRange(
  at: Polynomial,
  map: IndexMap,
): (sizes: Sizes) => readonly [low: number, high: number] {
  const counters = new Map(
    [...map.rows, ...map.cols, ...map.sums].map(({ name, size }) => [name, compiledSize(size)] as const),
  );
  const terms = termsOf(at);
  return (sizes) => {
    let [low, high] = [0, 0];
    for (const { k, names } of terms) {
      let value = k;
      for (const name of names) value *= (counters.get(name)?.(sizes) ?? sizes[name] + 1) - 1;
      const isFixed = !names.some((name) => counters.has(name));
      low += isFixed ? value : Math.min(value, 0);
      high += isFixed ? value : Math.max(value, 0);
    }
    return [low, high];
  };
}

function termsOf(x: Polynomial): Term[] {
  return Array.from(x.terms, ([monomial, k]) => ({ k: Number(k), names: factorsOf(monomial) }));
}
