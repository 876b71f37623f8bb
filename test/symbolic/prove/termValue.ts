/**
 * What a term is at given sizes: its sums written out, an entry a number drawn from its name and index, a
 * selection 1 for one of q offsets, a loss a cosine of what its argument comes to.
 */

import { evaluate, type Polynomial } from "../../../src/symbolic/language/polynomial.js";
import {
  type Applied,
  type Factor,
  type Functional,
  reluName,
  type Term,
} from "../../../src/symbolic/prove/terms.js";

export type Numbers = Readonly<Record<string, number>>;

/** The sum of terms where sizes and free indices have these values; `most`: entries are −most … most, as 0. */
export function valueAt(terms: readonly Term[], at: Numbers): number {
  return terms.reduce((sum, term) => sum + valueOfTerm(term, at), 0);
}

function valueOfTerm(term: Term, at: Numbers): number {
  const { over, under } = term.coefficient;
  let coefficient = Number(over) / Number(under);
  for (const [name, exponent] of term.powers) coefficient *= known(name, at) ** exponent;
  let sum = 0;
  const sizes = [...term.sums.values()];
  for (const place of places([...term.sums.keys()], (k) => sizes[k]!, at)) {
    const holds = term.equations.every(({ left, right }) => evaluate(left, place) === evaluate(right, place));
    if (holds) sum += term.factors.reduce((product, factor) => product * valueOfFactor(factor, place), 1);
  }
  return coefficient * sum;
}

/** All values of these indices, of as many as `sizeAt` says of each. */
function* places(
  names: readonly string[],
  sizeAt: (k: number) => Polynomial,
  at: Numbers,
  k = 0,
): Generator<Numbers> {
  const name = names[k];
  if (name === undefined) {
    yield at;
    return;
  }
  const range = evaluate(sizeAt(k), at);
  for (let value = 0; value < range; value++) yield* places(names, sizeAt, { ...at, [name]: value }, k + 1);
}

function valueOfFactor(factor: Factor, at: Numbers): number {
  if (factor.kind === "functional") return valueOfLoss(factor, at);
  if (factor.kind === "applied") return valueOfFunction(factor, valueAt(factor.at, at));
  const index = factor.index.map((x) => evaluate(x, at));
  if (factor.offsets !== undefined) return selected(factor.name, index, factor.offsets, known("q", at));
  const value = drawn(factor.name, ...(factor.isSymmetric ? inOneOrder(index) : index));
  return at.most === undefined ? value : value % (at.most + 1);
}

/** 1/x, ReLU and its step; of any other function a cosine. */
function valueOfFunction({ name, order }: Applied, x: number): number {
  if (name === "1/") return 1 / x;
  if (name === reluName) return order === 0 ? Math.max(x, 0) : Number(x > 0);
  return Math.cos(x + order);
}

/** Of q values of each offset the window's own one is taken. */
function selected(name: string, index: readonly number[], offsets: number, q: number): number {
  const window = index.slice(0, -offsets);
  const isOwn = (offset: number, k: number) => offset === (drawn(name, k, ...window) + 500) % q;
  return index.slice(-offsets).every(isOwn) ? 1 : 0;
}

/** The instance, if there is one, and the two places, the lower one first. */
function inOneOrder(index: readonly number[]): number[] {
  const [start, half] = [index.length % 2, Math.ceil(index.length / 2)];
  const [x, y] = [index.slice(start, half), index.slice(half)];
  return [...index.slice(0, start), ...(String(x) < String(y) ? [...x, ...y] : [...y, ...x])];
}

function valueOfLoss(factor: Functional, at: Numbers): number {
  const { index, sizes, instance, each, name } = factor;
  const own = each ? [evaluate(instance, at)] : [];
  let sum = 0;
  for (const place of places(index, (k) => sizes[k]!, at)) {
    const weight = drawn(name, ...own, ...index.map((of) => known(of, place))) / 100;
    sum += weight * valueAt(factor.at, place);
  }
  return Math.cos(sum);
}

/** A whole number from −500 on that the name and the place give. */
function drawn(name: string, ...index: readonly number[]): number {
  let state = 7;
  for (const letter of `${name} ${index.join(" ")}`)
    state = (Math.imul(state, 31) + letter.charCodeAt(0)) >>> 0;
  return (state % 1009) - 500;
}

function known(name: string, at: Numbers): number {
  const value = at[name];
  if (value === undefined) throw new Error(`${name} has no value`);
  return value;
}
