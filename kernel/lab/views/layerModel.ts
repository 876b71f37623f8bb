/** One layer step by step: Z, pad(Z), φ, W φ, + b 1ᵀ, σ, pooled, by the plain reference. */

import { relu } from "../../../src/numeric/elementwise.js";
import { matrix } from "../../../src/numeric/matrix.js";
import { addColumn, multiply } from "../../../src/numeric/multiply.js";
import { pad } from "../../../src/numeric/pad.js";
import { phi } from "../../../src/numeric/phi.js";
import { maxPool } from "../../../src/numeric/pool.js";
import type { Matrix } from "../../../src/numeric/storage.js";
import { type ConvShape, convShape } from "../../../src/shape.js";
import { checkedNumbers, checkedSize, checkedVersion } from "./readNumbers.js";

/** The numbers of a layer, and the side of its pooling windows: 1 where there is no pooling. */
export interface LayerNumbers {
  readonly shape: ConvShape;
  readonly dOut: number;
  readonly q: number;
  readonly Z: Matrix;
  readonly W: Matrix;
  readonly b: Matrix;
}

/** What the layer makes of Z, step by step. */
export interface LayerSteps {
  readonly padded: Matrix;
  readonly phiZ: Matrix;
  readonly product: Matrix;
  readonly S: Matrix;
  readonly sigma: Matrix;
  readonly pooled: Matrix;
  /** For each entry of `pooled` its place in vec(σ(S)). */
  readonly index: Int32Array;
}

/** Reads and checks the numbers of a layer in a payload. Throws an Error that names what came and what was needed. */
export function readLayer(
  payload: unknown,
  mime: string,
): LayerNumbers & { fields: Record<string, unknown> } {
  const fields = checkedVersion(payload, mime);
  const [a, b, d, h, s] = ["a", "b", "d", "h", "s"].map((name) => checkedSize(fields[name], name, 1, 4096));
  const shape = convShape({ a, b, d, h, s, pad: checkedSize(fields.pad, "pad", 0, 64) });
  const dOut = checkedSize(fields.dOut, "dOut", 1, 64);
  const rows = shape.h * shape.h * shape.d;
  if (rows * shape.aOut * shape.bOut > mostEntries)
    throw new RangeError("φ(Z) is too large for a page; take a smaller image");
  const numbers = (name: string, m: number, n: number): Matrix =>
    matrix(m, n, checkedNumbers(fields[name], name, m * n), { nonFinite: true });
  return {
    ...{ fields, shape, dOut, q: checkedSize(fields.q ?? 1, "q", 1, Math.min(shape.aOut, shape.bOut)) },
    ...{ Z: numbers("z", d, a * b), W: numbers("W", dOut, rows), b: numbers("bias", dOut, 1) },
  };
}

const mostEntries = 2 ** 22;

/** All steps of the layer. */
export function layerSteps({ shape, q, Z, W, b }: LayerNumbers): LayerSteps {
  const phiZ = phi(Z, shape);
  const product = multiply(W, phiZ);
  const S = addColumn(product, b);
  const sigma = relu(S);
  const pooled = maxPool(sigma, { a: shape.aOut, b: shape.bOut, q });
  return { padded: pad(Z, shape), phiZ, product, S, sigma, pooled: pooled.Z, index: pooled.index };
}
