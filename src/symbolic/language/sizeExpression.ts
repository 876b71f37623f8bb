/** Sizes in the order the lecture writes them: h h d_in, d_out a_out b_out. */

import { binary, type Expression, name, negated, number } from "./expression.js";
import { factorsOf, type Polynomial, sortedTerms } from "./polynomial.js";

/** Channels before heights before widths; what is none of them comes first. */
const order = ["d", "a", "b"];

/** The factors of a product of sizes, in the lecture's order. */
export function inOrder(monomial: string): string[] {
  const rank = (size: string) => order.indexOf(size[0]);
  return [...factorsOf(monomial)].sort((m, n) => rank(m) - rank(n) || (m < n ? -1 : m > n ? 1 : 0));
}

/** A size as text in the lecture's order: h·h·d_in, 2·h − 1. */
export function sizeText(size: Polynomial): string {
  const terms = sortedTerms(size).map(([monomial, k], at) => {
    const factors = [...(k === 1n || k === -1n ? [] : [String(k < 0n ? -k : k)]), ...inOrder(monomial)];
    const sign = k < 0n ? (at > 0 ? "− " : "−") : at > 0 ? "+ " : "";
    return sign + (factors.join("·") || "1");
  });
  return terms.join(" ") || "0";
}

/** The expression that a size is written as. */
export function sizeExpression(size: Polynomial): Expression {
  const terms = sortedTerms(size);
  if (terms.length === 0) return number(0);
  return terms
    .slice(1)
    .reduce<Expression>(
      (sum, [monomial, k]) => binary(k < 0n ? "-" : "+", sum, productOfSizes(monomial, k < 0n ? -k : k)),
      first(...terms[0]),
    );
}

function first(monomial: string, k: bigint): Expression {
  return k < 0n ? negated(productOfSizes(monomial, -k)) : productOfSizes(monomial, k);
}

function productOfSizes(monomial: string, k: bigint): Expression {
  const names: Expression[] = inOrder(monomial).map(name);
  const factors = k === 1n && names.length > 0 ? names : [number(Number(k)), ...names];
  return factors.reduce((left, right) => binary("*", left, right));
}
