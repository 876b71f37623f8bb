/** Where a strategy applies a rule: along the sums that a differential is made of, and in which of their factors. */

import { children, type Expression } from "../language/expression.js";
import { equal, one } from "../language/polynomial.js";
import { argsOf, isDifferential, untransposed } from "../rules/match.js";
import { productParts, writtenProduct } from "../rules/products.js";
import { regrouped, rewriteWith, withPart } from "../rules/rewrite.js";
import type { Rule } from "../rules/rule.js";
import { shapeOf } from "../world/shapes.js";
import type { World } from "../world/world.js";

/** Rewrites an expression by a rule at the first of the places that it looks at. */
export type RewriteIn = (rule: Rule, e: Expression, world: World) => Expression | undefined;

/** Anywhere, the outermost place first. */
export function everywhere(rule: Rule, e: Expression, world: World): Expression | undefined {
  return rewriteWith((part) => rule.apply(part, { world }), e, world);
}

/** Anywhere but within d(E, X): what is differentiated once more must still say what it is. */
export function outsideDifferentials(rule: Rule, e: Expression, world: World): Expression | undefined {
  const here = rule.apply(e, { world });
  if (here || argsOf(e, "d")) return here;
  const parts = children(e);
  for (const [at, part] of parts.entries()) {
    const result = outsideDifferentials(rule, part, world);
    if (result) return regrouped(world, withPart(e, at, result));
  }
  return undefined;
}

/** Only along the sums that the differential is made of, not inside their factors. */
export function inTerms(rule: Rule, e: Expression, world: World): Expression | undefined {
  return alongSums(world, e, (term) =>
    isDifferential(world, term) ? rule.apply(term, { world }) : undefined,
  );
}

/** diag(dX) w: the differential must leave the diagonal. */
export function inTermsWithDiag(rule: Rule, e: Expression, world: World): Expression | undefined {
  return alongSums(world, e, (term) => {
    const diag = productParts(world, term).chain.find((factor) => argsOf(factor, "diag"));
    return diag && isDifferential(world, diag) ? rule.apply(term, { world }) : undefined;
  });
}

/** In a term that is a product: a sum above a bar stays above it. */
export function inProducts(rule: Rule, e: Expression, world: World): Expression | undefined {
  return alongSums(world, e, (term) =>
    term.kind === "binary" && term.op === "*" && isDifferential(world, term)
      ? rule.apply(term, { world })
      : undefined,
  );
}

/** In the factor that holds the differential, at its root. */
export function inLastFactor(rule: Rule, e: Expression, world: World): Expression | undefined {
  return inFactor(world, e, -1, (last) =>
    isDifferential(world, last) ? rule.apply(last, { world }) : undefined,
  );
}

/** vec(v) = v and vec(vᵀ) = v only where v is a column: the differential of a row stays vec(dX). */
export function inLastColumn(rule: Rule, e: Expression, world: World): Expression | undefined {
  return inFactor(world, e, -1, (last) => {
    const v = argsOf(last, "vec")?.[0];
    const isColumn = v && equal(shapeOf(world, untransposed(v) ?? v).cols, one);
    return isColumn && isDifferential(world, v) ? rule.apply(last, { world }) : undefined;
  });
}

/** In vec(v)ᵀ before the differential. */
export function inFirstRow(rule: Rule, e: Expression, world: World): Expression | undefined {
  return inFactor(world, e, 0, (first) => {
    const v = untransposed(first);
    const result = v && rule.apply(v, { world });
    return result && regrouped(world, { kind: "unary", op: "'", of: result });
  });
}

/** The first (0) or the last (−1) factor of every term, rewritten at its root; a number may hold the differential. */
function inFactor(
  world: World,
  e: Expression,
  place: 0 | -1,
  change: (factor: Expression) => Expression | undefined,
): Expression | undefined {
  return alongSums(world, e, (term) => {
    if (term.kind === "binary" && (term.op === "+" || term.op === "-")) return undefined;
    const parts = productParts(world, term);
    const inChain = changedAt(parts.chain, place === 0 ? 0 : parts.chain.length - 1, change);
    if (inChain) return regrouped(world, writtenProduct({ ...parts, chain: inChain }));
    const scalar = parts.scalars.findIndex((factor) => isDifferential(world, factor));
    const inScalars = place === -1 ? changedAt(parts.scalars, scalar, change) : undefined;
    return inScalars && regrouped(world, writtenProduct({ ...parts, scalars: inScalars }));
  });
}

function changedAt(
  factors: readonly Expression[],
  at: number,
  change: (factor: Expression) => Expression | undefined,
): Expression[] | undefined {
  const result = factors[at] && change(factors[at]);
  return result && factors.map((factor, k) => (k === at ? result : factor));
}

/** What `change` makes of the expression, else of its terms, of the instances of a Σ, of what a bar divides. */
function alongSums(
  world: World,
  e: Expression,
  change: (term: Expression) => Expression | undefined,
): Expression | undefined {
  const here = change(e);
  if (here) return here;
  const parts = children(e);
  for (const at of inner(e)) {
    const part = alongSums(world, parts[at], change);
    if (part) return regrouped(world, withPart(e, at, part));
  }
  return undefined;
}

function inner(e: Expression): number[] {
  if (e.kind === "binary")
    return e.op === "+" || e.op === "-" ? [0, 1] : e.op === "/" ? [0] : e.op === "*" ? [1] : [];
  if (e.kind === "unary") return e.op === "-" ? [0] : [];
  return argsOf(e, "Sum") ? [0] : [];
}
