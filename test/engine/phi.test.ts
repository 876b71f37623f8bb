import assert from "node:assert/strict";
import fc from "fast-check";
import { isThin, phiByPlanes } from "../../src/engine/describe/phiPlanes.js";
import { phiBySquares } from "../../src/engine/describe/phiSquares.js";
import type { Machine, Precision } from "../../src/engine/machine/machine.js";
import { engineMultiply, enginePhi, engineVTP } from "../../src/engine/operations/phi.js";
import { perform } from "../../src/engine/plan/perform.js";
import { multiply } from "../../src/numeric/multiply.js";
import { phi, vTP } from "../../src/numeric/phi.js";
import { randomMatrix } from "../../src/numeric/random.js";
import { columnMajor, type Matrix } from "../../src/numeric/storage.js";
import { multiply as chosenMultiply, phi as chosenPhi, vTP as chosenVTP } from "../../src/operations/fast.js";
import { type ConvShape, convShape } from "../../src/shape.js";
import { cases } from "../cases.js";
import { asFloat32 } from "../operations/layers.js";
import { machines } from "./machines.js";

/**
 * Few channels (columns from planes) and many (by squares) with every remainder by four, windows of up to three vectors
 * and more, images lower than a vector, strides that leave rows over, frames wider than the window.
 */
const shapes: fc.Arbitrary<ConvShape> = fc
  .record({
    a: fc.integer({ min: 1, max: 14 }),
    b: fc.integer({ min: 1, max: 13 }),
    d: fc.oneof(
      { arbitrary: fc.integer({ min: 1, max: 9 }), weight: 4 },
      { arbitrary: fc.integer({ min: 15, max: 20 }), weight: 3 },
      { arbitrary: fc.integer({ min: 67, max: 70 }), weight: 1 },
    ),
    h: fc.integer({ min: 1, max: 13 }),
    s: fc.integer({ min: 1, max: 4 }),
    pad: fc.integer({ min: 0, max: 3 }),
  })
  .filter(({ a, b, h, pad }) => h <= Math.min(a, b) + 2 * pad)
  .map(convShape);

/** More channels than a block has, more columns of places than a task has; windows of known sides and of any. */
const largeShapes = [
  { a: 23, b: 29, d: 15, h: 9, pad: 2 },
  { a: 151, b: 150, d: 3, h: 11, s: 4 },
  { a: 300, b: 230, d: 1, h: 3, pad: 1 },
  { a: 90, b: 80, d: 1, h: 5, pad: 2 },
  { a: 41, b: 37, d: 21, h: 3, pad: 1 },
  { a: 27, b: 23, d: 70, h: 3, pad: 1 },
  { a: 27, b: 23, d: 39, h: 5 },
  { a: 46, b: 53, d: 39, h: 4, s: 3 },
].map(convShape);

const image = ({ a, b, d }: ConvShape): Matrix => randomMatrix(d, a * b, { seed: 1, low: -1 });
const columns = ({ h, d, aOut, bOut }: ConvShape): Matrix =>
  randomMatrix(h * h * d, aOut * bOut, { seed: 2, low: -1 });

/** Large inputs in both precisions, and what the reference makes of them: made once, when they are first wanted. */
const largeCases: Record<Precision, () => readonly Case[]> = {
  float32: once("float32"),
  float64: once("float64"),
};

interface Case {
  readonly shape: ConvShape;
  readonly Z: Matrix;
  readonly V: Matrix;
  readonly phiZ: Matrix;
  readonly vP: Matrix;
}

function once(precision: Precision): () => readonly Case[] {
  let made: readonly Case[] | undefined;
  return () => {
    made ??= largeShapes.map((shape) => {
      const [Z, V] = [
        filled(shape.d, shape.a * shape.b, precision),
        filled(shape.h ** 2 * shape.d, shape.aOut * shape.bOut, precision),
      ];
      return { shape, Z, V, phiZ: phi(Z, shape), vP: vTP(V, shape) };
    });
    return made;
  };
}

/** Numbers on [−1, 1) that differ from their neighbours; drawing a million would take a second. */
function filled(rows: number, cols: number, precision: Precision): Matrix {
  const numbers = precision === "float32" ? new Float32Array(rows * cols) : new Float64Array(rows * cols);
  return { rows, cols, data: numbers.map((_, k) => 2 * ((k * 0.6180339887) % 1) - 1) };
}

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
        cases(100),
      );
    });

    it(`add every entry where φ read it, ${name}, ${precision}`, () => {
      fc.assert(
        fc.property(shapes, (shape) => {
          const V = of(columns(shape));
          near(engineVTP(machine, V, shape), vTP(V, shape), tolerance);
        }),
        cases(100),
      );
    });

    it(`do so in many tasks, one thread or two, in any order, ${name}, ${precision}`, () => {
      for (const { shape, Z, V, phiZ, vP } of largeCases[precision]()) {
        const added = engineVTP(machine, V, shape, 1);
        near(added, vP, 4 * tolerance);
        for (const threads of [1, 2]) {
          assert.ok(sameNumbers(enginePhi(machine, Z, shape, threads), phiZ), `φ, ${threads} threads`);
          assert.ok(sameNumbers(engineVTP(machine, V, shape, threads), added), `P_φᵀ, ${threads} threads`);
        }
        assert.ok(sameNumbers(backwards(machine, Z, shape), phiZ), "φ, the last task first");
      }
    });

    it(`are each other's transpose, ${name}, ${precision}`, () => {
      for (const { shape, Z, V } of largeCases[precision]()) {
        const [left, right] = [dot(enginePhi(machine, Z, shape), V), dot(Z, engineVTP(machine, V, shape))];
        assert.ok(Math.abs(left - right) < tolerance * Z.data.length * shape.h, `${left} and ${right}`);
      }
    });

    it(`write nothing behind their results, ${name}, ${precision}`, () => {
      for (const { shape, Z, V } of largeCases[precision]()) {
        assertNothingBehind(machine, () => enginePhi(machine, Z, shape));
        assertNothingBehind(machine, () => engineVTP(machine, V, shape));
      }
    });

    it(`multiply as the reference does, ${name}, ${precision}`, () => {
      const side = fc.integer({ min: 1, max: 41 });
      fc.assert(
        fc.property(side, side, side, (m, k, n) => {
          const A = of(randomMatrix(m, k, { seed: 1, low: -1 }));
          const B = of(randomMatrix(k, n, { seed: 2, low: -1 }));
          near(engineMultiply(machine, A, B), multiply(A, B), tolerance);
        }),
        cases(60),
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

  it("multiply a few columns too, in float32 only where both are", () => {
    const A = randomMatrix(190, 210, { seed: 4, low: -1 });
    for (const cols of [1, 2, 3]) {
      const B = randomMatrix(210, cols, { seed: 5, low: -1 });
      near(chosenMultiply(A, B), multiply(A, B), 1e-12);
      near(chosenMultiply(asFloat32(A), B), multiply(asFloat32(A), B), 1e-12);
      near(chosenMultiply(A, asFloat32(B)), multiply(A, asFloat32(B)), 1e-12);
      const C = chosenMultiply(asFloat32(A), asFloat32(B));
      assert.ok(C.data instanceof Float32Array);
      near(C, multiply(A, B), 1e-4);
    }
  });

  it("refuse what the reference refuses", () => {
    const shape = convShape({ a: 40, b: 37, d: 6, h: 5 });
    assert.throws(() => chosenPhi(image({ ...shape, d: 5 }), shape), /phi: Z is 5 × 1480; the shape needs 6/);
    assert.throws(() => chosenMultiply(image(shape), image(shape)), /A.cols must be B.rows/);
  });
});

/** φ(Z) with the tasks of each stage in the opposite order: what a task writes must be its own. */
function backwards(machine: Machine, Z: Matrix, shape: ConvShape): Matrix {
  const [rows, cols] = [shape.h ** 2 * shape.d, shape.aOut * shape.bOut];
  const key = { operation: "φ backwards", sizes: JSON.stringify(shape) };
  const { data } = perform(machine, 1, key, [Z.data], (work, Z) => {
    const describe = isThin(shape) ? phiByPlanes : phiBySquares;
    const columns = describe(work, shape, work.put(Z));
    for (const [k, tasks] of work.stages.entries()) work.stages[k] = [...tasks].reverse();
    return { data: work.take(columns, rows * cols) };
  });
  return columnMajor(rows, cols, data);
}

/** A block of memory is longer than what it is given out for: marks there must outlive a call that gets it again. */
function assertNothingBehind(machine: Machine, call: () => Matrix): void {
  const { data } = call();
  const end = data.byteOffset + data.byteLength;
  assert.ok(machine.residence.addressOf(data) !== undefined, "large enough to stay in the engine's memory");
  const behind = new Uint8Array(machine.memory.buffer, end, 64).fill(0xa5);
  machine.residence.release(data);
  const again = call().data;
  assert.equal(again.byteOffset + again.byteLength, end);
  assert.ok(behind.every((byte) => byte === 0xa5));
  machine.residence.release(again);
}

function sameNumbers(A: Matrix, B: Matrix): boolean {
  return A.data.length === B.data.length && A.data.every((x, k) => x === B.data[k]);
}

function dot(A: Matrix, B: Matrix): number {
  let sum = 0;
  for (let k = 0; k < A.data.length; k++) sum += A.data[k] * B.data[k];
  return sum;
}

function near(found: Matrix, wanted: Matrix, tolerance: number): void {
  assert.deepEqual([found.rows, found.cols], [wanted.rows, wanted.cols]);
  for (let k = 0; k < wanted.data.length; k++) {
    assert.ok(Math.abs(found.data[k] - wanted.data[k]) < tolerance, `entry ${k}`);
  }
}
