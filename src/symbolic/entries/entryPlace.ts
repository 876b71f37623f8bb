/** An index as a slide writes it: 1 + (a_out − 1)s, the start first and the steps after it. */

import { factorsOf, type Polynomial, sortedTerms } from "../language/polynomial.js";
import { texName } from "../world/texNames.js";
import type { World } from "../world/world.js";

/** The TeX of an index or a size. */
export function placeTex(world: World, place: Polynomial): string {
  const name = (text: string) => texName(world, text);
  const product = (monomial: string) => factorsOf(monomial).map(name).join(" ");
  const terms = new Map(place.terms);
  const steps: string[] = [];
  for (const [monomial] of sortedTerms(place)) {
    const [count, step, ...more] = factorsOf(monomial);
    const single =
      step === undefined || more.length > 0 ? undefined : lastStep(terms, monomial, [count, step]);
    if (single === undefined) continue;
    steps.push(`+ (${name(single.count)} - 1)${name(single.step)}`);
    terms.delete(monomial);
    terms.delete(single.step);
  }
  const rest = lowestFirst(terms).map(([monomial, k]) => signed(k, product(monomial)));
  const text = [...rest, ...steps].join(" ").replace(/^\+ /, "");
  return text === "" ? "0" : text.replace(/^- /, "-");
}

/** 1 before h before h s, letters in their order. */
function lowestFirst(terms: ReadonlyMap<string, bigint>): [string, bigint][] {
  const degree = (monomial: string) => factorsOf(monomial).length;
  return [...terms].sort(([m], [n]) => degree(m) - degree(n) || (m < n ? -1 : 1));
}

/** n s − s, the way to the last of n places, as n and s. */
function lastStep(
  terms: ReadonlyMap<string, bigint>,
  monomial: string,
  [x, y]: readonly [string, string],
): { count: string; step: string } | undefined {
  if (terms.get(monomial) !== 1n) return undefined;
  const step = [x, y].find((name) => terms.get(name) === -1n);
  return step === undefined ? undefined : { count: step === x ? y : x, step };
}

function signed(k: bigint, product: string): string {
  const size = k < 0n ? -k : k;
  const number = size === 1n && product !== "" ? "" : String(size);
  return `${k < 0n ? "-" : "+"} ${[number, product].filter((part) => part !== "").join(" ")}`;
}
