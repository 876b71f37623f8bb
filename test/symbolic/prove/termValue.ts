/** What a term is at given sizes: its sums written out, an entry a number drawn from its name and index. */

import { evaluate } from "../../../src/symbolic/language/polynomial.js";
import type { Factor, Term } from "../../../src/symbolic/prove/terms.js";

export type Numbers = Readonly<Record<string, number>>;

/** The sum of terms where sizes and free indices have these values. */
export function valueAt(terms: readonly Term[], at: Numbers): number {
  return terms.reduce((sum, term) => sum + valueOfTerm(term, at), 0);
}

function valueOfTerm(term: Term, at: Numbers): number {
  const { over, under } = term.coefficient;
  let coefficient = Number(over) / Number(under);
  for (const [name, exponent] of term.powers) coefficient *= known(name, at) ** exponent;
  let sum = 0;
  for (const place of places([...term.sums.keys()], term, at)) {
    const holds = term.equations.every(({ left, right }) => evaluate(left, place) === evaluate(right, place));
    if (holds) sum += term.factors.reduce((product, factor) => product * valueOfFactor(factor, place), 1);
  }
  return coefficient * sum;
}

function* places(names: readonly string[], term: Term, at: Numbers): Generator<Numbers> {
  const [name, ...others] = names;
  if (name === undefined) {
    yield at;
    return;
  }
  const range = evaluate(term.sums.get(name)!, at);
  for (let k = 0; k < range; k++) yield* places(others, term, { ...at, [name]: k });
}

function valueOfFactor(factor: Factor, at: Numbers): number {
  if (factor.kind === "functional") throw new Error("a loss has no value here");
  if (factor.kind === "applied") return Math.cos(valueAt(factor.at, at) + factor.order);
  const key = `${factor.name} ${factor.index.map((index) => evaluate(index, at)).join(" ")}`;
  let state = 7;
  for (const letter of key) state = (Math.imul(state, 31) + letter.charCodeAt(0)) >>> 0;
  return (state % 1009) - 500;
}

function known(name: string, at: Numbers): number {
  const value = at[name];
  if (value === undefined) throw new Error(`${name} has no value`);
  return value;
}
