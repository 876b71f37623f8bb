/** Every line that a rule can make of an expression. */

import { children, type Expression } from "../language/expression.js";
import { print } from "../language/print.js";
import type { World } from "../world/world.js";
import { argsOf } from "./match.js";
import { productParts } from "./products.js";
import { places, regrouped, rewriteEverywhere, withPart } from "./rewrite.js";
import type { Context, Rule } from "./rule.js";

/** One use of a rule: what it was applied to, and the whole expression afterwards. */
export interface RuleUse {
  readonly place: Expression;
  readonly result: Expression;
}

/** Each use of the rule at one place, the outermost first; a rule that keeps a factor is asked with the context's. */
export function usesOf(rule: Rule, e: Expression, context: Context): RuleUse[] {
  const here = rule.apply(e, context);
  const parts = children(e);
  const inner = places(e).flatMap((at) =>
    usesOf(rule, parts[at], context).map(({ place, result }) => ({
      place,
      result: regrouped(context.world, withPart(e, at, result)),
    })),
  );
  return here ? [{ place: e, result: here }, ...inner] : inner;
}

/** All that the rule can make of e at one place, whichever factor it keeps. */
export function rewrites(rule: Rule, e: Expression, world: World): Expression[] {
  const kept = [undefined, ...factorsIn(world, e)];
  return kept.flatMap((keep) => usesOf(rule, e, { world, keep }).map(({ result }) => result));
}

/** The same, and what it makes where it is used at every place. */
export function everyRewrite(rule: Rule, e: Expression, world: World): Expression[] {
  const everywhere = [undefined, ...factorsIn(world, e)].map((keep) =>
    rewriteEverywhere(rule, e, { world, keep }),
  );
  return [...rewrites(rule, e, world), ...everywhere.filter((made) => made !== undefined)];
}

/** The factors of every product in e, as a derivation names them. */
function factorsIn(world: World, e: Expression): Set<string> {
  const own = e.kind === "binary" && e.op === "*" ? productParts(world, e).chain.map(print) : [];
  const hadamard = e.kind === "binary" && e.op === ".*" ? [e.left, e.right].map(print) : [];
  const inner = argsOf(e, "I") || argsOf(e, "ones") || argsOf(e, "K") ? [] : places(e);
  return new Set([...own, ...hadamard, ...inner.flatMap((at) => [...factorsIn(world, children(e)[at])])]);
}
