/** Matrices as PNG pictures: what a figure shows where plotly does not run. */

import { encode } from "fast-png";
import type { ImageMatrix } from "../numeric/image.js";
import type { Matrix } from "../numeric/storage.js";
import { toBase64 } from "./base64.js";

/** The least and the greatest value that a picture tells apart. */
export type ValueRange = readonly [least: number, greatest: number];

/** An image of one channel (grey) or three (red, green, blue) with values 0 … 1, as a data URI. */
export function imagePng(Z: ImageMatrix): string {
  const samples = Z.d === 3 ? [0, 1, 2] : [0];
  return png(Z.a, Z.b, samples.length as 1 | 3, (i, j, c) => 255 * Z.data[samples[c] + Z.d * (i + Z.a * j)]);
}

/**
 * A matrix in grey, the least value of the range black and the greatest white, row 0 at the top, as a data URI: a figure
 * colours it by its scale. What is no number is transparent.
 */
export function matrixPng(M: Matrix, [least, greatest]: ValueRange): string {
  const width = greatest - least || 1;
  const level = (i: number, j: number): number => (255 * (M.data[i + M.rows * j] - least)) / width;
  if (!M.data.some(Number.isNaN)) return png(M.rows, M.cols, 1, level);
  return png(M.rows, M.cols, 2, (i, j, c) => {
    const grey = level(i, j);
    return c === 0 ? grey : Number.isNaN(grey) ? 0 : 255;
  });
}

function png(
  rows: number,
  cols: number,
  channels: 1 | 2 | 3,
  value: (i: number, j: number, c: number) => number,
): string {
  const data = new Uint8ClampedArray(channels * rows * cols);
  let at = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) for (let c = 0; c < channels; c++) data[at++] = value(i, j, c);
  }
  const bytes = encode({ width: cols, height: rows, data: new Uint8Array(data.buffer), channels, depth: 8 });
  return `data:image/png;base64,${toBase64(bytes)}`;
}
