/** Hints for an open line, from the name of its rule to the place where it applies; never the line itself. */

import { children, type Expression, name, withChildren } from "../language/expression.js";
import { print } from "../language/print.js";
import { usesOf } from "../rules/everyRewrite.js";
import type { Rule } from "../rules/rule.js";
import { shapeOf, shapeText } from "../world/shapes.js";
import { texOf } from "../world/tex.js";
import type { World } from "../world/world.js";

/** The line that a lecturer asks for. */
export interface Asked {
  readonly expression: Expression;
  /** The name of its rule, or what the lecturer wrote beside it. */
  readonly reason: string;
  readonly rule?: Rule;
  /** The factor that the rule is to keep, where the lecturer named one. */
  readonly keep?: string;
}

/** One hint; `tex` where a formula belongs to it. */
export interface HintPart {
  readonly text: string;
  readonly tex?: string;
}

/** All hints for a line, the least telling first. `before` is the line before it, where that is not open itself. */
export function hintsOf(world: World, asked: Asked, before: Expression | undefined): HintPart[] {
  const { rule, reason } = asked;
  if (!rule) return [{ text: reason }, ...hintsOfWritten(world, asked.expression)];
  return [
    { text: `use ${reason}` },
    { text: `it says (${rule.source})`, tex: rule.law },
    before ? whereItApplies(world, { ...asked, rule }, before) : { text: "first write the line before" },
  ];
}

function whereItApplies(
  world: World,
  { rule, keep }: { readonly rule: Rule; readonly keep?: string },
  before: Expression,
): HintPart {
  const [use] = usesOf(rule, before, { world, keep });
  const kept = keep === undefined ? "" : `, keeping ${keep}`;
  return { text: `it applies to ${print(use.place)}${kept}`, tex: texOf(world, use.place) };
}

function hintsOfWritten(world: World, e: Expression): HintPart[] {
  return [
    { text: `it is ${shapeText(shapeOf(world, e))}` },
    { text: `it has the form ${print(skeleton(e, 3))}` },
  ];
}

/** The expression with its parts left open below a depth. */
function skeleton(e: Expression, depth: number): Expression {
  if (depth === 0 || children(e).length === 0) return name("□");
  const isChain = e.kind === "binary" && e.op === "*";
  const below = (part: Expression) =>
    isChain && part.kind === "binary" && part.op === "*" ? depth : depth - 1;
  return withChildren(
    e,
    children(e).map((part) => skeleton(part, below(part))),
  );
}
