/** Random layers on generic shapes: groups, batches, strides and padding, seeded numbers of either precision. */

import fc from "fast-check";
import { randomMatrix } from "../../src/numeric/random.js";
import { columnMajor, type Matrix } from "../../src/numeric/storage.js";
import { type ConvShape, convShape } from "../../src/shape.js";

export interface Layer {
  readonly shape: ConvShape;
  readonly groups: number;
  readonly batch: number;
  readonly dOut: number;
}

export const anyLayer: fc.Arbitrary<Layer> = fc
  .record({
    a: fc.integer({ min: 3, max: 9 }),
    b: fc.integer({ min: 3, max: 8 }),
    dGroup: fc.integer({ min: 1, max: 4 }),
    h: fc.integer({ min: 1, max: 3 }),
    s: fc.integer({ min: 1, max: 3 }),
    pad: fc.integer({ min: 0, max: 3 }),
    groups: fc.integer({ min: 1, max: 3 }),
    batch: fc.integer({ min: 1, max: 3 }),
    dOutGroup: fc.integer({ min: 1, max: 5 }),
  })
  .map(({ dGroup, dOutGroup, groups, batch, ...rest }) => ({
    shape: convShape({ ...rest, d: dGroup * groups }),
    groups,
    batch,
    dOut: dOutGroup * groups,
  }));

/** W, b, Z and ∂ξ/∂S of a layer, uniform on [−1, 1). */
export function numbersOf({ shape, groups, batch, dOut }: Layer): Record<"W" | "b" | "Z" | "dS", Matrix> {
  const { a, b, d, h, aOut, bOut } = shape;
  return {
    W: randomMatrix(dOut, (h * h * d) / groups, { seed: 1, low: -1 }),
    b: randomMatrix(dOut, 1, { seed: 2, low: -1 }),
    Z: randomMatrix(d, a * b * batch, { seed: 3, low: -1 }),
    dS: randomMatrix(dOut, aOut * bOut * batch, { seed: 4, low: -1 }),
  };
}

export function asFloat32(M: Matrix): Matrix {
  return columnMajor(M.rows, M.cols, Float32Array.from(M.data));
}
