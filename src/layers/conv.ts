import { checkMatrix } from "../numeric/check.js";
import { addColumn, multiply } from "../numeric/multiply.js";
import { phi, phiRows } from "../numeric/phi.js";
import { type Matrix, type Numbers, size } from "../numeric/storage.js";
import type { ConvShape } from "../shape.js";

/**
 * S = W φ(Z) + b 1ᵀ, eq. (1): dOut × aOut·bOut, from W: dOut × h h d (columns i fastest, then j, channel slowest),
 * b: dOut entries and Z: d × a·b. Throws RangeError that names the sizes that do not fit.
 */
export function convLinear(
  W: Matrix,
  b: Matrix | Numbers | readonly number[],
  Z: Matrix,
  shape: ConvShape,
): Matrix {
  checkMatrix("convLinear", "W", W);
  const phiZ = phi(Z, shape);
  if (W.cols !== phiZ.rows) {
    throw new RangeError(`convLinear: W is ${size(W)}; the shape needs h h d = ${phiRows(shape)} columns`);
  }
  return addColumn(multiply(W, phiZ), b);
}
