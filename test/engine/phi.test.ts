import assert from "node:assert/strict";
import fc from "fast-check";
import { engineMultiply, enginePhi, engineVTP } from "../../src/engine/phi.js";
import { multiply as chosenMultiply, phi as chosenPhi, vTP as chosenVTP } from "../../src/layers/fast.js";
import { multiply } from "../../src/numeric/multiply.js";
import { phi, vTP } from "../../src/numeric/phi.js";
import { randomMatrix } from "../../src/numeric/random.js";
import type { Matrix } from "../../src/numeric/storage.js";
import { type ConvShape, convShape } from "../../src/shape.js";
import { asFloat32 } from "../layers/layers.js";
import { machines } from "./machines.js";

/** Channels and windows with every remainder by four, one channel, frames wider than the window. */
const shapes: fc.Arbitrary<ConvShape> = fc
  .record({
    a: fc.integer({ min: 6, max: 11 }),
    b: fc.integer({ min: 6, max: 9 }),
    d: fc.integer({ min: 1, max: 9 }),
    h: fc.integer({ min: 1, max: 6 }),
    s: fc.integer({ min: 1, max: 3 }),
    pad: fc.integer({ min: 0, max: 3 }),
  })
  .map(convShape);

const image = ({ a, b, d }: ConvShape): Matrix => randomMatrix(d, a * b, { seed: 1, low: -1 });
const columns = ({ h, d, aOut, bOut }: ConvShape): Matrix =>
  randomMatrix(h * h * d, aOut * bOut, { seed: 2, low: -1 });

describe("φ, P_φᵀ and products on the engine", () => {
  for (const { name, precision, machine } of machines) {
    const of = precision === "float32" ? asFloat32 : (M: Matrix) => M;
    const tolerance = precision === "float32" ? 1e-5 : 1e-13;

    it(`copy every sub-image as the reference does, ${name}, ${precision}`, () => {
      fc.assert(
        fc.property(shapes, (shape) => {
          const Z = of(image(shape));
          assert.deepEqual([...enginePhi(machine, Z, shape).data], [...phi(Z, shape).data]);
        }),
        { numRuns: 60 },
      );
    });

    it(`add every entry where φ read it, ${name}, ${precision}`, () => {
      fc.assert(
        fc.property(shapes, (shape) => {
          const V = of(columns(shape));
          near(engineVTP(machine, V, shape), vTP(V, shape), tolerance);
        }),
        { numRuns: 60 },
      );
    });

    it(`multiply as the reference does, ${name}, ${precision}`, () => {
      const side = fc.integer({ min: 1, max: 41 });
      fc.assert(
        fc.property(side, side, side, (m, k, n) => {
          const A = of(randomMatrix(m, k, { seed: 1, low: -1 }));
          const B = of(randomMatrix(k, n, { seed: 2, low: -1 }));
          near(engineMultiply(machine, A, B), multiply(A, B), tolerance);
        }),
        { numRuns: 60 },
      );
    });
  }

  it("are what large φ, vTP and multiply go to, with the same answers", () => {
    const shape = convShape({ a: 40, b: 37, d: 6, h: 5, s: 2, pad: 2 });
    const phiZ = phi(image(shape), shape);
    assert.deepEqual([...chosenPhi(image(shape), shape).data], [...phiZ.data]);
    near(chosenVTP(phiZ, shape), vTP(phiZ, shape), 1e-12);
    const W = randomMatrix(9, phiZ.rows, { seed: 3, low: -1 });
    near(chosenMultiply(W, phiZ), multiply(W, phiZ), 1e-12);
  });

  it("refuse what the reference refuses", () => {
    const shape = convShape({ a: 40, b: 37, d: 6, h: 5 });
    assert.throws(() => chosenPhi(image({ ...shape, d: 5 }), shape), /phi: Z is 5 × 1480; the shape needs 6/);
    assert.throws(() => chosenMultiply(image(shape), image(shape)), /A.cols must be B.rows/);
  });
});

function near(found: Matrix, wanted: Matrix, tolerance: number): void {
  assert.deepEqual([found.rows, found.cols], [wanted.rows, wanted.cols]);
  for (let k = 0; k < wanted.data.length; k++) {
    assert.ok(Math.abs(found.data[k] - wanted.data[k]) < tolerance, `entry ${k}`);
  }
}
