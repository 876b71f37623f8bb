/** The inputs of one measurement, the same for whoever computes it: every matrix from its own seed. */

import { uniformAt } from "../../src/numeric/random.js";
import { columnMajor, type Matrix, type Numbers } from "../../src/numeric/storage.js";
import type { Layer } from "./layers.js";

/** The precision of all matrices of a problem. */
export type Precision = "float32" | "float64";

/** A layer at work: `batch` instances side by side in Z, and dS = ∂ξ/∂S for the way back. */
export interface Problem {
  readonly layer: Layer;
  readonly batch: number;
  readonly W: Matrix;
  readonly b: Matrix;
  readonly Z: Matrix;
  readonly dS: Matrix;
}

/** The seed of each matrix; number k of a seed is entry k in column order, on [−1, 1). */
export const seeds = { W: 1, b: 2, Z: 3, dS: 4 } as const;

/** The matrices of a layer, filled from their seeds. */
export function problem(layer: Layer, batch: number, precision: Precision): Problem {
  const { shape, dOut, groups } = layer;
  const { a, b, d, h, aOut, bOut } = shape;
  return {
    layer,
    batch,
    W: filled(dOut, h * h * (d / groups), seeds.W, precision),
    b: filled(dOut, 1, seeds.b, precision),
    Z: filled(d, a * b * batch, seeds.Z, precision),
    dS: filled(dOut, aOut * bOut * batch, seeds.dS, precision),
  };
}

/** What repeats after this many numbers is drawn once: Philox in plain TypeScript makes about 10⁶ numbers a second. */
export const period: number = 2 ** 18;
const drawn = new Map<number, Float64Array>();

function filled(rows: number, cols: number, seed: number, precision: Precision): Matrix {
  const numbers: Numbers = new (precision === "float32" ? Float32Array : Float64Array)(rows * cols);
  const source =
    drawn.get(seed) ?? Float64Array.from({ length: period }, (_, k) => 2 * uniformAt(seed, k) - 1);
  drawn.set(seed, source);
  for (let k = 0; k < numbers.length; k++) numbers[k] = source[k % period]!;
  return columnMajor(rows, cols, numbers);
}
