/** Terms in their simplest form: equations solved, idle sums multiplied out. */

import {
  asNumber,
  equal,
  minus,
  negative,
  one,
  type Polynomial,
  sortedTerms,
  variable,
} from "../language/polynomial.js";
import type { Fresh } from "./at.js";
import { canonicalText } from "./canonical.js";
import { digitByDigit } from "./equations.js";
import { choicesOutside, mergedChoices, withoutIdleChoices } from "./oneHot.js";
import {
  type Equation,
  type Factor,
  plusRational,
  replaced,
  type Term,
  timesPower,
  timesRational,
  unit,
  uses,
} from "./terms.js";

/** What is known around a term: how many values the indices of the entry have, and names for new ones. */
export interface Surroundings {
  readonly ranges: ReadonlyMap<string, Polynomial>;
  readonly fresh: Fresh;
}

/** The terms, each as simple as it gets; those that are 0 are gone. Works inside functions as well. */
export function simplified(terms: readonly Term[], around: Surroundings): Term[] {
  return terms
    .flatMap((term) => simplifiedTerm(term, around))
    .filter(({ coefficient }) => coefficient.over !== 0n);
}

function simplifiedTerm(term: Term, around: Surroundings): Term[] {
  const inner = { ...term, factors: term.factors.map((factor) => simpleFactor(factor, around)) };
  const outside = choicesOutside(inner, around.fresh);
  // What was chosen within a function stands beside it now, and what is left within may be simpler.
  if (outside) return simplifiedTerm(outside, around);
  let current = solved(inner, around);
  for (let merged = mergedChoices(current); merged; merged = mergedChoices(current)) {
    current = solved(merged, around);
  }
  return withoutIdleSums(withoutIdleChoices(current));
}

function simpleFactor(factor: Factor, around: Surroundings): Factor {
  if (factor.kind === "entry") return factor;
  if (factor.kind === "applied") return { ...factor, at: collected(simplified(factor.at, around)) };
  const own = factor.index.map((name, k) => [name, factor.sizes[k]] as const);
  const inside = { ...around, ranges: new Map([...around.ranges, ...own]) };
  return { ...factor, at: collected(simplified(factor.at, inside)) };
}

/** Like terms added up, so that no index is left in a function whose terms cancel: Σᵢ σ(aᵢ − aᵢ) is m σ(0). */
function collected(terms: readonly Term[]): Term[] {
  if (terms.length < 2) return [...terms];
  const found = new Map<string, Term>();
  for (const term of terms) {
    const key = canonicalText([{ ...term, coefficient: unit.coefficient }]);
    const coefficient = plusRational(found.get(key)?.coefficient ?? zero, term.coefficient);
    found.set(key, { ...(found.get(key) ?? term), coefficient });
  }
  return [...found.values()].filter(({ coefficient }) => coefficient.over !== 0n);
}

const zero = { over: 0n, under: 1n };

/**
 * Both sides of an equation are values of one digit. So where one side is a summed index of that digit, the other side
 * may stand for it everywhere, and the sum over it is gone: exactly one value counts. Where both sides are indices of
 * the entry itself, one may stand for the other, and the equation stays.
 */
function solved(term: Term, { ranges }: Surroundings): Term {
  let current = term;
  let kept: readonly Equation[] = [];
  for (;;) {
    const next = withoutTruisms(current);
    if (!next) return { ...current, coefficient: { over: 0n, under: 1n } };
    const split = digitByDigit(next, ranges);
    if (split) {
      current = split;
      continue;
    }
    const step = solvable(next, ranges) ?? sameIndex(next, ranges);
    if (!step) return { ...next, equations: [...next.equations, ...kept] };
    const sums = new Map(next.sums);
    sums.delete(step.index);
    const value = (name: string) => (name === step.index ? step.value : undefined);
    const equations = next.equations.filter((equation) => equation !== step.equation);
    current = replaced({ ...next, sums, equations }, value);
    kept = replaced({ ...next, factors: [], equations: kept }, value).equations;
    if (step.kept) kept = [...kept, step.kept];
  }
}

/** Without equations that always hold or are there already; undefined where one never does. */
function withoutTruisms(term: Term): Term | undefined {
  const differences = term.equations.map(({ left, right }) => minus(left, right));
  const numbers = differences.map(asNumber);
  if (numbers.some((number) => number !== undefined && number !== 0)) return undefined;
  const isNew = (x: Polynomial, k: number) =>
    !differences.slice(0, k).some((y) => equal(x, y) || equal(x, negative(y)));
  return {
    ...term,
    equations: term.equations.filter((_, k) => numbers[k] !== 0 && isNew(differences[k], k)),
  };
}

/** An index and what it is equal to; `kept`: the equation is still to be met. */
interface Step {
  readonly index: string;
  readonly value: Polynomial;
  readonly equation: Equation;
  readonly kept?: Equation;
}

function solvable(term: Term, ranges: Surroundings["ranges"]): Step | undefined {
  for (const equation of term.equations) {
    const { left, right, size } = equation;
    const found =
      solvedFor(term, left, right, size) ??
      solvedFor(term, right, left, size) ??
      mirrored(term, left, right, size) ??
      mirrored(term, right, left, size) ??
      cancelled(term, equation, ranges);
    if (found) return { ...found, equation };
  }
  return undefined;
}

/** r = c: the later name gives way. */
function sameIndex(term: Term, ranges: Surroundings["ranges"]): Step | undefined {
  for (const equation of term.equations) {
    const [x, y, ...more] = minus(equation.left, equation.right).terms.entries();
    if (!x || !y || more.length > 0 || x[1] + y[1] !== 0n || (x[1] !== 1n && y[1] !== 1n)) continue;
    if (!ranges.has(x[0]) || !ranges.has(y[0])) continue;
    const [first, last] = [x[0], y[0]].sort();
    const kept = { ...equation, left: variable(first), right: variable(last) };
    return { index: last, value: variable(first), equation, kept };
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

/** n − 1 − y = value says y = n − 1 − value: an image turned upside down. */
function mirrored(
  term: Term,
  side: Polynomial,
  value: Polynomial,
  size: Polynomial,
): { index: string; value: Polynomial } | undefined {
  const last = minus(size, one);
  return solvedFor(term, minus(last, side), minus(last, value), size);
}

/** y + p = y′ + p says y = y′: solved where both have one range and one of them is summed. */
function cancelled(
  term: Term,
  { left, right }: Equation,
  ranges: Surroundings["ranges"],
): { index: string; value: Polynomial } | undefined {
  const difference = [...minus(left, right).terms].sort(([, j], [, k]) => (j > k ? -1 : 1));
  if (difference.length !== 2 || difference[0][1] !== 1n || difference[1][1] !== -1n) return undefined;
  const [x, y] = difference.map(([name]) => name);
  const [m, n] = [x, y].map((name) => term.sums.get(name) ?? ranges.get(name));
  if (!m || !n || !equal(m, n)) return undefined;
  if (term.sums.has(x)) return { index: x, value: variable(y) };
  return term.sums.has(y) ? { index: y, value: variable(x) } : undefined;
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
