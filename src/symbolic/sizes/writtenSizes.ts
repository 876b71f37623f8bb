/** The sizes that are written in a statement, and those of its matrices. */

import { builtIns } from "../language/builtIns.js";
import { children, type Expression, name, productOf, type Statement, same } from "../language/expression.js";
import type { Polynomial } from "../language/polynomial.js";
import type { World } from "../world/world.js";

/** How many of the first parts are matrices, not sizes or names. */
export function matrixParts(e: Expression): number {
  return e.kind === "call" ? builtIns[e.name].matrices : children(e).length;
}

/** The sizes that the statement and its matrices have, each once. */
export function candidateSizes(world: World, { left, right }: Statement): Expression[] {
  const sizes = [left, right].flatMap((e) => [...writtenSizes(e), ...declaredSizes(world, e)]);
  return sizes.filter((size, at) => sizes.findIndex((other) => same(other, size)) === at);
}

/** The sizes that stand in an expression itself, as n in I(n). */
export function writtenSizes(e: Expression): Expression[] {
  const own = e.kind === "call" ? children(e).slice(matrixParts(e)) : [];
  const sizes = e.kind === "call" && e.name === "d" ? [] : own;
  return [...sizes, ...children(e).slice(0, matrixParts(e)).flatMap(writtenSizes)];
}

function declaredSizes(world: World, e: Expression): Expression[] {
  if (e.kind === "name") {
    const matrix = world.matrices.get(e.name);
    return matrix ? [matrix.rowDigits, matrix.colDigits].flatMap(sizeExpression) : [];
  }
  const map = e.kind === "apply" ? world.maps.get(e.name) : undefined;
  const own = map
    ? [map.rows, map.cols].flatMap((counters) => sizeExpression(counters.map(({ size }) => size)))
    : [];
  return [...own, ...children(e).flatMap((part) => declaredSizes(world, part))];
}

/** A size as it is written: the product of its digits, where each is a name. */
function sizeExpression(digits: readonly Polynomial[]): Expression[] {
  const names = digits
    .map(({ terms }) => [...terms.keys()])
    .filter(([only, ...rest]) => only !== "" && rest.length === 0);
  if (names.length === 0 || names.length !== digits.length) return [];
  return [productOf(names.flatMap(([monomial]) => monomial.split("·").map((size) => name(size))))];
}
