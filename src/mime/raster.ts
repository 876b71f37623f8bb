/** Matrices as PNG pictures: what a figure shows where plotly does not run. */

import { encode } from "fast-png";
import type { ImageMatrix } from "../numeric/image.js";
import type { Matrix } from "../numeric/storage.js";
import { toBase64 } from "./base64.js";
import { colourAt, type Scale } from "./colour.js";

/** The least and the greatest value that a picture tells apart. */
export type ValueRange = readonly [least: number, greatest: number];

/** An image of one channel (grey) or three (red, green, blue) with values 0 … 1, as a data URI. */
export function imagePng(Z: ImageMatrix): string {
  const channel = (c: number) => (Z.d === 3 ? c : 0);
  return png(Z.a, Z.b, (i, j, c) => 255 * Z.data[channel(c) + Z.d * (i + Z.a * j)]);
}

/** A matrix whose entries are coloured by a scale over a range, row 0 at the top, as a data URI. NaN is white. */
export function matrixPng(M: Matrix, scale: Scale, [least, greatest]: ValueRange): string {
  const width = greatest - least || 1;
  return png(M.rows, M.cols, (i, j, c) => {
    const x = M.data[i + M.rows * j];
    return Number.isNaN(x) ? 255 : colourAt(scale, (x - least) / width)[c];
  });
}

function png(rows: number, cols: number, value: (i: number, j: number, c: 0 | 1 | 2) => number): string {
  const data = new Uint8ClampedArray(3 * rows * cols);
  let at = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) for (const c of [0, 1, 2] as const) data[at++] = value(i, j, c);
  }
  const bytes = encode({
    width: cols,
    height: rows,
    data: new Uint8Array(data.buffer),
    channels: 3,
    depth: 8,
  });
  return `data:image/png;base64,${toBase64(bytes)}`;
}
