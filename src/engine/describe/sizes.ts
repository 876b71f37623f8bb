/** The sizes of a layer as the engine needs them. */

import { type ConvShape, phiCols, phiRows } from "../../shape.js";

export interface ConvSizes {
  /** The image of one instance, all channels. */
  readonly shape: ConvShape;
  /** The image that one group sees: d/groups channels. */
  readonly part: ConvShape;
  readonly dOut: number;
  readonly groups: number;
  readonly batch: number;
}

/** How many multiplications the sums of S = W φ(Z) are. */
export function multiplicationsOf({ part, dOut, batch }: ConvSizes): number {
  return phiRows(part) * phiCols(part) * dOut * batch;
}

/** How a stretch of n is cut into pieces of at most `most`: where each begins, and its length. */
export function* pieces(n: number, most: number): Generator<{ from: number; count: number }> {
  for (let from = 0; from < n; from += most) yield { from, count: Math.min(most, n - from) };
}

/** The pieces of a stretch of n, with their number. */
export function* numbered(n: number, most: number): Generator<{ k: number; from: number; count: number }> {
  let k = 0;
  for (const piece of pieces(n, most)) yield { k: k++, ...piece };
}
