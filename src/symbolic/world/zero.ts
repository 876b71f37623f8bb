/** 0 as the lecture writes it: a matrix of zeros of whatever size the other side has. */

import { binary, call, type Expression, number, type Statement } from "../language/expression.js";
import { sizeExpression } from "../language/sizeExpression.js";
import { isScalar, ShapeError, shapeOf } from "./shapes.js";
import type { World } from "./world.js";

/** The statement with a side that is 0 as the zero matrix of the other side's size: x − x = 0 is 0 · ones(m, n). */
export function withZeroMatrix(world: World, { left, right }: Statement): Statement {
  return { left: asZero(world, left, right), right: asZero(world, right, left) };
}

function asZero(world: World, e: Expression, other: Expression): Expression {
  if (e.kind !== "number" || e.value !== 0) return e;
  const shape = shapeIfAny(world, other);
  if (!shape || isScalar(shape)) return e;
  return binary("*", number(0), call("ones", sizeExpression(shape.rows), sizeExpression(shape.cols)));
}

function shapeIfAny(world: World, e: Expression): ReturnType<typeof shapeOf> | undefined {
  try {
    return shapeOf(world, e);
  } catch (error) {
    if (error instanceof ShapeError) return undefined; // it is refused for that, with words of its own
    throw error;
  }
}
