import { displayKey } from "../numeric/show.js";
import type { Matrix, Numbers } from "../numeric/storage.js";
import { type ConvShape, checkSize, convShape, poolShape } from "../shape.js";
import { layerPayload } from "./layerPayload.js";
import { type Bundle, type Shown, WALK_MIME, type WalkPayload } from "./types.js";

/** The side of the pooling windows; 1, no pooling, where it is left out. */
export interface WalkOptions {
  /** Side of the pooling windows, and their stride. */
  readonly q?: number;
}

/** One layer step by step, with the receptive field of what is pointed at. */
class LayerWalk implements Shown {
  constructor(private readonly payload: WalkPayload) {}

  [displayKey](): Bundle {
    const { a, b, d, h, s, pad, dOut, q } = this.payload;
    const { aOut, bOut } = convShape({ a, b, d, h, s, pad });
    const pooled = q === 1 ? "" : `, pooled to ${Math.floor(aOut / q)} × ${Math.floor(bOut / q)}`;
    const frame = pad === 0 ? "" : ` with a frame of ${pad} zeros`;
    const sentence = `Walk through a layer: Z of ${d} × ${a * b} (${a} × ${b} pixels)${frame}, ${dOut} filters of ${h} × ${h} × ${d} at stride ${s}, S of ${dOut} × ${aOut * bOut}, σ(S)${pooled}.`;
    return { [WALK_MIME]: this.payload, "text/plain": sentence };
  }
}

/**
 * The walk through one layer, eq. (1) to (3): Z → pad(Z) → φ → W · → + b 1ᵀ → σ → pool, each step as maps with their sizes;
 * pointing at a place frames what it is computed from and what it goes into. Throws RangeError where W (dOut × h h d),
 * b (dOut) or Z (d × a·b) do not fit the shape, or q is no side of a window.
 *
 * @example
 * layerWalk(ones(2, 4), [0, 1], ones(1, 16), convShape({ a: 4, b: 4, d: 1, h: 2 }), { q: 3 })
 */
export function layerWalk(
  W: Matrix,
  b: Matrix | Numbers | readonly number[],
  Z: Matrix,
  shape: ConvShape,
  { q = 1 }: WalkOptions = {},
): Shown {
  const layer = layerPayload("layerWalk", W, b, Z, shape);
  checkSize("layerWalk", "q", q);
  const { aOut, bOut } = convShape(shape);
  poolShape({ a: aOut, b: bOut, q });
  return new LayerWalk({ ...layer, q });
}
