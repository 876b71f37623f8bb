/** Where an expression is looked at, and names for its indices. */

import { type Polynomial, variable } from "../language/polynomial.js";
import { type Digit, leaves } from "./digits.js";

/** Where an expression is looked at: its row and column, a value for each digit, and the instance. */
export interface At {
  readonly rows: readonly Polynomial[];
  readonly cols: readonly Polynomial[];
  readonly instance: Polynomial;
}

/** A name that no other index has; `letter` is what a reader would call it. */
export type Fresh = (letter?: string) => string;

/** Fresh indices for digits, and the ranges they run over. */
export function bound(
  digits: readonly Digit[],
  fresh: Fresh,
): { index: Polynomial[]; sums: Map<string, Polynomial> } {
  const sums = new Map(leaves(digits).map(({ size, letter }) => [fresh(letter), size] as const));
  return { index: [...sums.keys()].map(variable), sums };
}
