/** Equal wherever no divisor is 0: both sides are multiplied by what they are divided by. */

import { canonicalText } from "./canonical.js";
import { renamed } from "./differentiate.js";
import { reluForm } from "./reluForm.js";
import { factorKey, type SignedSurroundings } from "./signs.js";
import { simplified } from "./solve.js";
import { type Applied, type Factor, scaled, type Term, timesTerms, uses } from "./terms.js";

/** How many divisors are multiplied by, and to how many terms that may lead. */
const most = { divisors: 6, terms: 400 } as const;

/** Whether left − right is 0 once it is multiplied by every divisor that hangs on no sum. */
export function isEqualTimesDivisors(
  left: readonly Term[],
  right: readonly Term[],
  around: SignedSurroundings,
): boolean {
  let terms = [...left, ...scaled(right, -1n)];
  for (let count = 0; count < most.divisors && terms.length <= most.terms; count++) {
    const divisor = terms.flatMap(divisorsOf)[0];
    if (!divisor) return count > 0 && canonicalText(terms) === "0";
    terms = [...reluForm(simplified(timesDivisor(terms, divisor, around), around), around)];
  }
  return false;
}

/** The factors 1/x of a term that stand outside of its sums. */
function divisorsOf(term: Term): Applied[] {
  return term.factors.flatMap((factor) =>
    factor.kind === "applied" && factor.name === "1/" && isFree(term, factor) ? [factor] : [],
  );
}

function isFree(term: Term, factor: Factor): boolean {
  const alone = { ...term, factors: [factor], equations: [] };
  return ![...term.sums.keys()].some((name) => uses(alone, name));
}

/** The terms times x to the highest power by which one is divided. */
function timesDivisor(terms: readonly Term[], divisor: Applied, around: SignedSurroundings): Term[] {
  const key = factorKey(divisor);
  const parts = terms.map((term) => {
    const own = divisorsOf(term).filter((factor) => factorKey(factor) === key);
    const factors = term.factors.filter((factor) => !(own as Factor[]).includes(factor));
    return { rest: { ...term, factors }, power: own.length };
  });
  const highest = Math.max(...parts.map(({ power }) => power));
  return parts.flatMap(({ rest, power }) => {
    let product: Term[] = [rest];
    for (let k = power; k < highest; k++)
      product = timesTerms(
        product,
        divisor.at.map((term) => renamed(term, around.fresh)),
      );
    return product;
  });
}
