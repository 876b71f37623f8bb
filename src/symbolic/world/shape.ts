/** The size of a matrix for all values of the dimensions. */

import { equal, one, type Polynomial } from "../language/polynomial.js";
import { sizeText } from "../language/sizeExpression.js";
import { sameSize } from "./freeSizes.js";
import type { World } from "./world.js";

/** rows × cols. */
export interface Shape {
  readonly rows: Polynomial;
  readonly cols: Polynomial;
}

/** "d_out × a_out·b_out". */
export function shapeText({ rows, cols }: Shape): string {
  return `${sizeText(rows)} × ${sizeText(cols)}`;
}

/** Whether two sizes are the same for all values of the dimensions. */
export function sameShape(world: World, x: Shape, y: Shape): boolean {
  return sameSize(world, x.rows, y.rows) && sameSize(world, x.cols, y.cols);
}

/** Whether it is one number. */
export function isScalar({ rows, cols }: Shape): boolean {
  return equal(rows, one) && equal(cols, one);
}

/** What a product of two sizes is. */
export type Multiplication = "matrices" | "number on the left" | "number on the right";

/**
 * What A B is: a product of matrices where A's columns are as many as B's rows, else a number times a matrix; undefined
 * where it is neither. Asked here alone: a size that happens to be 1 in a run changes nothing.
 */
export function multiplication(world: World, left: Shape, right: Shape): Multiplication | undefined {
  if (sameSize(world, left.cols, right.rows)) return "matrices";
  if (isScalar(left)) return "number on the left";
  return isScalar(right) ? "number on the right" : undefined;
}
