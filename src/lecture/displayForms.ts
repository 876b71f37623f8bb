/** The forms in which a display says what a certified statement says. */

import { holdsForAllSizes } from "../symbolic/check/check.js";
import {
  binary,
  call,
  children,
  type Expression,
  name as nameOf,
  type Statement,
  same,
  withChildren,
} from "../symbolic/language/expression.js";
import { alike } from "../symbolic/rules/alike.js";
import { derivativeName, unwrittenSize } from "../symbolic/world/readTex.js";
import { ShapeError, sameShape, shapeOf } from "../symbolic/world/shapes.js";
import { standingIn } from "../symbolic/world/standing.js";
import { TexError } from "../symbolic/world/texWords.js";
import type { World } from "../symbolic/world/world.js";
import { foreignNames } from "../symbolic/world/writtenNames.js";

/** How many ways to fill in sizes are tried. */
const mostFillings = 600;

/** Whether it does, with one of the statement's sizes for each that it does not write. Throws TexError for too many of them. */
export function says(world: World, shown: Statement, certified: Statement): boolean {
  const open = [...new Set([...unwritten(shown.left), ...unwritten(shown.right)])];
  const sizes = [...writtenSizes(certified.left), ...writtenSizes(certified.right)];
  const each = sizes.filter((size, at) => sizes.findIndex((one) => same(one, size)) === at);
  if (each.length ** open.length > mostFillings) throw new TexError("too many sizes are not written");
  let filled = [shown];
  for (const size of open)
    filled = filled.flatMap(({ left, right }) =>
      each.map((by) => ({ left: replaced(left, size, by), right: replaced(right, size, by) })),
    );
  return filled.some((one) => saysAll(world, one, certified));
}

function* unwritten(e: Expression): Generator<string> {
  if (e.kind === "name" && e.name.startsWith(unwrittenSize)) yield e.name;
  for (const part of children(e)) yield* unwritten(part);
}

const firstSize: Readonly<Record<string, number>> = { I: 0, ones: 0, K: 0, mat: 1 };

/** The sizes below I, K, 𝟙 and mat. */
function* writtenSizes(e: Expression): Generator<Expression> {
  if (e.kind === "call" && e.name in firstSize) yield* e.args.slice(firstSize[e.name]);
  for (const part of children(e)) yield* writtenSizes(part);
}

function replaced(e: Expression, name: string, by: Expression): Expression {
  if (e.kind === "name" && e.name === name) return by;
  const parts = children(e).map((part) => replaced(part, name, by));
  return withChildren(e, parts);
}

/** A display that writes all its sizes. */
function saysAll(world: World, shown: Statement, certified: Statement): boolean {
  const { left, right } = shown;
  if (left.kind === "apply" && left.name === derivativeName)
    return saysDerivative(world, left.args, right, certified);
  const [placeholder, ...more] = foreignNames(world, left);
  if (placeholder === undefined) return isPair(world, shown, certified);
  if (more.length > 0 || placeholder.endsWith("()")) return false;
  return saysOf(world, placeholder, shown, certified);
}

function isPair(world: World, shown: Statement, { left, right }: Statement): boolean {
  const isSides = (x: Expression, y: Expression): boolean =>
    equals(world, shown.left, x) && equals(world, shown.right, y);
  return isSides(left, right) || isSides(right, left);
}

/** One undeclared name on the left: it stands for a whole side, or for a part of one. */
function saysOf(world: World, name: string, { left, right }: Statement, certified: Statement): boolean {
  const sides = [certified.left, certified.right];
  if (left.kind === "name")
    return sides.some((side) => equals(world, right, side) || equals(world, call("vec", right), side));
  return sides.some((side, at) => fits(name, left, side) && equals(world, right, sides[1 - at]));
}

/** Whether the pattern is the expression, where the name in it stands for one and the same part. */
function fits(name: string, pattern: Expression, e: Expression): boolean {
  const parts = [...partsAt(name, pattern, e)];
  return parts.length > 0 && parts.every((part) => part !== "differs" && same(part, parts[0] as Expression));
}

function* partsAt(name: string, pattern: Expression, e: Expression): Generator<Expression | "differs"> {
  if (pattern.kind === "name" && pattern.name === name) return yield e;
  const [parts, others] = [children(pattern), children(e)];
  if (parts.length !== others.length || !same(withChildren(pattern, others), e)) return yield "differs";
  for (const [k, part] of parts.entries()) yield* partsAt(name, part, others[k]);
}

/** ∂E/∂vec(X)ᵀ = right, where the statement is d(E, X) = right vec(dX). */
function saysDerivative(
  world: World,
  [of, by]: readonly Expression[],
  right: Expression,
  { left, right: differential }: Statement,
): boolean {
  if (left.kind !== "call" || left.name !== "d") return false;
  const [inner, X] = left.args;
  const column = by.kind === "unary" ? by.of : by;
  const variable = column.kind === "call" && column.name === "vec" ? column.args[0] : column;
  if (X.kind !== "name" || !same(variable, X) || !isDerivedFrom(world, of, inner)) return false;
  const dX = nameOf(`d${X.name}`);
  return [dX, call("vec", dX)].some((moved) => equals(world, binary("*", right, moved), differential));
}

/** A loss stands for what it is taken at; a name that is not declared, for anything. */
function isDerivedFrom(world: World, of: Expression, inner: Expression): boolean {
  if (of.kind !== "name") return foreignNames(world, of).length === 0 && equals(world, of, inner);
  if (world.losses.has(of.name)) return inner.kind === "apply" && inner.name === of.name;
  return foreignNames(world, of).length > 0 || equals(world, of, inner);
}

/** Written alike, or proved to be equal for all sizes. */
function equals(world: World, x: Expression, y: Expression): boolean {
  try {
    if (!sameShape(world, shapeOf(world, x), shapeOf(world, y))) return false;
    if (alike(world, x, y)) return true;
    return holdsForAllSizes(world, { left: x, right: y }, { standing: standingIn(world, [y]) });
  } catch (error) {
    if (error instanceof ShapeError) return false;
    throw error;
  }
}
