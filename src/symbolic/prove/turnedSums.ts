/** Σᵢ z_{n−1−i} y_i is Σᵢ z_i y_{n−1−i}: a sum may run backwards. */

import { minus, one, type Polynomial, variable } from "../language/polynomial.js";
import { canonicalText } from "./canonical.js";
import { replaced, type Term } from "./terms.js";

/** The term with one of its sums the other way round, where that is shorter, or as long and first in the order of texts. */
export function turnedSum(term: Term): Term | undefined {
  for (const [name, size] of term.sums) {
    const turned = turnedAlong(term, name, size);
    const gain = lengthOf(term) - lengthOf(turned);
    if (gain > 0 || (gain === 0 && canonicalText([turned]) < canonicalText([term]))) return turned;
  }
  return undefined;
}

function turnedAlong(term: Term, name: string, size: Polynomial): Term {
  const backwards = minus(minus(size, one), variable(name));
  return replaced(term, (index) => (index === name ? backwards : undefined));
}

/** How much is written in its indices. */
function lengthOf({ factors, equations }: Term): number {
  const ofFactors = factors.map((factor) =>
    factor.kind === "entry"
      ? totalOf(factor.index.map(({ terms }) => terms.size))
      : totalOf(factor.at.map(lengthOf)),
  );
  const ofEquations = equations.map(({ left, right }) => minus(left, right).terms.size);
  return totalOf([...ofFactors, ...ofEquations]);
}

function totalOf(numbers: readonly number[]): number {
  return numbers.reduce((x, y) => x + y, 0);
}
