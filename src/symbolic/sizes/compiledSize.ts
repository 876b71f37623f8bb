/** Polynomials in sizes, taken apart once where they are evaluated thousands of times. */

import {
  constant,
  factorsOf,
  minus,
  monomialsOf,
  one,
  type Polynomial,
  plus,
  product,
  zero,
} from "../language/polynomial.js";
import type { Counter, IndexMap } from "../world/world.js";
import type { Sizes } from "./sizes.js";

/** The polynomial as a function of the sizes; each name in it must have a value. */
export function compiledSize(x: Polynomial): (sizes: Sizes) => number {
  const terms = monomialsOf(x);
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
  const [fixed, ...moving] = placeParts(at, map);
  const start = compiledSize(fixed.factor);
  const parts = moving.map(({ factor, last }) => [compiledSize(factor), compiledSize(last)] as const);
  return (sizes) => {
    let low = start(sizes);
    let high = low;
    for (const [factor, last] of parts) {
      const end = factor(sizes) * last(sizes);
      low += Math.min(end, 0);
      high += Math.max(end, 0);
    }
    return [low, high];
  };
}

/** Part of a place: what counters are multiplied with, and the last value that they take together. */
export interface PlacePart {
  readonly factor: Polynomial;
  readonly last: Polynomial;
}

/** What of a place stands without a counter, and then what each counter (or product of counters) is multiplied with. */
export function placeParts(at: Polynomial, map: IndexMap): [fixed: PlacePart, ...moving: PlacePart[]] {
  const counters = new Map([...map.rows, ...map.cols, ...map.sums].map((one) => [one.name, one] as const));
  const factors = new Map<string, Polynomial>([["", zero]]);
  for (const [monomial, k] of at.terms) {
    const names = factorsOf(monomial);
    const key = names.filter((name) => counters.has(name)).join("·");
    const rest = names.filter((name) => !counters.has(name)).join("·");
    factors.set(key, plus(factors.get(key) ?? zero, { terms: new Map([[rest, k]]) }));
  }
  const parts = [...factors].map(([key, factor]) => ({ factor, last: lastOf(factorsOf(key), counters) }));
  return parts as [PlacePart, ...PlacePart[]];
}

function lastOf(names: readonly string[], counters: ReadonlyMap<string, Counter>): Polynomial {
  return product(names.map((name) => minus(counters.get(name)?.size ?? one, constant(1))));
}
