/** The size of a matrix for all values of the dimensions. */

import { equal, one, type Polynomial } from "../language/polynomial.js";
import { sizeText } from "../language/sizeExpression.js";

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
export function sameShape(x: Shape, y: Shape): boolean {
  return equal(x.rows, y.rows) && equal(x.cols, y.cols);
}

/** Whether it is one number. */
export function isScalar({ rows, cols }: Shape): boolean {
  return equal(rows, one) && equal(cols, one);
}
