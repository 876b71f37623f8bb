import assert from "node:assert/strict";
import fc from "fast-check";
import { fromRows, matrix, toRows } from "../../src/numeric/matrix.js";
import { randomMatrix } from "../../src/numeric/random.js";
import { convLinear } from "../../src/operations/conv.js";
import { convShape } from "../../src/shape.js";
import { cases } from "../cases.js";
import { anyShape } from "../numeric/shapes.js";

describe("convLinear, eq. (1)", () => {
  it("computes one output pixel by hand", () => {
    // z = (1 3; 2 4) in matrix form, w = (10 30; 20 40), b = 5
    const S = convLinear(
      fromRows([[10, 20, 30, 40]]),
      [5],
      matrix(1, 4, [1, 2, 3, 4]),
      convShape({ a: 2, b: 2, d: 1, h: 2 }),
    );
    assert.deepEqual(toRows(S), [[10 + 40 + 90 + 160 + 5]]);
  });

  it("is cross-correlation: each output is a sum of filter times sub-image, plus the bias", () => {
    fc.assert(
      fc.property(anyShape, (shape) => {
        const { a, b, d, h, s, pad, aOut, bOut } = shape;
        const W = randomMatrix(2, h * h * d, { seed: 1, low: -1 });
        const bias = [0.25, -0.5];
        const Z = randomMatrix(d, a * b, { seed: 2, low: -1 });
        const S = convLinear(W, bias, Z, shape);
        for (let k = 0; k < 2; k++)
          for (let p = 0; p < aOut; p++)
            for (let q = 0; q < bOut; q++) {
              let sum = bias[k];
              for (let c = 0; c < d; c++)
                for (let i = 0; i < h; i++)
                  for (let j = 0; j < h; j++) {
                    const [y, x] = [p * s + i - pad, q * s + j - pad];
                    if (y >= 0 && x >= 0 && y < a && x < b)
                      sum += W.data[k + 2 * (i + h * (j + h * c))] * Z.data[c + d * (y + a * x)];
                  }
              assert.ok(Math.abs(S.data[k + 2 * (p + aOut * q)] - sum) < 1e-13);
            }
      }),
      cases(50),
    );
  });

  it("refuses filters that do not fit the window", () => {
    assert.throws(
      () => convLinear(matrix(1, 5), [0], matrix(1, 9), convShape({ a: 3, b: 3, d: 1, h: 2 })),
      /convLinear: W is 1 × 5; the shape needs h h d = 4 columns/,
    );
  });
});
