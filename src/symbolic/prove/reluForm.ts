/**
 * The form in which ReLU is compared: relu(x) = [x > 0] x. What is left is a product of steps [x > 0], of which [x > 0]² =
 * [x > 0], [x > 0] [−x > 0] = 0 and x [−x > 0] = x − x [x > 0] are used; the step of a product is made of the steps of its
 * factors. Nothing is said about x = 0 but that x is 0 there: [x > 0] + [−x > 0] is not 1.
 */

import { renamed } from "./differentiate.js";
import { OutsideError } from "./digits.js";
import { contentOf, withReluReduced } from "./reluArguments.js";
import { factorKey, isRelu, likeTermsAdded, type SignedSurroundings } from "./signs.js";
import { simplified } from "./solve.js";
import {
  type Applied,
  type Factor,
  reluName,
  scaled,
  type Term,
  timesPower,
  timesTerms,
  unit,
} from "./terms.js";

/** The terms, simplified, with ReLU in that form. */
export function reluForm(terms: readonly Term[], around: SignedSurroundings): readonly Term[] {
  return terms.some(hasRelu) ? expanded(withReluReduced(terms, around), around) : terms;
}

function hasRelu({ factors }: Term): boolean {
  return factors.some((factor) => factor.kind !== "entry" && (isRelu(factor) || factor.at.some(hasRelu)));
}

function expanded(terms: readonly Term[], around: SignedSurroundings): Term[] {
  const parts = terms.flatMap(({ factors, ...rest }) =>
    factors.reduce<Term[]>(
      (product, factor) => timesTerms(product, expandedFactor(factor, around)),
      [{ ...rest, factors: [] }],
    ),
  );
  const budget = { left: mostSteps };
  return simplified(parts, around).flatMap((term) => decided(term, around, budget));
}

/** How many terms may be taken apart. */
const mostSteps = 2_000;

function expandedFactor(factor: Factor, around: SignedSurroundings): Term[] {
  if (factor.kind === "entry") return [{ ...unit, factors: [factor] }];
  const at = expanded(factor.at, around);
  if (!isRelu(factor)) return [{ ...unit, factors: [{ ...factor, at }] }];
  const x = likeTermsAdded(at);
  if (factor.order === 1) return step(x, around);
  const copy = () => x.map((term) => renamed(term, around.fresh));
  if (!isTurned(x)) return timesTerms(step(x, around), copy());
  // relu(−y) = relu(y) − y
  return [...copy(), ...timesTerms(step(scaled(x, -1n), around), scaled(copy(), -1n))];
}

/** Whether of x and −x the other one is written: the first of its terms is negative. */
function isTurned([first]: readonly Term[]): boolean {
  return first !== undefined && first.coefficient.over < 0n;
}

/** More factors than this are not told apart. */
const mostFactors = 4;

/** [x > 0], for a product of few factors by the steps of each. */
function step(x: readonly Term[], { isSize }: SignedSurroundings): Term[] {
  const [term] = x;
  if (!term) return [];
  if (x.length > 1 || term.sums.size + term.equations.length > 0) return [atom(x)];
  const { odd, even } = lettersOf(term, isSize);
  if (odd.length + even.length > mostFactors) return [atom(x)];
  const isNotZero = even.map((letter) => [...side(letter, 1n), ...side(letter, -1n)]);
  return isNotZero.reduce(timesTerms, ofSign(odd, term.coefficient.over > 0n ? 1n : -1n));
}

/** [± x₁ x₂ … > 0]: x₁ > 0 and the rest as it was, or x₁ < 0 and the rest of the other sign. */
function ofSign([letter, ...rest]: readonly Term[], sign: bigint): Term[] {
  if (!letter) return sign > 0n ? [unit] : [];
  return [1n, -1n].flatMap((own) => timesTerms(side(letter, own), ofSign(rest, sign * own)));
}

/** [± x > 0] for a single letter; a step is its own. */
function side(letter: Term, sign: bigint): Term[] {
  const [factor] = letter.factors;
  const isStep = factor?.kind === "entry" ? factor.offsets !== undefined : factor && isRelu(factor);
  if (isStep) return sign > 0n ? [letter] : [];
  return [atom(scaled([letter], sign))];
}

function atom(x: readonly Term[]): Term {
  const { over, under } = contentOf(x);
  return { ...unit, factors: [{ kind: "applied", name: reluName, order: 1, at: scaled(x, under, over) }] };
}

/** The factors and scalars of a product, those that stand an odd number of times and those that stand an even one. */
function lettersOf(
  { factors, powers }: Term,
  isSize: (name: string) => boolean,
): { odd: Term[]; even: Term[] } {
  const counts = new Map<string, { letter: Term; count: number }>();
  for (const factor of factors) {
    const key = factorKey(factor);
    const count = (counts.get(key)?.count ?? 0) + 1;
    counts.set(key, { letter: { ...unit, factors: [factor] }, count });
  }
  // Sizes are positive; what is divided by is not 0.
  for (const [name, k] of powers)
    if (!isSize(name) && (k > 0 || k % 2 !== 0))
      counts.set(`^${name}`, { letter: timesPower(unit, name, 1), count: k });
  const all = [...counts.values()];
  const some = (isOdd: boolean) =>
    all.filter(({ count }) => (count % 2 !== 0) === isOdd).map(({ letter }) => letter);
  return { odd: some(true), even: some(false) };
}

/** The term with each step once, and none where another says that it is 0 or can be said by the step of the opposite. */
function decided(term: Term, around: SignedSurroundings, budget: { left: number }): Term[] {
  if (budget.left-- <= 0) throw new OutsideError("too many cases of signs");
  const steps = new Map(term.factors.filter(isRelu).map((factor) => [factorKey(factor), factor]));
  const isNever = [...steps.values()].some((factor) => steps.has(factorKey(opposite(factor))));
  if (isNever) return [];
  const once = { ...term, factors: [...term.factors.filter((factor) => !isRelu(factor)), ...steps.values()] };
  for (const factor of steps.values()) {
    const turned = withoutOpposite(once, factor);
    if (turned) return simplified(turned, around).flatMap((other) => decided(other, around, budget));
  }
  return [once];
}

function opposite(factor: Applied): Applied {
  return { ...factor, at: scaled(factor.at, -1n) };
}

/** y [−y > 0] = y − y [y > 0], where the term has y, or the largest product of a y that is a sum without sums within. */
function withoutOpposite(term: Term, factor: Applied): Term[] | undefined {
  const y = likeTermsAdded(scaled(factor.at, -1n));
  if (isTurned(y) || y.some(({ sums, equations }) => sums.size + equations.length > 0)) return undefined;
  const lead = y.reduce((most, other) => (degreeOf(other) > degreeOf(most) ? other : most));
  const rest = { ...term, factors: term.factors.filter((other) => other !== factor) };
  const cofactor = quotientOf(rest, lead);
  if (!cofactor) return undefined;
  const { over, under } = lead.coefficient;
  const times = (terms: readonly Term[], ...factors: Factor[]) =>
    timesTerms(scaled([cofactor], over < 0n ? -under : under, over < 0n ? -over : over), [
      ...timesTerms(terms, [{ ...unit, factors }]),
    ]);
  const others = y.filter((other) => other !== lead);
  return [...times(y), ...times(scaled(y, -1n), opposite(factor)), ...times(scaled(others, -1n), factor)];
}

function degreeOf({ factors, powers }: Term): number {
  return factors.length + [...powers.values()].reduce((sum, k) => sum + k, 0);
}

/** term / divisor but for the divisor's number; undefined where it has not all of its factors. */
function quotientOf(term: Term, divisor: Term): Term | undefined {
  const factors = [...term.factors];
  for (const factor of divisor.factors) {
    const key = factorKey(factor);
    const at = factors.findIndex((other) => factorKey(other) === key);
    if (at < 0) return undefined;
    factors.splice(at, 1);
  }
  const powers = [...divisor.powers];
  const isDivided = powers.every(([name, k]) => {
    const own = term.powers.get(name) ?? 0;
    return k > 0 && (own >= k || own < 0); // what is divided by is not 0
  });
  if (!isDivided) return undefined;
  return powers.reduce<Term>((rest, [name, k]) => timesPower(rest, name, -k), { ...term, factors });
}
