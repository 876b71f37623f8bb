/**
 * Sums of products of entries: coefficient × entries with symbolic indices, summed over named ranges, where equations
 * between indices hold. Every expression of the lecture is such a sum, whatever its sizes.
 */

import {
  factorsOf,
  one,
  type Polynomial,
  plus,
  substitute,
  times,
  variables,
  zero,
} from "../language/polynomial.js";

/** over/under, in lowest terms, under > 0. */
export interface Rational {
  readonly over: bigint;
  readonly under: bigint;
}

/** An entry of a declared matrix; of one there is for each instance, the instance is the first index. */
export interface Entry {
  readonly kind: "entry";
  readonly name: string;
  readonly index: readonly Polynomial[];
  /** For max pooling's selection, which is 1 or 0: how many of the last indices say which entry of a window is taken. */
  readonly offsets?: number;
  /** Whether the first and the second half of the indices may change places: a second derivative of a loss. */
  readonly isSymmetric?: boolean;
  /** For the gradient of a loss: of which instance it is asked what it changes by. */
  readonly instance?: Polynomial;
}

/**
 * A function of one number at a sum of terms: known by its name alone (σ, its derivatives, the inverse), or ReLU, of which
 * `relu.ts` knows more.
 */
export interface Applied {
  readonly kind: "applied";
  readonly name: string;
  /** How often it has been differentiated. */
  readonly order: number;
  readonly at: readonly Term[];
}

/** A function of a whole matrix to a number (a loss), at the matrix whose entries, at `index`, are a sum of terms. */
export interface Functional {
  readonly kind: "functional";
  readonly name: string;
  readonly index: readonly string[];
  readonly sizes: readonly Polynomial[];
  readonly instance: Polynomial;
  /** Whether each instance has a function of its own. */
  readonly each: boolean;
  readonly at: readonly Term[];
}

/** ReLU: of order 0 max(x, 0), of order 1 what is 1 where x > 0 and 0 elsewhere. */
export const reluName = "relu";

export type Factor = Entry | Applied | Functional;

/** Two valid values of one digit that have to be equal for the term to count. */
export interface Equation {
  readonly left: Polynomial;
  readonly right: Polynomial;
  /** How many values the digit has. */
  readonly size: Polynomial;
}

/** One product. */
export interface Term {
  readonly coefficient: Rational;
  /** Sizes and scalars → exponent, never 0. */
  readonly powers: ReadonlyMap<string, number>;
  readonly factors: readonly Factor[];
  /** The bound indices and how many values each takes. */
  readonly sums: ReadonlyMap<string, Polynomial>;
  readonly equations: readonly Equation[];
}

/** The term 1. */
export const unit: Term = {
  coefficient: { over: 1n, under: 1n },
  powers: new Map(),
  factors: [],
  sums: new Map(),
  equations: [],
};

/** x y; their bound indices must differ. */
export function timesTerm(x: Term, y: Term): Term {
  return {
    coefficient: timesRational(x.coefficient, y.coefficient),
    powers: plusPowers(x.powers, y.powers),
    factors: [...x.factors, ...y.factors],
    sums: new Map([...x.sums, ...y.sums]),
    equations: [...x.equations, ...y.equations],
  };
}

/** The product of two sums. */
export function timesTerms(xs: readonly Term[], ys: readonly Term[]): Term[] {
  return xs.flatMap((x) => ys.map((y) => timesTerm(x, y)));
}

/** The terms times over/under. */
export function scaled(terms: readonly Term[], over: bigint, under = 1n): Term[] {
  return terms.map((term) => ({ ...term, coefficient: timesRational(term.coefficient, { over, under }) }));
}

/** The terms summed over indices. */
export function summed(terms: readonly Term[], over: ReadonlyMap<string, Polynomial>): Term[] {
  return terms.map((term) => ({ ...term, sums: new Map([...term.sums, ...over]) }));
}

/** The terms where equations hold. */
export function where(terms: readonly Term[], equations: readonly Equation[]): Term[] {
  return terms.map((term) => ({ ...term, equations: [...term.equations, ...equations] }));
}

/** x − y = 0 as x = y. */
export function sides(difference: Polynomial): Pick<Equation, "left" | "right"> {
  let [left, right] = [zero, zero];
  for (const [monomial, k] of difference.terms) {
    const part: Polynomial = { terms: new Map([[monomial, k < 0n ? -k : k]]) };
    if (k > 0n) left = plus(left, part);
    else right = plus(right, part);
  }
  return { left, right };
}

/** The terms of a product of sizes and scalars to a power. */
export function timesPower(term: Term, monomial: string, exponent: number): Term {
  const powers = new Map<string, number>();
  for (const name of factorsOf(monomial)) powers.set(name, (powers.get(name) ?? 0) + exponent);
  return { ...term, powers: plusPowers(term.powers, powers) };
}

/** A term with indices replaced, within functions too. */
export function replaced(term: Term, value: (name: string) => Polynomial | undefined): Term {
  const at = (index: Polynomial) => substitute(index, value);
  return {
    ...term,
    factors: term.factors.map((factor) => replacedFactor(factor, value)),
    equations: term.equations.map(({ left, right, size }) => ({ left: at(left), right: at(right), size })),
  };
}

/** Whether an index stands anywhere in the term, its sums apart. */
export function uses(term: Term, name: string): boolean {
  const inIndex = (index: Polynomial) => variables(index).includes(name);
  if (term.equations.some(({ left, right }) => inIndex(left) || inIndex(right))) return true;
  return term.factors.some((factor) => {
    if (factor.kind === "entry") return factor.index.some(inIndex);
    const own = factor.kind === "functional" && factor.each && inIndex(factor.instance);
    return own || factor.at.some((inner) => uses(inner, name));
  });
}

export function plusRational(x: Rational, y: Rational): Rational {
  return reduced(x.over * y.under + y.over * x.under, x.under * y.under);
}

export function timesRational(x: Rational, y: Rational): Rational {
  return reduced(x.over * y.over, x.under * y.under);
}

/** The number of values of several indices together. */
export function sizeOfSums(sums: ReadonlyMap<string, Polynomial>): Polynomial {
  return [...sums.values()].reduce(times, one);
}

function replacedFactor(factor: Factor, value: (name: string) => Polynomial | undefined): Factor {
  const at = (index: Polynomial) => substitute(index, value);
  const instance = factor.kind !== "applied" && factor.instance ? { instance: at(factor.instance) } : {};
  if (factor.kind === "entry") return { ...factor, ...instance, index: factor.index.map(at) };
  return { ...factor, ...instance, at: factor.at.map((inner) => replaced(inner, value)) };
}

function plusPowers(x: ReadonlyMap<string, number>, y: ReadonlyMap<string, number>): Map<string, number> {
  const sum = new Map(x);
  for (const [name, exponent] of y) {
    const total = (sum.get(name) ?? 0) + exponent;
    if (total === 0) sum.delete(name);
    else sum.set(name, total);
  }
  return sum;
}

function reduced(over: bigint, under: bigint): Rational {
  const divisor = greatestDivisor(over < 0n ? -over : over, under);
  return { over: over / divisor, under: under / divisor };
}

function greatestDivisor(x: bigint, y: bigint): bigint {
  let [a, b] = [x, y];
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? 1n : a;
}
