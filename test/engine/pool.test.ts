import assert from "node:assert/strict";
import fc from "fast-check";
import {
  engineAvgPool,
  engineAvgPoolTranspose,
  engineMaxPool,
  engineMaxPoolTranspose,
} from "../../src/engine/operations/pool.js";
import { matrix } from "../../src/numeric/matrix.js";
import { avgPool, avgPoolTranspose, maxPool, maxPoolTranspose, poolForm } from "../../src/numeric/pool.js";
import { randomMatrix } from "../../src/numeric/random.js";
import type { Matrix } from "../../src/numeric/storage.js";
import { avgPool as chosenAvgPool, maxPool as chosenMaxPool } from "../../src/operations/pool.js";
import { cases } from "../cases.js";
import { asFloat32 } from "../operations/layers.js";
import { machines } from "./machines.js";

const images = fc.record({
  a: fc.integer({ min: 3, max: 9 }),
  b: fc.integer({ min: 3, max: 8 }),
  d: fc.integer({ min: 4, max: 11 }),
  q: fc.integer({ min: 1, max: 3 }),
});

describe("pooling on the engine", () => {
  for (const { name, precision, machine } of machines) {
    const of = precision === "float32" ? asFloat32 : (M: Matrix) => M;

    it(`finds each window's largest and mean as the reference does, ${name}, ${precision}`, () => {
      fc.assert(
        fc.property(images, ({ a, b, d, q }) => {
          const Z = of(randomMatrix(d, a * b, { seed: 1, low: -1 }));
          for (let k = 0; k < Z.data.length; k += 3) Z.data[k] = 0.5; // ties
          const [found, wanted] = [
            engineMaxPool(machine, poolForm("test", Z, { a, b, q }), Z),
            maxPool(Z, { a, b, q }),
          ];
          assert.deepEqual([...found.Z.data], [...wanted.Z.data]);
          assert.deepEqual(found.index, wanted.index);
          const [mean, sum] = [
            engineAvgPool(machine, poolForm("test", Z, { a, b, q }), Z),
            avgPool(Z, { a, b, q }),
          ];
          for (let k = 0; k < sum.data.length; k++) assert.ok(Math.abs(mean.data[k] - sum.data[k]) < 1e-6);
        }),
        cases(40),
      );
    });

    it(`pools a batch and sends it back as the reference does, ${name}, ${precision}`, () => {
      fc.assert(
        fc.property(images, fc.integer({ min: 1, max: 4 }), ({ a, b, d, q }, batch) => {
          const size = { a, b, q };
          const Z = of(randomMatrix(d, a * b * batch, { seed: 1, low: -1 }));
          const form = poolForm("test", Z, size);
          const wanted = maxPool(Z, size);
          const V = of(randomMatrix(d, form.places, { seed: 2, low: -1 }));
          const sent = {
            max: maxPoolTranspose(V, wanted.index, { a, b, d }, { batch }),
            mean: avgPoolTranspose(V, size),
          };
          for (const threads of [1, 2]) {
            const found = engineMaxPool(machine, form, Z, undefined, threads);
            assert.deepEqual([...found.Z.data], [...wanted.Z.data]);
            assert.deepEqual(found.index, wanted.index);
            near(engineAvgPool(machine, form, Z, undefined, threads), avgPool(Z, size));
            const back = engineMaxPoolTranspose(machine, { ...form }, V, wanted.index, undefined, threads);
            assert.deepEqual([...back.data], [...sent.max.data]);
            near(engineAvgPoolTranspose(machine, form, V, undefined, threads), sent.mean);
          }
          const into = of(randomMatrix(d, a * b * batch, { seed: 3 }));
          assert.equal(engineAvgPoolTranspose(machine, form, V, into), into);
          near(into, sent.mean);
          assert.equal(engineMaxPoolTranspose(machine, form, V, wanted.index, into), into);
          assert.deepEqual([...into.data], [...sent.max.data]);
          const pooled = { Z: of(matrix(d, form.places)), index: new Int32Array(d * form.places) };
          assert.equal(engineMaxPool(machine, form, Z, pooled), pooled);
          assert.deepEqual([[...pooled.Z.data], pooled.index], [[...wanted.Z.data], wanted.index]);
        }),
        { numRuns: 30 },
      );
    });

    it(`refuses a place outside of its instance's image, and writes none, ${name}, ${precision}`, () => {
      const form = { d: 4, pixels: 6, batch: 2 };
      const V = of(randomMatrix(4, 2, { seed: 1 }));
      for (const wrong of [-1, 24, 2 ** 31 - 1]) {
        const index = Int32Array.of(0, 1, 2, wrong, 24, 25, 26, 27);
        assert.throws(
          () => engineMaxPoolTranspose(machine, form, V, index),
          new RegExp(`index.3. = ${wrong}; needed a place in vec.Z. of instance 1, from 0 to 23`),
        );
      }
    });

    it(`lets NaN win, the first of them, ${name}, ${precision}`, () => {
      const data = Array.from({ length: 16 }, (_, k) => (k === 4 || k === 8 || k === 6 ? Number.NaN : k));
      const Z = of(matrix(4, 4, data, { nonFinite: true }));
      const found = engineMaxPool(machine, poolForm("test", Z, { a: 2, b: 2, q: 2 }), Z);
      assert.deepEqual([...found.index], [...maxPool(Z, { a: 2, b: 2, q: 2 }).index]);
      assert.ok(Number.isNaN(found.Z.data[0]) && Number.isNaN(found.Z.data[2]));
    });
  }

  it("is where large images go, with the same answers", () => {
    const Z = randomMatrix(12, 30 * 31, { seed: 2, low: -1 });
    const size = { a: 30, b: 31, q: 3 };
    assert.deepEqual(chosenMaxPool(Z, size).index, maxPool(Z, size).index);
    const [found, wanted] = [chosenAvgPool(Z, size).data, avgPool(Z, size).data];
    for (let k = 0; k < wanted.length; k++) assert.ok(Math.abs(found[k] - wanted[k]) < 1e-14);
  });
});

function near(found: Matrix, wanted: Matrix): void {
  assert.deepEqual([found.rows, found.cols], [wanted.rows, wanted.cols]);
  for (let k = 0; k < wanted.data.length; k++) assert.ok(Math.abs(found.data[k] - wanted.data[k]) < 1e-6);
}
