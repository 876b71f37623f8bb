/**
 * Where two expressions differ. Equals in the same surroundings give equals, so the statements found here prove the
 * whole one: a line of a derivation differs from the one before it in one small part.
 */

import { builtIns } from "../language/builtIns.js";
import {
  binary,
  children,
  type Expression,
  factors,
  negated,
  number,
  productOf,
  type Statement,
  same,
} from "../language/expression.js";
import { hasOneLossArgument } from "../world/lossArguments.js";
import { ShapeError, sameShape, shapeOf } from "../world/shapes.js";
import type { World } from "../world/world.js";

/**
 * Statements about parts from which left = right follows; the statement itself where it has no such parts. Nothing is
 * taken apart where a loss stands at two different arguments.
 */
export function differingParts(world: World, statement: Statement): readonly Statement[] {
  if (!hasOneLossArgument(world, statement)) return [statement];
  return partsOf(world, statement.left, statement.right);
}

function partsOf(world: World, left: Expression, right: Expression): readonly Statement[] {
  if (same(left, right)) return [];
  const parts =
    partsOfSums(world, left, right) ?? partsOfProducts(world, left, right) ?? inside(world, left, right);
  return parts.every((part) => fits(world, part)) ? parts : [{ left, right }];
}

/** Sums without the terms that both have. */
function partsOfSums(world: World, left: Expression, right: Expression): readonly Statement[] | undefined {
  const [x, y] = [terms(left), terms(right)];
  if (x.length < 2 && y.length < 2) return undefined;
  const rest = x.filter((term) => !remove(y, term));
  if (rest.length === x.length) return undefined;
  if (rest.length + y.length === 0) return [];
  if (rest.length === 1 && y.length === 1 && rest[0].minus === y[0].minus)
    return partsOf(world, rest[0].e, y[0].e);
  return [{ left: sumOf(rest), right: sumOf(y) }];
}

interface SignedTerm {
  readonly e: Expression;
  readonly minus: boolean;
}

function terms(e: Expression, minus = false): SignedTerm[] {
  if (e.kind === "unary" && e.op === "-") return terms(e.of, !minus);
  if (e.kind !== "binary" || (e.op !== "+" && e.op !== "-")) return [{ e, minus }];
  return [...terms(e.left, minus), ...terms(e.right, minus !== (e.op === "-"))];
}

/** Takes one such term out of the list; whether there was one. */
function remove(list: SignedTerm[], { e, minus }: SignedTerm): boolean {
  const at = list.findIndex((other) => other.minus === minus && same(other.e, e));
  if (at >= 0) list.splice(at, 1);
  return at >= 0;
}

/** A sum of no terms is 0, and fits nothing but a number. */
function sumOf(list: readonly SignedTerm[]): Expression {
  const signed = list.map(({ e, minus }) => (minus ? negated(e) : e));
  return signed.length === 0 ? number(0) : signed.reduce((x, y) => binary("+", x, y));
}

/** Products without the factors with which both begin and end. */
function partsOfProducts(
  world: World,
  left: Expression,
  right: Expression,
): readonly Statement[] | undefined {
  const [x, y] = [factors(left), factors(right)];
  const most = Math.min(x.length, y.length) - 1;
  let [first, last] = [0, 0];
  while (first < most && same(x[first], y[first])) first++;
  while (first + last < most && same(x[x.length - 1 - last], y[y.length - 1 - last])) last++;
  if (first + last === 0) return undefined;
  const [p, q] = [x, y].map((list) => list.slice(first, list.length - last));
  if (p.length === 1 && q.length === 1) return partsOf(world, p[0], q[0]);
  return [{ left: productOf(p), right: productOf(q) }];
}

/** The same function, operator or transpose of different parts. */
function inside(world: World, left: Expression, right: Expression): readonly Statement[] {
  const [x, y] = [children(left), children(right)];
  if (!isSameOperation(world, left, right) || x.length !== y.length) return [{ left, right }];
  return x.flatMap((part, k) => partsOf(world, part, y[k]));
}

/** What only sizes, or what a differential is taken by, tell apart is not taken apart. */
function isSameOperation(world: World, left: Expression, right: Expression): boolean {
  if (left.kind === "unary" && right.kind === "unary") return left.op === right.op;
  if (left.kind === "binary" && right.kind === "binary") return left.op === right.op && left.op !== "*";
  if (left.kind === "apply")
    return right.kind === "apply" && left.name === right.name && !world.losses.has(left.name);
  if (left.kind !== "call" || right.kind !== "call" || left.name !== right.name) return false;
  // relu(X) − relu(−X) is X, but d of the one is 0 at X = 0: d goes through ReLU as it is written.
  if (left.name === "d" && [left, right].some(hasRelu)) return false;
  const { matrices } = builtIns[left.name];
  return matrices > 0 && left.args.every((arg, k) => k < matrices || same(arg, right.args[k]));
}

function hasRelu(e: Expression): boolean {
  return (e.kind === "call" && (e.name === "relu" || e.name === "drelu")) || children(e).some(hasRelu);
}

function fits(world: World, { left, right }: Statement): boolean {
  try {
    return sameShape(world, shapeOf(world, left), shapeOf(world, right));
  } catch (error) {
    if (error instanceof ShapeError) return false;
    throw error;
  }
}
