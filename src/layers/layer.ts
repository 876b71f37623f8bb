/** One layer: its sizes, and where its filters and bias lie in θ. */

import { columnMajor, type Matrix, type Numbers } from "../numeric/storage.js";
import { type ConvShape, type ImageShape, type PoolShape, phiRows } from "../shape.js";

/** How a pooling window becomes one number. */
export type PoolKind = "max" | "average";

/** Windows q × q at stride q, remainders dropped. */
export interface LayerPool extends PoolShape {
  /** The largest entry of a window, or the mean. */
  readonly kind: PoolKind;
}

/**
 * Layer m, X10: Z^{m+1} = pool(σ(W φ(pad(Z^m)) + b 1ᵀ)). A full layer (X11) is one whose image is a single pixel with
 * vec(Z^m) as its channels.
 */
export interface Layer {
  /** A convolution, or a full layer. */
  readonly kind: "conv" | "full";
  /** The image it is given, window, stride and padding. */
  readonly shape: ConvShape;
  /** Rows of W and entries of b. */
  readonly dOut: number;
  /** The channels fall into this many groups that do not see each other. */
  readonly groups: number;
  /** Pooling after σ; undefined where there is none. */
  readonly pool: LayerPool | undefined;
  /** Whether σ is left out: in the last layer. */
  readonly isLinear: boolean;
  /** The image that it gives. */
  readonly image: ImageShape;
  /** Where its part [vec(W); b] of θ begins, from 0. */
  readonly from: number;
}

/** What belongs to one layer: W and b, or what stands in their place in a gradient or a direction. */
export interface LayerPart {
  /** dOut × h h d/groups; columns i fastest, then j, the channel slowest. */
  readonly W: Matrix;
  /** dOut × 1. */
  readonly b: Matrix;
}

/** The columns of W: h h d/groups. */
export function filterCols({ shape: { h, d }, groups }: Pick<Layer, "shape" | "groups">): number {
  return phiRows({ h, d: d / groups });
}

/** How many numbers of θ belong to a layer: dOut (h h d/groups + 1), X12. */
export function partLength(layer: Pick<Layer, "shape" | "groups" | "dOut">): number {
  return layer.dOut * (filterCols(layer) + 1);
}

/** The layer's W and b in θ, or in a vector like it: views, θ = […; vec(W); b; …], U9. */
export function partOf(layer: Layer, theta: Numbers): LayerPart {
  const { dOut, from } = layer;
  const cols = filterCols(layer);
  const bias = from + dOut * cols;
  return {
    W: columnMajor(dOut, cols, theta.subarray(from, bias)),
    b: columnMajor(dOut, 1, theta.subarray(bias, bias + dOut)),
  };
}

/** Multiplications of a layer's product W φ(Z), for one instance. */
export function multiplications(layer: Layer): number {
  return layer.dOut * filterCols(layer) * layer.shape.aOut * layer.shape.bOut;
}
