/** One layer forward, for instances side by side: on the engine where they are large enough. */

import { type Matrix, reshaped } from "../numeric/storage.js";
import { maxPoolChoice } from "../operations/choice.js";
import { convLinear } from "../operations/conv.js";
import { avgPool } from "../operations/pool.js";
import { type ConvShape, convShape } from "../shape.js";
import type { Layer, LayerPart } from "./layer.js";

/** How many instances there are, and how many threads may work. */
export interface Batch {
  /** l: instances side by side. */
  readonly count: number;
  /** Default: what the machine has. */
  readonly threads?: number | undefined;
}

/** What a layer was given and made, kept for derivatives. */
export interface LayerState {
  /** Z^m: d × a·b·l. */
  readonly Z: Matrix;
  /** Z^{m+1}, after σ and pooling. */
  readonly out: Matrix;
  /** Which entry of its window each of it is, where σ is not flat there: I ⊙ P_pool, after max pooling. */
  readonly choice: Matrix | undefined;
  /** σ(S), where average pooling comes after it. */
  readonly unpooled: Matrix | undefined;
}

/** Z^{m+1} = pool(σ(W φ(pad(Z^m)) + b 1ᵀ)), X10: d × aOut·bOut·l, with what derivatives need. */
export function layerForward(layer: Layer, { W, b }: LayerPart, given: Matrix, batch: Batch): LayerState {
  const { pool, isLinear } = layer;
  const Z = imagesOf(layer, given);
  const { shape, options } = layerProduct(layer, batch);
  const S = convLinear(W, b, Z, shape, { ...options, relu: !isLinear });
  if (pool === undefined) return { Z, out: S, choice: undefined, unpooled: undefined };
  const { a, b: width, q, kind } = pool;
  const size = { a, b: width, q };
  const { threads } = batch;
  switch (kind) {
    case "average":
      return { Z, out: avgPool(S, size, { threads }), choice: undefined, unpooled: S };
    case "max": {
      const { Z: out, choice } = maxPoolChoice(S, size, { threads, isRelu: !isLinear });
      return { Z, out, choice, unpooled: undefined };
    }
  }
}

/** What is handed to a layer, as images of its channels: the same memory. */
function imagesOf({ shape: { d } }: Layer, Z: Matrix): Matrix {
  return reshaped(Z, d, (Z.rows * Z.cols) / d);
}

/**
 * How the layer's product is asked for. The l pixels of a full layer are one image of l pixels: the same memory, and
 * one product instead of l small ones.
 */
export function layerProduct(
  { kind, shape, groups }: Layer,
  { count, threads }: Batch,
): { shape: ConvShape; options: { groups: number; batch: number; threads?: number } } {
  const many = threads === undefined ? {} : { threads };
  if (kind === "conv") return { shape, options: { groups, batch: count, ...many } };
  return { shape: convShape({ a: count, b: 1, d: shape.d, h: 1 }), options: { groups, batch: 1, ...many } };
}
