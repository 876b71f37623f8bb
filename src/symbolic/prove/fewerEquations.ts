/**
 * Equations that say more than they seem to: s p = s p′ says p = p′, 2 i = 2 j + 1 and i = n + j with i < n never hold, and of
 * r = p s + i and c = p s + i one may be r = c.
 */

import {
  asNumber,
  constant,
  equal,
  factorsOf,
  minus,
  negative,
  one,
  type Polynomial,
  plus,
  product,
  quotient,
  substitute,
  times,
  variable,
  variables,
  zero,
} from "../language/polynomial.js";
import type { SignedSurroundings } from "./signs.js";
import { simplified } from "./solve.js";
import { asSides, type Equation, type Factor, replaced, type Term } from "./terms.js";
import { turnedSum } from "./turnedSums.js";

/** The terms with equations as short as they get, within functions too. */
export function withFewerEquations(terms: readonly Term[], around: SignedSurroundings): Term[] {
  return terms.flatMap((term) => shortened(term, around));
}

/** Whether there is anything to shorten: an equation, or an index that is more than a letter. */
export function hasPlaces(terms: readonly Term[]): boolean {
  return terms.some(
    ({ equations, factors }) =>
      equations.length > 0 ||
      factors.some((factor) =>
        factor.kind === "entry" ? factor.index.some(({ terms: x }) => x.size > 1) : hasPlaces(factor.at),
      ),
  );
}

function shortened(term: Term, around: SignedSurroundings): Term[] {
  const inside = { ...around, ranges: new Map([...around.ranges, ...term.sums]) };
  const factors = term.factors.map((factor) =>
    factor.kind === "entry" ? factor : { ...factor, at: withFewerEquations(factor.at, inside) },
  );
  const inner = { ...term, factors };
  if (isNever(inner, around)) return [];
  const next =
    divided(inner, around) ??
    parted(inner, around) ??
    determined(inner, around) ??
    subtracted(inner) ??
    renamedPlaces(inner, around) ??
    turnedSum(inner);
  return simplified([next ?? inner], around).flatMap((one) => (next ? shortened(one, around) : one));
}

/** left − right of an equation. */
function difference({ left, right }: Equation): Polynomial {
  return minus(left, right);
}

/** An equation whose two sides are values of no one digit that is known: it gives no index its value. */
function saying(difference: Polynomial): Equation {
  return { ...asSides(difference), size: variable("?") };
}

function replacedAt(term: Term, at: number, by: Polynomial): Term {
  return { ...term, equations: term.equations.map((equation, k) => (k === at ? saying(by) : equation)) };
}

/** Whether an equation has no solution. */
function isNever(term: Term, around: SignedSurroundings): boolean {
  return term.equations.map(difference).some((x) => {
    const [whole, own] = [divisorOf(x), x.terms.get("") ?? 0n];
    if (whole > 1n && own % whole !== 0n) return true;
    return [x, negative(x)].some((y) => isNegative(y, term, around));
  });
}

/** The largest whole number that divides all coefficients but that of 1; 0 where there are none. */
function divisorOf({ terms }: Polynomial): bigint {
  let divisor = 0n;
  for (const [monomial, k] of terms) {
    if (monomial === "") continue;
    for (let rest = k < 0n ? -k : k; rest !== 0n; ) [divisor, rest] = [rest, divisor % rest];
  }
  return divisor;
}

/** What it is at most: indices that add are one less than their range, those that subtract 0. Undefined where one has none. */
function largest(
  { terms }: Polynomial,
  range: (name: string) => Polynomial | undefined,
  isSize: (name: string) => boolean,
): Polynomial | undefined {
  let sum = zero;
  for (const [monomial, k] of terms) {
    const parts = factorsOf(monomial);
    const most = parts.map((name) => {
      const size = range(name);
      return size ? minus(size, one) : isSize(name) ? variable(name) : undefined;
    });
    if (most.includes(undefined)) return undefined;
    const isIndexed = parts.some((name) => range(name) !== undefined);
    if (k > 0n || !isIndexed) sum = plus(sum, times(constant(k), product(most as Polynomial[])));
  }
  return sum;
}

/** Whether it is negative for all sizes from 1 on: with 1 + t for each, no coefficient is positive, and that of 1 negative. */
function isBelowZero(x: Polynomial | undefined): boolean {
  const moved = x && substitute(x, (name) => plus(one, variable(name)));
  return moved !== undefined && [...moved.terms.values()].every((k) => k < 0n) && moved.terms.has("");
}

/** Whether it is below 0 wherever its indices are. */
function isNegative(x: Polynomial, term: Term, { ranges, isSize }: SignedSurroundings): boolean {
  return isBelowZero(largest(x, (name) => term.sums.get(name) ?? ranges.get(name), isSize));
}

/** g x + y = 0 says x = 0 and y = 0 where y is between −g and g. */
function parted(term: Term, around: SignedSurroundings): Term | undefined {
  for (const [at, equation] of term.equations.entries()) {
    const all = difference(equation);
    const numbers = [...all.terms.values()].map((k) => (k < 0n ? -k : k)).filter((k) => k > 1n);
    const sizes = variables(all).filter(around.isSize).map(variable);
    for (const g of [...[...new Set(numbers)].map(constant), ...sizes]) {
      const parts = [...all.terms].map((one) => ({ terms: new Map([one]) }));
      const y = parts.filter((part) => !quotient(part, g)).reduce(plus, zero);
      const x = quotient(minus(all, y), g) ?? zero;
      const isSmall = [y, negative(y)].every((z) => isNegative(minus(z, g), term, around));
      if (x.terms.size === 0 || y.terms.size === 0 || !isSmall) continue;
      return { ...replacedAt(term, at, x), equations: [...replacedAt(term, at, x).equations, saying(y)] };
    }
  }
  return undefined;
}

/** A summed index is what an equation says that it is, where that is one of its values whatever other indices are. */
function determined(term: Term, around: SignedSurroundings): Term | undefined {
  for (const [at, equation] of term.equations.entries()) {
    const x = difference(equation);
    for (const [name, k] of x.terms) {
      const size = term.sums.get(name);
      if (!size || (k !== 1n && k !== -1n)) continue;
      const value = k === 1n ? minus(variable(name), x) : plus(variable(name), x);
      const isInside = [minus(value, size), minus(negative(value), one)].every((y) =>
        isNegative(y, term, around),
      );
      if (!isInside || variables(value).includes(name)) continue;
      const sums = new Map(term.sums);
      sums.delete(name);
      const equations = term.equations.filter((_, other) => other !== at);
      return replaced({ ...term, sums, equations }, (index) => (index === name ? value : undefined));
    }
  }
  return undefined;
}

/** Without a number or a size that both sides are multiples of. */
function divided(term: Term, { isSize }: SignedSurroundings): Term | undefined {
  for (const [at, equation] of term.equations.entries()) {
    const x = difference(equation);
    const divisors = [constant(divisorOf(x)), ...new Set(variables(x))].map((one) =>
      typeof one === "string" ? (isSize(one) ? variable(one) : undefined) : one,
    );
    for (const divisor of divisors) {
      const isUnit = !divisor || [0, 1].includes(asNumber(divisor) ?? 2);
      const rest = isUnit ? undefined : quotient(x, divisor);
      if (rest) return replacedAt(term, at, rest);
    }
  }
  return undefined;
}

/** One equation less or plus another, where that is shorter. */
function subtracted(term: Term): Term | undefined {
  const all = term.equations.map(difference);
  for (const [at, x] of all.entries())
    for (const [other, y] of all.entries())
      for (const rest of other === at ? [] : [minus(x, y), plus(x, y)])
        if (rest.terms.size < x.terms.size) return replacedAt(term, at, rest);
  return undefined;
}

/** x in the place of what an equation says it is, in the entries: of two places that are equal the shorter one. */
function renamedPlaces(term: Term, { ranges }: SignedSurroundings): Term | undefined {
  for (const x of term.equations.map(difference))
    for (const [name, k] of x.terms) {
      if (!ranges.has(name) || (k !== 1n && k !== -1n)) continue;
      const place = k === 1n ? minus(variable(name), x) : plus(variable(name), x);
      const factors = term.factors.map((factor) => renamedIn(factor, place, variable(name)));
      const isLong = place.terms.size > 1 && factors.some((factor, at) => factor !== term.factors[at]);
      if (isLong) return { ...term, factors };
    }
  return undefined;
}

function renamedIn(factor: Factor, place: Polynomial, name: Polynomial): Factor {
  if (factor.kind === "entry") {
    const isThere = factor.index.some((index) => equal(index, place));
    return isThere
      ? { ...factor, index: factor.index.map((index) => (equal(index, place) ? name : index)) }
      : factor;
  }
  const at = factor.at.map((term) => {
    const factors = term.factors.map((inner) => renamedIn(inner, place, name));
    return factors.some((inner, k) => inner !== term.factors[k]) ? { ...term, factors } : term;
  });
  return at.some((term, k) => term !== factor.at[k]) ? { ...factor, at } : factor;
}
