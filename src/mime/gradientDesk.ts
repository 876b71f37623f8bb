import { checkMatrix } from "../numeric/check.js";
import { displayKey } from "../numeric/show.js";
import { type Matrix, type Numbers, zeros } from "../numeric/storage.js";
import { type ConvShape, convShape } from "../shape.js";
import { checkSides, float64Base64, layerPayload } from "./layerPayload.js";
import { type Bundle, GRADIENT_MIME, type GradientPayload, type Shown } from "./types.js";

/** A layer's gradients as pictures, and the error of differences against the step t. */
class GradientDesk implements Shown {
  constructor(private readonly payload: GradientPayload) {}

  [displayKey](): Bundle {
    const { a, b, d, h, dOut } = this.payload;
    const sentence = `Gradient desk: ξ = ‖σ(S) − Y‖² of ${dOut} filters of ${h} × ${h} × ${d} on an image of ${a} × ${b} pixels; ∂ξ/∂W as filters, ∂ξ/∂Z on the image, errors of differences over t.`;
    return { [GRADIENT_MIME]: this.payload, "text/plain": sentence };
  }
}

/**
 * The gradient desk of one layer with ξ = ‖σ(S) − Y‖², S = W φ(Z) + b 1ᵀ: ∂ξ/∂W (X16) as filters, ∂ξ/∂Z (X18) on the image,
 * and how the differences of any entry come near to them as t becomes small. Y (dOut × aOut·bOut) is 0 where it is
 * left out. Throws RangeError where W (dOut × h h d), b (dOut), Z (d × a·b) or Y do not fit the shape.
 *
 * @example
 * gradientDesk(ones(2, 4), [0, 1], ones(1, 16), convShape({ a: 4, b: 4, d: 1, h: 2 }))
 */
export function gradientDesk(
  W: Matrix,
  b: Matrix | Numbers | readonly number[],
  Z: Matrix,
  shape: ConvShape,
  Y?: Matrix,
): Shown {
  const layer = layerPayload("gradientDesk", W, b, Z, shape);
  const { aOut, bOut } = convShape(shape);
  const target = Y ?? zeros(W.rows, aOut * bOut);
  checkMatrix("gradientDesk", "Y", target);
  checkSides("gradientDesk", "Y", target, { rows: W.rows, cols: aOut * bOut });
  return new GradientDesk({ ...layer, y: float64Base64(target.data) });
}
