/** Terms in their simplest form: equations solved, idle sums multiplied out. */

import { asNumber, equal, minus, type Polynomial, sortedTerms, variable } from "../polynomial.js";
import { type Equation, type Factor, replaced, type Term, timesPower, timesRational, uses } from "./terms.js";

/** The terms, each as simple as it gets; those that are 0 are gone. Works inside functions as well. */
export function simplified(terms: readonly Term[]): Term[] {
  return terms
    .flatMap((term) => withoutIdleSums(solved(withSimpleFactors(term))))
    .filter((term) => term.coefficient.over !== 0n);
}

function withSimpleFactors(term: Term): Term {
  return { ...term, factors: term.factors.map(simpleFactor) };
}

function simpleFactor(factor: Factor): Factor {
  return factor.kind === "entry" ? factor : { ...factor, at: simplified(factor.at) };
}

/**
 * Both sides of an equation are values of one digit. So where one side is a summed index of that digit, the other side
 * may stand for it everywhere, and the sum over it is gone: exactly one value counts.
 */
function solved(term: Term): Term {
  let current = term;
  for (;;) {
    const next = withoutTruisms(current);
    if (!next) return { ...current, coefficient: { over: 0n, under: 1n } };
    const step = solvable(next);
    if (!step) return next;
    const sums = new Map(next.sums);
    sums.delete(step.index);
    const equations = next.equations.filter((equation) => equation !== step.equation);
    current = replaced({ ...next, sums, equations }, (name) =>
      name === step.index ? step.value : undefined,
    );
  }
}

/** Without equations that always hold; undefined where one never does. */
function withoutTruisms(term: Term): Term | undefined {
  const differences = term.equations.map(({ left, right }) => asNumber(minus(left, right)));
  if (differences.some((difference) => difference !== undefined && difference !== 0)) return undefined;
  return { ...term, equations: term.equations.filter((_, k) => differences[k] !== 0) };
}

function solvable(term: Term): { index: string; value: Polynomial; equation: Equation } | undefined {
  for (const equation of term.equations) {
    const { left, right, size } = equation;
    const found =
      solvedFor(term, left, right, size) ?? solvedFor(term, right, left, size) ?? cancelled(term, equation);
    if (found) return { ...found, equation };
  }
  return undefined;
}

/** side = value solved for the summed index that `side` is, if it runs over all values that `value` may have. */
function solvedFor(
  term: Term,
  side: Polynomial,
  value: Polynomial,
  size: Polynomial,
): { index: string; value: Polynomial } | undefined {
  const range = rangeOf(term, side);
  const [index] = side.terms.keys();
  return range && equal(range, size) && !mentionsIndex(value, index) ? { index, value } : undefined;
}

/** y + p = y′ + p says y = y′: solved where both are summed indices of one range. */
function cancelled(term: Term, { left, right }: Equation): { index: string; value: Polynomial } | undefined {
  const difference = [...minus(left, right).terms].sort(([, j], [, k]) => (j > k ? -1 : 1));
  if (difference.length !== 2 || difference[0][1] !== 1n || difference[1][1] !== -1n) return undefined;
  const [x, y] = difference.map(([name]) => term.sums.get(name));
  return x && y && equal(x, y) ? { index: difference[0][0], value: variable(difference[1][0]) } : undefined;
}

/** How many values a summed index takes; undefined for what is more than one index. */
function rangeOf(term: Term, value: Polynomial): Polynomial | undefined {
  const [[name, k] = ["", 0n], ...more] = [...value.terms];
  return more.length === 0 && k === 1n ? term.sums.get(name) : undefined;
}

function mentionsIndex(value: Polynomial, index: string): boolean {
  return [...value.terms.keys()].some((monomial) => monomial.split("·").includes(index));
}

/** A sum over an index that stands nowhere multiplies by its size. */
function withoutIdleSums(term: Term): Term[] {
  const idle = [...term.sums.keys()].find((name) => !uses(term, name));
  if (idle === undefined) return [term];
  const sums = new Map(term.sums);
  const size = sums.get(idle) as Polynomial;
  sums.delete(idle);
  return sortedTerms(size).flatMap(([monomial, k]) => {
    const coefficient = timesRational(term.coefficient, { over: k, under: 1n });
    return withoutIdleSums(timesPower({ ...term, sums, coefficient }, monomial, 1));
  });
}
