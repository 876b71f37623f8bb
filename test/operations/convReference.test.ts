import assert from "node:assert/strict";
import fc from "fast-check";
import { dot } from "../../src/numeric/dot.js";
import { matrix } from "../../src/numeric/matrix.js";
import { convGradientsReference, convLinearReference } from "../../src/operations/convReference.js";
import { convShape } from "../../src/shape.js";
import { cases } from "../cases.js";
import { anyLayer, asFloat32, type Layer, numbersOf } from "./layers.js";

describe("the reference of a layer, with groups and batches", () => {
  it("keeps two groups of one channel apart, by hand", () => {
    // channels (1 2 3) and (10 20 30) in a row; filters (1 1) on the first, (1 −1) on the second
    const Z = matrix(2, 3, [1, 10, 2, 20, 3, 30]);
    const W = matrix(2, 1, [2, -1]);
    const S = convLinearReference(W, [0.5, 0], Z, convShape({ a: 1, b: 3, d: 2, h: 1 }), { groups: 2 });
    assert.deepEqual([...S.data], [2.5, -10, 4.5, -20, 6.5, -30]);
  });

  it("sums filter times pixel for every group and instance, by the definition", () => {
    fc.assert(
      fc.property(anyLayer, (layer) => {
        const { W, b, Z } = numbersOf(layer);
        const S = convLinearReference(W, b, Z, layer.shape, layer);
        for (const [at, sum] of definition(layer)) assert.ok(Math.abs(S.data[at] - sum) < 1e-12);
      }),
      cases(40),
    );
  });

  it("has gradients that are its transposes: ⟨dS, S(W, 0, Z)⟩ = ⟨∂ξ/∂W, W⟩ = ⟨∂ξ/∂Z, Z⟩", () => {
    fc.assert(
      fc.property(anyLayer, (layer) => {
        const { W, b, Z, dS } = numbersOf(layer);
        const S = convLinearReference(W, new Float64Array(layer.dOut), Z, layer.shape, layer);
        const gradients = convGradientsReference(W, Z, dS, layer.shape, layer);
        const whole = dot(dS, S);
        assert.ok(Math.abs(dot(gradients.W, W) - whole) < 1e-10);
        assert.ok(Math.abs(dot(gradients.Z, Z) - whole) < 1e-10);
        const withBias = convLinearReference(W, b, Z, layer.shape, layer);
        assert.ok(Math.abs(dot(dS, withBias) - whole - dot(gradients.b, b)) < 1e-10);
      }),
      cases(40),
    );
  });

  it("computes in float32 only where all it is given is float32", () => {
    const layer = { shape: convShape({ a: 4, b: 3, d: 2, h: 2 }), groups: 1, batch: 2, dOut: 3 };
    const { W, b, Z, dS } = numbersOf(layer);
    const S = (V: typeof W) => convLinearReference(V, asFloat32(b), asFloat32(Z), layer.shape, layer);
    assert.ok(S(asFloat32(W)).data instanceof Float32Array);
    assert.ok(S(W).data instanceof Float64Array);
    const dZ = convGradientsReference(asFloat32(W), asFloat32(Z), dS, layer.shape, layer).Z;
    assert.ok(dZ.data instanceof Float64Array);
  });
});

/** Each entry of S as the sum that eq. (1) means, group by group: its place in S, and its value. */
function* definition({ shape, groups, batch, dOut }: Layer): Generator<[number, number]> {
  const { a, b, d, h, s, pad, aOut, bOut } = shape;
  const { W, b: bias, Z } = numbersOf({ shape, groups, batch, dOut });
  for (let l = 0; l < batch; l++)
    for (let o = 0; o < dOut; o++)
      for (let p = 0; p < aOut; p++)
        for (let q = 0; q < bOut; q++) {
          let sum = bias.data[o];
          const first = Math.floor(o / (dOut / groups)) * (d / groups);
          for (let c = 0; c < d / groups; c++)
            for (let i = 0; i < h; i++)
              for (let j = 0; j < h; j++) {
                const [y, x] = [p * s + i - pad, q * s + j - pad];
                if (y < 0 || x < 0 || y >= a || x >= b) continue;
                sum +=
                  W.data[o + dOut * (i + h * (j + h * c))] * Z.data[first + c + d * (y + a * (x + b * l))];
              }
          yield [o + dOut * (p + aOut * (q + bOut * l)), sum];
        }
}
