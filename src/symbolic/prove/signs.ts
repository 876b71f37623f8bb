/** Which terms are never negative, whatever the entries are: squares, ReLU, selections, sizes, and products of these. */

import { canonicalText } from "./canonical.js";
import { renamed } from "./differentiate.js";
import { type Surroundings, simplified } from "./solve.js";
import {
  type Applied,
  type Factor,
  plusRational,
  type Rational,
  reluName,
  scaled,
  type Term,
  timesRational,
  timesTerms,
  unit,
} from "./terms.js";

/** What is known around a term whose sign is asked for: sizes are positive. */
export interface SignedSurroundings extends Surroundings {
  readonly isSize: (name: string) => boolean;
}

/** Whether a factor is ReLU or ReLU′. */
export function isRelu(factor: Factor): factor is Applied {
  return factor.kind === "applied" && factor.name === reluName;
}

/** The same text for the same factor; bound indices of its term keep their names. */
export function factorKey(factor: Factor): string {
  return canonicalText([{ ...unit, factors: [factor] }]);
}

/** The same text for terms that differ by a number alone. */
export function termKey(term: Term): string {
  return canonicalText([{ ...term, coefficient: unit.coefficient }]);
}

/** Like terms added up, in the order of their texts; what cancels is gone. */
export function likeTermsAdded(terms: readonly Term[]): Term[] {
  const sums = new Map<string, Term>();
  for (const term of terms) {
    const key = termKey(term);
    const known = sums.get(key)?.coefficient ?? { over: 0n, under: 1n };
    sums.set(key, { ...term, coefficient: plusRational(known, term.coefficient) });
  }
  const kept = [...sums].filter(([, { coefficient }]) => coefficient.over !== 0n);
  return kept.sort(([x], [y]) => (x < y ? -1 : 1)).map(([, term]) => term);
}

/** 1 for a sum that is never negative, −1 for one that is never positive, 0 where that is not known. */
export function signOf(terms: readonly Term[], around: SignedSurroundings): -1 | 0 | 1 {
  const known = signs(terms, around);
  return known === 0 ? signs(regrouped(terms, around), around) : known;
}

function signs(terms: readonly Term[], around: SignedSurroundings): -1 | 0 | 1 {
  const all = new Set(terms.map((term) => signOfTerm(term, around)));
  const [only] = all;
  return all.size === 1 ? only : 0;
}

/** The same for one term. */
export function signOfTerm({ coefficient, powers, factors }: Term, around: SignedSurroundings): -1 | 0 | 1 {
  const isKnown =
    [...powers].every(([name, k]) => k % 2 === 0 || around.isSize(name)) &&
    oddFactors(factors).every((factor) => isFactorNeverNegative(factor, around));
  if (!isKnown) return 0;
  return coefficient.over > 0n ? 1 : -1;
}

/** The factors that stand an odd number of times, each once: the others are squares. */
export function oddFactors(factors: readonly Factor[]): Factor[] {
  const odd = new Map<string, Factor>();
  for (const factor of factors) {
    const key = factorKey(factor);
    if (!odd.delete(key)) odd.set(key, factor);
  }
  return [...odd.values()];
}

/** ReLU, a selection, 1/x of such an x; of other factors the sign is not known. */
export function isFactorNeverNegative(factor: Factor, around: SignedSurroundings): boolean {
  if (factor.kind === "entry") return factor.offsets !== undefined;
  if (factor.kind === "functional") return false;
  return factor.name === reluName || (factor.name === "1/" && signOf(factor.at, around) === 1);
}

/** How often relu(y) − y is made relu(−y) in one sum. */
const mostRounds = 6;

/** The sum with relu(−y) in the place of relu(y) − y, where that leaves fewer terms whose sign is not known. */
function regrouped(terms: readonly Term[], around: SignedSurroundings): readonly Term[] {
  let current: readonly Term[] = likeTermsAdded(terms);
  for (let round = 0; round < mostRounds; round++) {
    const better = current
      .flatMap((term) =>
        term.factors.filter(isRelu).flatMap((factor) => turned(current, term, factor, around)),
      )
      .find((next) => unknownIn(next, around) < unknownIn(current, around));
    if (!better) return current;
    current = better;
  }
  return current;
}

function unknownIn(terms: readonly Term[], around: SignedSurroundings): number {
  return terms.filter((term) => signOfTerm(term, around) === 0).length;
}

/** m relu(y) − r m y, where the sum has it, as m relu(y) − r m relu(y) + r m relu(−y). */
function turned(terms: readonly Term[], term: Term, factor: Applied, around: SignedSurroundings): Term[][] {
  if (factor.order !== 0) return [];
  const m = { ...term, factors: term.factors.filter((other) => other !== factor) };
  const my = likeTermsAdded(
    simplified(
      timesTerms(
        [m],
        factor.at.map((inner) => renamed(inner, around.fresh)),
      ),
      around,
    ),
  );
  const known = new Map(terms.map((other) => [termKey(other), other.coefficient]));
  const shares = my.map((product) => shareOf(product, known.get(termKey(product))));
  const [least] = shares.sort((x, y) => (isLess(x, y) ? -1 : 1));
  if (!least || least.over <= 0n) return [];
  const r = isLess(least, unit.coefficient) ? least : unit.coefficient;
  const opposite: Factor = { ...factor, at: scaled(factor.at, -1n) };
  const times = (list: readonly Term[], sign: bigint) => scaled(list, sign * r.over, r.under);
  const other = times([{ ...m, factors: [...m.factors, opposite] }], 1n);
  return [likeTermsAdded([...terms, ...times(my, 1n), ...times([term], -1n), ...other])];
}

/** How much of −m y is there, as a share of it. */
function shareOf({ coefficient }: Term, found: Rational | undefined): Rational {
  if (!found) return { over: 0n, under: 1n };
  const { over, under } = coefficient;
  const inverse = over > 0n ? { over: -under, under: over } : { over: under, under: -over };
  return timesRational(found, inverse);
}

function isLess(x: Rational, y: Rational): boolean {
  return x.over * y.under < y.over * x.under;
}
