/** Sizes that may be below 1, as m − n and n − 1. */

import type { Expression, Statement } from "../language/expression.js";
import { constant, minus, one, type Polynomial, plus, substitute, variable } from "../language/polynomial.js";
import { ShapeError, sizeOf } from "../world/shapes.js";
import type { World } from "../world/world.js";
import { writtenSizes } from "./writtenSizes.js";

/** Of the sizes that stand in a statement itself, as m − n in I(m − n), those that may be below 1. */
export function doubtfulWrittenSizes(world: World, { left, right }: Statement): Polynomial[] {
  const written = [left, right].flatMap(writtenSizes).flatMap((size) => sizeIfAny(world, size));
  return written.filter((size) => !isAtLeastOne(size));
}

/** Whether a size is 0 or more wherever every dimension is 1 or more: with x = 1 + y no coefficient is negative. */
export function isNeverNegative(size: Polynomial): boolean {
  const shifted = substitute(size, (name) => plus(constant(1), variable(name)));
  return [...shifted.terms.values()].every((k) => k >= 0n);
}

/** Whether a size is 1 or more wherever every dimension is. */
export function isAtLeastOne(size: Polynomial): boolean {
  return isNeverNegative(minus(size, one));
}

function sizeIfAny(world: World, size: Expression): Polynomial[] {
  try {
    return [sizeOf(world, size)];
  } catch (error) {
    if (error instanceof ShapeError) return []; // the statement has no shape, and whoever asks for that says so
    throw error;
  }
}
