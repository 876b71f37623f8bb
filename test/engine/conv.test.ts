import assert from "node:assert/strict";
import fc from "fast-check";
import { engineBackward, engineForward } from "../../src/engine/operations/conv.js";
import { columnMajor, type Matrix } from "../../src/numeric/storage.js";
import { convProblem } from "../../src/operations/convProblem.js";
import { convGradientsReference, convLinearReference } from "../../src/operations/convReference.js";
import { convShape } from "../../src/shape.js";
import { cases } from "../cases.js";
import { anyLayer, asFloat32, type Layer, numbersOf } from "../operations/layers.js";
import { machines } from "./machines.js";

/** Layers that fill panels and tiles, and leave every kind of remainder. */
const wideLayer: fc.Arbitrary<Layer> = fc
  .record({
    a: fc.integer({ min: 3, max: 9 }),
    b: fc.integer({ min: 3, max: 7 }),
    d: fc.integer({ min: 5, max: 40 }),
    h: fc.integer({ min: 1, max: 3 }),
    s: fc.integer({ min: 1, max: 2 }),
    pad: fc.integer({ min: 0, max: 2 }),
    batch: fc.integer({ min: 1, max: 2 }),
    dOut: fc.integer({ min: 1, max: 40 }),
  })
  .map(({ batch, dOut, ...size }) => ({ shape: convShape(size), groups: 1, batch, dOut }));

/** Images of more than 64 KiB are moved into their frames in pieces: plain, in groups, strided, by Winograd's forms. */
const largeLayers: readonly Layer[] = [
  { shape: convShape({ a: 41, b: 53, d: 12, h: 3, pad: 2 }), groups: 1, batch: 2, dOut: 5 },
  { shape: convShape({ a: 37, b: 61, d: 32, h: 2, pad: 1 }), groups: 2, batch: 1, dOut: 6 },
  { shape: convShape({ a: 45, b: 47, d: 18, h: 4, s: 3, pad: 1 }), groups: 1, batch: 1, dOut: 3 },
  { shape: convShape({ a: 38, b: 49, d: 16, h: 3, pad: 1 }), groups: 1, batch: 1, dOut: 16 },
];

/** One column of φ(Z) is so long that a thread's own memory holds it for fewer places than a tile has rows. */
const longColumns: Layer = {
  shape: convShape({ a: 9, b: 11, d: 2600, h: 3, s: 2 }),
  groups: 1,
  batch: 1,
  dOut: 2,
};

const precisions = {
  float32: { of: asFloat32, tolerance: 1e-4 },
  float64: { of: (M: Matrix) => M, tolerance: 1e-12 },
} as const;

describe("the engine", () => {
  it("has at least the variant with 128-bit vectors in Node", () => {
    assert.ok(machines.some(({ name }) => name === "simd-128"));
  });

  for (const { name, precision, machine } of machines) {
    const { of, tolerance } = precisions[precision];
    describe(`${name}, ${precision}`, () => {
      for (const [kind, layers] of Object.entries({ small: anyLayer, wide: wideLayer })) {
        it(`computes S = W φ(Z) + b 1ᵀ and σ(S) as the reference does, ${kind} layers`, () => {
          fc.assert(
            fc.property(layers, fc.boolean(), (layer, relu) => {
              const { W, b, Z } = given(layer, of);
              const problem = convProblem("convLinear", W, Z, layer.shape, { ...layer, relu });
              const S = engineForward(machine, problem, W, b, Z);
              const options = { ...layer, relu };
              near(S, convLinearReference(...wide(W, b, Z), layer.shape, options), tolerance);
              assert.equal(S.data instanceof Float32Array, precision === "float32");
            }),
            cases(20),
          );
        });

        it(`computes X16 to X18 as the reference does, ${kind} layers`, () => {
          fc.assert(
            fc.property(layers, (layer) => {
              const { W, Z, dS } = given(layer, of);
              const problem = convProblem("convGradients", W, Z, layer.shape, layer);
              const found = engineBackward(machine, problem, W, Z, dS);
              const wanted = convGradientsReference(...wide(W, Z, dS), layer.shape, layer);
              for (const of of ["W", "b", "Z"] as const) near(found[of], wanted[of], tolerance);
            }),
            cases(20),
          );
        });
      }

      it("computes layers with large images as the reference does", function () {
        this.timeout(20_000);
        for (const layer of largeLayers) asReference(layer, tolerance);
      });

      it("computes layers whose sub-images have more numbers than a thread's memory as the reference does", () => {
        asReference(longColumns, 10 * tolerance);
      });

      function asReference(layer: Layer, tolerance: number): void {
        const { W, b, Z, dS } = given(layer, of);
        const problem = convProblem("test", W, Z, layer.shape, layer);
        const S = engineForward(machine, problem, W, b, Z);
        near(S, convLinearReference(...wide(W, b, Z), layer.shape, layer), tolerance);
        const found = engineBackward(machine, problem, W, Z, dS);
        const wanted = convGradientsReference(...wide(W, Z, dS), layer.shape, layer);
        for (const of of ["W", "b", "Z"] as const) near(found[of], wanted[of], tolerance);
      }
    });
  }
});

function given(layer: Layer, of: (M: Matrix) => Matrix): ReturnType<typeof numbersOf> {
  const { W, b, Z, dS } = numbersOf(layer);
  return { W: of(W), b: of(b), Z: of(Z), dS: of(dS) };
}

/** The same numbers in float64: the reference then has no rounding worth speaking of. */
function wide(X: Matrix, Y: Matrix, Z: Matrix): [Matrix, Matrix, Matrix] {
  const float64 = (M: Matrix) => columnMajor(M.rows, M.cols, Float64Array.from(M.data));
  return [float64(X), float64(Y), float64(Z)];
}

function near(found: Matrix, wanted: Matrix, tolerance: number): void {
  assert.deepEqual([found.rows, found.cols], [wanted.rows, wanted.cols]);
  for (let k = 0; k < wanted.data.length; k++) {
    const difference = Math.abs(found.data[k] - wanted.data[k]);
    assert.ok(difference <= tolerance, `entry ${k}: ${found.data[k]} for ${wanted.data[k]}`);
  }
}
