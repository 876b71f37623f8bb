/** A layer with its image, for a view that computes. */

import { checkMatrix, column } from "../numeric/check.js";
import { type Matrix, type Numbers, size } from "../numeric/storage.js";
import { type ConvShape, checkConvSizes, convShape, phiRows } from "../shape.js";
import { toBase64 } from "./base64.js";
import type { Float64Base64, LayerPayload } from "./types.js";

/** W (dOut × h h d), b (dOut), Z (d × a·b) and the shape between them. Throws RangeError where they do not fit. */
export function layerPayload(
  operation: string,
  W: Matrix,
  b: Matrix | Numbers | readonly number[],
  Z: Matrix,
  given: ConvShape,
): LayerPayload {
  checkConvSizes(operation, "shape", given);
  const shape = convShape(given);
  checkMatrix(operation, "W", W);
  checkMatrix(operation, "Z", Z);
  const bias = column(operation, "b", b);
  checkSides(operation, "W", W, { rows: W.rows, cols: phiRows(shape) });
  checkSides(operation, "Z", Z, { rows: shape.d, cols: shape.a * shape.b });
  checkSides(operation, "b", bias, { rows: W.rows, cols: 1 });
  const { h, s, pad, a, b: wide, d } = shape;
  const numbers = { z: float64Base64(Z.data), W: float64Base64(W.data), bias: float64Base64(bias.data) };
  return { version: 1, a, b: wide, d, h, s, pad, dOut: W.rows, ...numbers };
}

/** Numbers as a payload carries them. */
export function float64Base64(data: ArrayLike<number>): Float64Base64 {
  return { dtype: "float64", base64: toBase64(Float64Array.from(data)) };
}

/** Throws RangeError unless M is as large as is needed. */
export function checkSides(
  operation: string,
  name: string,
  M: Matrix,
  needed: { rows: number; cols: number },
): void {
  if (M.rows === needed.rows && M.cols === needed.cols) return;
  throw new RangeError(`${operation}: ${name} is ${size(M)}; the shape needs ${size(needed)}`);
}
