/**
 * ReLU of what is known about: relu(c x) = c relu(x) and relu′(c x) = relu′(x) for c > 0, relu(x) = x for x ≥ 0 and 0 for
 * x ≤ 0. Zeros stay zeros, so what makes all of its argument 0 or leaves it, as an equation between indices, goes outside.
 */

import { factorsOf, minus, type Polynomial, variable } from "../language/polynomial.js";
import { canonicalText } from "./canonical.js";
import { renamed } from "./differentiate.js";
import { indexName } from "./indexName.js";
import {
  factorKey,
  isFactorNeverNegative,
  isRelu,
  type SignedSurroundings,
  signOf,
  signOfTerm,
} from "./signs.js";
import { simplified } from "./solve.js";
import {
  type Applied,
  type Equation,
  type Factor,
  type Rational,
  replaced,
  scaled,
  summed,
  type Term,
  timesPower,
  timesTerms,
  unit,
  uses,
  where,
} from "./terms.js";

/** The terms with each ReLU as far outside as it gets, from the innermost on. */
export function withReluReduced(terms: readonly Term[], around: SignedSurroundings): Term[] {
  const parts = terms.flatMap(({ factors, ...rest }) =>
    factors.reduce<Term[]>(
      (product, factor) => timesTerms(product, reducedFactor(factor, around)),
      [{ ...rest, factors: [] }],
    ),
  );
  return simplified(parts, around);
}

function reducedFactor(factor: Factor, around: SignedSurroundings): Term[] {
  if (factor.kind === "entry") return [{ ...unit, factors: [factor] }];
  const at = withReluReduced(factor.at, around);
  return isRelu(factor) ? reduced({ ...factor, at }, around) : [{ ...unit, factors: [{ ...factor, at }] }];
}

function reduced(relu: Applied, around: SignedSurroundings): Term[] {
  const sign = signOf(relu.at, around);
  if (relu.at.length === 0 || sign === -1) return [];
  if (sign === 1 && relu.order === 0) return relu.at.map((term) => renamed(term, around.fresh));
  if (relu.order === 1 && isPositive(relu.at, around)) return [unit];
  const parted = partings.map((part) => part(relu, around)).find((found) => found !== undefined);
  if (!parted) return [{ ...unit, factors: [relu] }];
  return timesTerms([parted.outside], reduced({ ...relu, at: simplified(parted.inside, around) }, around));
}

/** Whether no term is negative and one is a number or a product of sizes. */
function isPositive(terms: readonly Term[], around: SignedSurroundings): boolean {
  const isConstant = ({ factors, powers, sums, equations }: Term) =>
    factors.length + sums.size + equations.length === 0 && [...powers.keys()].every(around.isSize);
  return terms.some(isConstant) && terms.every((term) => signOfTerm(term, around) === 1);
}

/** What is put outside, and what stays the argument. */
interface Parted {
  readonly outside: Term;
  readonly inside: readonly Term[];
}

type Part = (relu: Applied, around: SignedSurroundings) => Parted | undefined;

const partings: readonly Part[] = [scaleOf, factorOf, squareOf, equationOf, sumOf];

/** The positive number and the powers that all terms have. */
function scaleOf({ order, at }: Applied, { isSize }: SignedSurroundings): Parted | undefined {
  const content = contentOf(at);
  const names = new Set(at.flatMap(({ powers }) => [...powers.keys()]));
  const powers = [...names].flatMap((name) => {
    const least = Math.min(...at.map((term) => term.powers.get(name) ?? 0));
    const k = isSize(name) ? least : 2 * Math.floor(least / 2);
    // c² may be 0, where relu′(c² x) is not relu′(x); 1/c² is not
    return k === 0 || (order === 1 && k > 0 && !isSize(name)) ? [] : [[name, k] as const];
  });
  if (powers.length === 0 && content.over === content.under) return undefined;
  const divided = scaled(at, content.under, content.over);
  const inside = divided.map((term) => powers.reduce((rest, [name, k]) => timesPower(rest, name, -k), term));
  if (order === 1) return { outside: unit, inside };
  const outside = powers.reduce((product, [name, k]) => timesPower(product, name, k), unit);
  return { outside: { ...outside, coefficient: content }, inside };
}

/** The largest positive number of which all coefficients are whole multiples. */
export function contentOf(terms: readonly Term[]): Rational {
  const overs = terms.map(({ coefficient: { over } }) => (over < 0n ? -over : over));
  const unders = terms.map(({ coefficient: { under } }) => under);
  const over = overs.reduce(divisor, 0n);
  const under = unders.reduce((x, y) => (x * y) / divisor(x, y), 1n);
  return { over: over === 0n ? 1n : over, under };
}

function divisor(x: bigint, y: bigint): bigint {
  return y === 0n ? x : divisor(y, x % y);
}

/** A factor that all terms have and that is never negative; of relu′(f x) it is relu′(f). */
function factorOf({ order, at }: Applied, around: SignedSurroundings): Parted | undefined {
  const [first] = at;
  for (const factor of first.factors) {
    if (!isFactorNeverNegative(factor, around)) continue;
    const inside = without(at, factor, 1);
    if (inside) return { outside: order === 0 ? { ...unit, factors: [factor] } : stepOf(factor), inside };
  }
  return undefined;
}

/** 1 where a factor that is never negative is positive. */
function stepOf(factor: Factor): Term {
  if (factor.kind === "applied" && factor.name === "1/") return unit;
  return { ...unit, factors: [isRelu(factor) ? { ...factor, order: 1 } : factor] };
}

/** x² y: a factor that all terms have twice. */
function squareOf({ order, at }: Applied): Parted | undefined {
  if (order !== 0) return undefined;
  for (const factor of at[0].factors) {
    const inside = without(at, factor, 2);
    if (inside) return { outside: { ...unit, factors: [factor, { ...factor }] }, inside };
  }
  return undefined;
}

/** The terms without so many factors like this one; undefined where one has fewer, or they hang on its sums. */
function without(terms: readonly Term[], factor: Factor, count: number): Term[] | undefined {
  const key = factorKey(factor);
  const rests = terms.map((term) => {
    const found = term.factors.filter((other) => factorKey(other) === key).slice(0, count);
    if (found.length < count || !isFree(term, { ...unit, factors: found })) return undefined;
    return { ...term, factors: term.factors.filter((other) => !found.includes(other)) };
  });
  return rests.includes(undefined) ? undefined : (rests as Term[]);
}

/** Whether it stands outside the term's sums. */
function isFree({ sums }: Term, part: Term): boolean {
  return ![...sums.keys()].some((name) => uses(part, name));
}

/** An equation that all terms have. */
function equationOf({ at }: Applied): Parted | undefined {
  for (const equation of at[0].equations) {
    const key = equationKey(equation);
    const rests = at.map((term) => {
      const found = term.equations.find((other) => equationKey(other) === key);
      if (!found || !isFree(term, where([unit], [found])[0])) return undefined;
      return { ...term, equations: term.equations.filter((other) => other !== found) };
    });
    if (!rests.includes(undefined)) return { outside: where([unit], [equation])[0], inside: rests as Term[] };
  }
  return undefined;
}

function equationKey(equation: Equation): string {
  return canonicalText(where([unit], [equation]));
}

/** A summed index that an equation gives at most one value, in all terms the same: f(Σ [i = …] x_i) is Σ [i = …] f(x_i). */
function sumOf({ at }: Applied, around: SignedSurroundings): Parted | undefined {
  for (const own of determined(at[0], around)) {
    const all = at.map((term) => determined(term, around).find(({ key }) => key === own.key));
    if (all.includes(undefined)) continue;
    const index = around.fresh();
    const inside = at.map((term, k) => withIndex(term, all[k] as Determined, index));
    const [outside] = summed(
      where([unit], [moved(own.equation, own.name, index)]),
      new Map([[index, at[0].sums.get(own.name) as Polynomial]]),
    );
    return { outside, inside };
  }
  return undefined;
}

/** A summed index, the equation that leaves it one value at most, and what is the same for such ones. */
interface Determined {
  readonly name: string;
  readonly equation: Equation;
  readonly key: string;
}

const open = indexName("open", 0);

function determined(term: Term, { isSize }: SignedSurroundings): Determined[] {
  return term.equations.flatMap((equation) => {
    const names = [...term.sums.keys()].filter((name) => uses(where([unit], [equation])[0], name));
    const [name] = names;
    if (names.length !== 1 || !isLinear(equation, name, isSize)) return [];
    const size = term.sums.get(name) as Polynomial;
    const key = canonicalText(summed(where([unit], [moved(equation, name, open)]), new Map([[open, size]])));
    return [{ name, equation, key }];
  });
}

/** c x = …, where c is a number or a product of sizes. */
function isLinear({ left, right }: Equation, name: string, isSize: (name: string) => boolean): boolean {
  const own = [...minus(left, right).terms.keys()].map(factorsOf).filter((all) => all.includes(name));
  const others = own.flat().filter((other) => other !== name);
  return own.length === 1 && own[0].length === others.length + 1 && others.every(isSize);
}

function moved(equation: Equation, from: string, to: string): Equation {
  return replaced(where([unit], [equation])[0], (name) => (name === from ? variable(to) : undefined))
    .equations[0];
}

function withIndex(term: Term, { name, equation }: Determined, index: string): Term {
  const sums = new Map([...term.sums].filter(([other]) => other !== name));
  const equations = term.equations.filter((other) => other !== equation);
  return replaced({ ...term, sums, equations }, (other) => (other === name ? variable(index) : undefined));
}
