/**
 * How numbers lie in ONNX and here. ONNX stores row by row with the channel slowest: filters are M × C × kH × kW and an
 * image is C × H × W, the horizontal place fastest. Here the vertical place runs fastest in a filter's row and the channel
 * slowest; in vec(Z) the channel runs fastest, then the vertical place.
 */

import type { Layer, LayerPart } from "../layers/layer.js";
import type { ImageShape } from "../shape.js";

/** ONNX's sizes of a layer's W, and for each of its numbers, row by row, the column of ours. */
export function onnxFilter(
  layer: Layer,
  image: ImageShape,
): { dims: readonly number[]; columns: Int32Array } {
  const { kind, dOut, groups, shape } = layer;
  if (kind === "full") return { dims: [dOut, shape.d], columns: pixelsByChannel(image) };
  const { h, d } = shape;
  const columns = new Int32Array((h * h * d) / groups);
  let at = 0;
  for (let c = 0; c < d / groups; c++) {
    for (let i = 0; i < h; i++) for (let j = 0; j < h; j++) columns[at++] = i + h * j + h * h * c;
  }
  return { dims: [dOut, d / groups, h, h], columns };
}

/** For ONNX's order of an image's numbers, c, i, j with j fastest, the places in vec(Z), where c is fastest, then i. */
export function pixelsByChannel({ a, b, d }: ImageShape): Int32Array {
  const places = new Int32Array(a * b * d);
  let at = 0;
  for (let c = 0; c < d; c++) {
    for (let i = 0; i < a; i++) for (let j = 0; j < b; j++) places[at++] = c + d * (i + a * j);
  }
  return places;
}

/** W row by row with its columns in ONNX's order. */
export function filterToOnnx({ W }: LayerPart, columns: Int32Array): Float32Array {
  const numbers = new Float32Array(W.rows * W.cols);
  for (let k = 0; k < W.rows; k++) {
    for (let n = 0; n < W.cols; n++) numbers[n + W.cols * k] = W.data[k + W.rows * columns[n]];
  }
  return numbers;
}

/** The way back, into W. */
export function filterFromOnnx({ W }: LayerPart, columns: Int32Array, numbers: ArrayLike<number>): void {
  for (let k = 0; k < W.rows; k++) {
    for (let n = 0; n < W.cols; n++) W.data[k + W.rows * columns[n]] = numbers[n + W.cols * k];
  }
}
