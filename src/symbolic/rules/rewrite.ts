/** Applying a rule somewhere in an expression. */

import {
  binary,
  children,
  type Expression,
  negated,
  transposed,
  withChildren,
} from "../language/expression.js";
import { matrixParts } from "../sizes/writtenSizes.js";
import type { World } from "../world/world.js";
import { productParts, writtenProduct } from "./products.js";
import type { Context, Rule } from "./rule.js";

/** The expression rewritten at the first place where the rule applies, the outermost first; else undefined. */
export function rewrite(rule: Rule, e: Expression, context: Context): Expression | undefined {
  return rewriteWith((part) => rule.apply(part, context), e, context.world);
}

/** The expression rewritten until the rule applies nowhere; undefined where it applies nowhere at all. */
export function rewriteEverywhere(rule: Rule, e: Expression, context: Context): Expression | undefined {
  let last = rewrite(rule, e, context);
  let places = 0;
  for (let next = last; next !== undefined && places++ < mostPlaces; next = rewrite(rule, next, context))
    last = next;
  return last;
}

/** A rule that undoes itself, as aᵀ b = bᵀ a, has no end. */
const mostPlaces = 1000;

/** The same for any function of an expression that rewrites it at its root. */
export function rewriteWith(
  change: (e: Expression) => Expression | undefined,
  e: Expression,
  world: World,
): Expression | undefined {
  const here = change(e);
  if (here) return here;
  const parts = children(e);
  for (const at of places(e)) {
    const part = rewriteWith(change, parts[at], world);
    if (part) return regrouped(world, withPart(e, at, part));
  }
  return undefined;
}

/** The expression with another part, grouped again as a reader would write it. */
export function withPart(e: Expression, at: number, part: Expression): Expression {
  return withChildren(
    e,
    children(e).map((old, k) => (k === at ? part : old)),
  );
}

/** Which parts are matrices: sizes, and what a differential is taken by, are never rewritten. */
export function places(e: Expression): number[] {
  return Array.from({ length: matrixParts(e) }, (_, at) => at);
}

/** A (B C) is A B C, A + (−B) is A − B, and a double sign is none. */
export function regrouped(world: World, e: Expression): Expression {
  if (e.kind === "binary" && e.op === "*") {
    const nested = isProduct(e.left) || isProduct(e.right);
    return nested ? writtenProduct(productParts(world, e)) : e;
  }
  if (e.kind === "binary" && (e.op === "+" || e.op === "-") && isNegated(e.right)) {
    return binary(e.op === "+" ? "-" : "+", e.left, e.right.of);
  }
  if (e.kind === "unary") return e.op === "'" ? transposed(e.of) : isNegated(e.of) ? e.of.of : negated(e.of);
  return e;
}

function isProduct(e: Expression): boolean {
  return isNegated(e) || (e.kind === "binary" && (e.op === "*" || e.op === "/"));
}

function isNegated(e: Expression): e is Extract<Expression, { kind: "unary" }> {
  return e.kind === "unary" && e.op === "-";
}
