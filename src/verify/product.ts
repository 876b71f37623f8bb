/** A B on the engine, where that is worth its while. */

import { multiply } from "../numeric/multiply.js";
import { type Matrix, zeros } from "../numeric/storage.js";
import { convLinear } from "../operations/conv.js";
import { convShape } from "../shape.js";

/**
 * A B as a layer whose filters see one pixel: W = A, and every column of B is a pixel, so that φ(B) = B and (1) is
 * S = A B. A small product is the reference's. Throws RangeError where the sizes do not fit.
 */
export function productOf(A: Matrix, B: Matrix): Matrix {
  if (A.cols !== B.rows || A.rows * A.cols * B.cols < worthwhile) return multiply(A, B);
  return convLinear(A, zeros(A.rows, 1), B, convShape({ a: B.cols, b: 1, d: B.rows, h: 1 }));
}

/** So few multiplications are done before the engine has begun. */
const worthwhile = 2 ** 15;
