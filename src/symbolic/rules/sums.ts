/** Sums of products, and sums over the instances. */

import { binary, call, type Expression, name, negated, same } from "../language/expression.js";
import { print } from "../language/print.js";
import { sizeExpression } from "../language/sizeExpression.js";
import { dependsOnInstance } from "../world/instances.js";
import { shapeOf } from "../world/shapes.js";
import { instancesSize, type World } from "../world/world.js";
import { argsOf, isDifferential } from "./match.js";
import {
  cancelled,
  type ProductParts,
  productParts,
  unitParts,
  withChain,
  writtenProduct,
  zeroOf,
} from "./products.js";
import type { Rule } from "./rule.js";

/** Distributing, collecting, adding up like terms; what does not differ between instances leaves the sum over them. */
export const sumRules: readonly Rule[] = [
  {
    name: "distribute",
    law: "A (B + C) = A B + A C, \\quad (A + B) C = A C + B C",
    source: "mathlib Matrix.mul_add, Matrix.add_mul",
    apply: (e, { world }) => distributed(world, e),
  },
  {
    name: "collect",
    law: "A X + B X = (A + B) X, \\quad A X + A Y = A (X + Y)",
    source: "mathlib Matrix.mul_add, Matrix.add_mul",
    apply: (e, { world }) => collected(world, e),
  },
  {
    name: "collect-multiples",
    law: "A X + c X = (A + c \\mathcal{I}) X, \\quad a x + b x = (a + b) x \\text{ for numbers } a, b \\text{ or } x",
    source: "mathlib add_smul, Matrix.add_mul, Matrix.smul_eq_diagonal_mul",
    apply: (e, { world }) => collectedMultiples(world, e),
  },
  {
    name: "like-terms",
    law: "A + A = 2 A, \\quad A + 0 = A, \\quad \\frac{c A}{c} = A",
    source: "mathlib two_smul, add_zero",
    apply: (e, { world }) => likeTerms(world, e),
  },
  {
    name: "instances-of-sum",
    law: "\\sum_i (A_i + B_i) = \\sum_i A_i + \\sum_i B_i",
    source: "mathlib Finset.sum_add_distrib",
    apply: (e) => {
      const E = argsOf(e, "Sum")?.[0];
      if (E?.kind !== "binary" || (E.op !== "+" && E.op !== "-")) return undefined;
      return binary(E.op, call("Sum", E.left), call("Sum", E.right));
    },
  },
  {
    name: "out-of-instances",
    law: "\\sum_i A_i X = \\left(\\sum_i A_i\\right) X, \\quad \\sum_i A X_i = A \\sum_i X_i",
    source: "mathlib Matrix.sum_mul, Matrix.mul_sum",
    apply: (e, { world }) => outOfInstances(world, e),
  },
  {
    name: "instances-of-constant",
    law: "\\sum_i A = l A \\text{ where } A \\text{ is the same in all instances}",
    source: "mathlib Finset.sum_const",
    apply: (e, { world }) => {
      const E = argsOf(e, "Sum")?.[0];
      if (!E || !world.dimensions.has(instancesSize) || dependsOnInstance(world, E)) return undefined;
      return writtenProduct(productParts(world, binary("*", name(instancesSize), E)));
    },
  },
];

/** The terms of a sum with their signs. */
export function termsOf(e: Expression): { readonly term: Expression; readonly minus: boolean }[] {
  if (e.kind === "binary" && (e.op === "+" || e.op === "-")) {
    const right = termsOf(e.right).map(({ term, minus }) => ({ term, minus: minus !== (e.op === "-") }));
    return [...termsOf(e.left), ...right];
  }
  if (e.kind === "unary" && e.op === "-")
    return termsOf(e.of).map(({ term, minus }) => ({ term, minus: !minus }));
  return [{ term: e, minus: false }];
}

/** The sum of terms with signs, from the left. */
export function sumOf(terms: readonly { readonly term: Expression; readonly minus: boolean }[]): Expression {
  const [first, ...rest] = terms;
  return rest.reduce<Expression>(
    (sum, { term, minus }) => binary(minus ? "-" : "+", sum, term),
    first.minus ? negated(first.term) : first.term,
  );
}

function distributed(world: World, e: Expression): Expression | undefined {
  if (e.kind !== "binary" || (e.op !== "*" && e.op !== "/")) return undefined;
  const parts = productParts(world, e);
  const isSum = (factor: Expression) => termsOf(factor).length > 1;
  for (const place of ["chain", "scalars"] as const) {
    const moving = parts[place].findLastIndex((factor) => isSum(factor) && isDifferential(world, factor));
    const at = moving >= 0 ? moving : parts[place].findIndex(isSum);
    if (at < 0) continue;
    const terms = termsOf(parts[place][at]).map(({ term, minus }) => {
      const factors = parts[place].map((factor, k) => (k === at ? term : factor));
      return signed(productParts(world, writtenProduct({ ...parts, [place]: factors })), minus);
    });
    return sumOf(terms);
  }
  return undefined;
}

/** A product in a sum: its sign goes to the sum. */
function signed(parts: ProductParts, minus: boolean): { term: Expression; minus: boolean } {
  const isNegative = parts.over < 0;
  return { term: writtenProduct({ ...parts, over: Math.abs(parts.over) }), minus: minus !== isNegative };
}

type SignedProduct = ProductParts & { readonly minus: boolean };

/** All terms end (or begin) with the same factor: the sum of what is left of them times it. */
function collected(world: World, e: Expression): Expression | undefined {
  const terms = termsOf(e);
  if (terms.length < 2) return undefined;
  const parts = terms.map(({ term, minus }) => ({ ...productParts(world, term), minus }));
  const lengths = parts.map(({ chain }) => chain.length);
  if (Math.min(...lengths) < 1 || Math.max(...lengths) < 2) return undefined;
  const [first] = parts;
  const last = first.chain[first.chain.length - 1];
  if (parts.every(({ chain }) => same(chain[chain.length - 1], last))) {
    const left = partsSum(parts, (chain) => chain.slice(0, -1));
    if (left) return binary("*", left, last);
  }
  if (parts.every(({ chain }) => same(chain[0], first.chain[0]))) {
    const right = partsSum(parts, (chain) => chain.slice(1));
    if (right) return binary("*", first.chain[0], right);
  }
  return undefined;
}

/** All terms end with the same factor, before which some have numbers alone; or a number with the differential is in all. */
function collectedMultiples(world: World, e: Expression): Expression | undefined {
  const terms = termsOf(e).map(({ term, minus }) => ({ ...productParts(world, term), minus }));
  if (terms.length < 2) return undefined;
  const ofNumber = multiplesOfNumber(world, terms);
  const X = terms[0].chain.at(-1);
  if (ofNumber || !X || !terms.every(({ chain }) => same(chain.at(-1) ?? e, X))) return ofNumber;
  return multiplesOf(world, X, terms);
}

/** (A + B) x for a number x that holds the differential. */
function multiplesOfNumber(world: World, terms: readonly SignedProduct[]): Expression | undefined {
  const x = terms[0].scalars.find((number) => isDifferential(world, number));
  const places = terms.map(({ scalars }) => scalars.findIndex((number) => x && same(number, x)));
  if (!x || places.includes(-1)) return undefined;
  const rest = terms.map((term, at) => ({ ...term, scalars: term.scalars.toSpliced(places[at], 1) }));
  return binary("*", sumOf(rest.map((term) => signed(term, term.minus))), x);
}

/** (A + c I) X; where all are multiples, (a + c) X. */
function multiplesOf(world: World, X: Expression, terms: readonly SignedProduct[]): Expression | undefined {
  const alone = terms.filter(({ chain }) => chain.length === 1).length;
  if (alone === 0) return undefined;
  const I = call("I", sizeExpression(shapeOf(world, X).rows));
  const sum = sumOf(
    terms.map((term) => {
      const rest = term.chain.slice(0, -1);
      const chain = rest.length === 0 && alone < terms.length ? [I] : rest;
      return signed(withChain(term, chain), term.minus);
    }),
  );
  return binary("*", sum, X);
}

/** Undefined where what is left of the terms is not of one size: a number beside a matrix. */
function partsSum(
  parts: readonly SignedProduct[],
  rest: (chain: readonly Expression[]) => readonly Expression[],
): Expression | undefined {
  const sizes = parts.map(({ chain }) => rest(chain).length > 0);
  if (sizes.some((some) => some !== sizes[0]) || !sizes[0]) return undefined;
  const sum = sumOf(parts.map((part) => signed(withChain(part, rest(part.chain)), part.minus)));
  return sum;
}

/** Terms alike but for their number are added; zeros and what stands above and below a bar go. */
function likeTerms(world: World, e: Expression): Expression | undefined {
  const terms = termsOf(e).map(({ term, minus }) => {
    const parts = productParts(world, term);
    return cancelled({ ...parts, over: minus ? -parts.over : parts.over });
  });
  const kept: ProductParts[] = [];
  for (const term of terms) {
    const at = kept.findIndex((other) => same(bare(other), bare(term)));
    if (at < 0) kept.push(term);
    else kept[at] = added(kept[at], term);
  }
  const rest = kept.filter(({ over }) => over !== 0);
  const sum = rest.length === 0 ? zeroOf(shapeOf(world, e)) : sumOf(rest.map((term) => signed(term, false)));
  return isShorter(world, sum, e) ? sum : undefined;
}

/** Without its number; scalars in one order, whichever they were written in. */
function bare(product: ProductParts): Expression {
  const sorted = (list: readonly Expression[]) => list.toSorted((x, y) => (print(x) < print(y) ? -1 : 1));
  const { scalars, divisors } = product;
  return writtenProduct({
    ...product,
    over: 1,
    under: 1,
    scalars: sorted(scalars),
    divisors: sorted(divisors),
  });
}

/** a/b + c/d */
function added(x: ProductParts, y: ProductParts): ProductParts {
  return cancelled({ ...x, over: x.over * y.under + y.over * x.under, under: x.under * y.under });
}

/** Only what has become simpler counts as a step: fewer terms, or fewer factors above and below. */
function isShorter(world: World, x: Expression, y: Expression): boolean {
  return weight(world, x) < weight(world, y);
}

function weight(world: World, e: Expression): number {
  const parts = termsOf(e).map(({ term }) => productParts(world, term));
  const sizes = parts.map(
    ({ over, under, scalars, divisors, chain }) =>
      1 + scalars.length + divisors.length + chain.length + (over === 0 ? 1 : Math.abs(over) + under) / 1e6,
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** What stands before the first and after the last factor that varies, and every scalar that does not. */
function outOfInstances(world: World, e: Expression): Expression | undefined {
  const E = argsOf(e, "Sum")?.[0];
  if (!E) return undefined;
  const { chain, scalars, ...parts } = productParts(world, E);
  const varies = (factor: Expression) => dependsOnInstance(world, factor);
  const [first, end] = [chain.findIndex(varies), chain.findLastIndex(varies) + 1];
  if (parts.divisors.some(varies) || (first < 0 && !scalars.some(varies))) return undefined;
  const inner = {
    ...unitParts,
    scalars: scalars.filter(varies),
    chain: first < 0 ? [] : chain.slice(first, end),
  };
  const sum = call("Sum", writtenProduct(inner));
  const around = first < 0 ? [sum, ...chain] : [...chain.slice(0, first), sum, ...chain.slice(end)];
  const outside = { ...parts, scalars: scalars.filter((scalar) => !varies(scalar)), chain: around };
  return same(writtenProduct(outside), e) ? undefined : writtenProduct(outside);
}
