/** Equations between numbers that are written in digits: u q + i = v q + j with i, j < q says u = v and i = j. */

import { equal, minus, type Polynomial, quotient, variable } from "../language/polynomial.js";
import { type Equation, sides, type Term } from "./terms.js";

/** The term with one of its equations split in two; undefined where none can be. */
export function digitByDigit(term: Term, ranges: ReadonlyMap<string, Polynomial>): Term | undefined {
  const range = (name: string) => term.sums.get(name) ?? ranges.get(name);
  for (const equation of term.equations) {
    const parts = split(equation, range);
    if (parts)
      return { ...term, equations: [...term.equations.filter((other) => other !== equation), ...parts] };
  }
  return undefined;
}

function split(
  { left, right, size }: Equation,
  range: (name: string) => Polynomial | undefined,
): Equation[] | undefined {
  const difference = minus(left, right);
  const names = (sign: bigint) => [...difference.terms].flatMap(([name, k]) => (k === sign ? [name] : []));
  for (const i of names(1n)) {
    const n = range(i);
    for (const j of n ? names(-1n) : []) {
      const m = range(j);
      const rest = minus(difference, minus(variable(i), variable(j)));
      const high = n && m && equal(n, m) && rest.terms.size > 0 ? quotient(rest, n) : undefined;
      if (n && high)
        return [
          { left: variable(i), right: variable(j), size: n },
          { ...sides(high), size },
        ];
    }
  }
  return undefined;
}
