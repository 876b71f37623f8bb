import assert from "node:assert/strict";
import fc from "fast-check";
import {
  engineChosenEntries,
  engineChosenTranspose,
  engineMaxPoolChoice,
} from "../../src/engine/operations/choice.js";
import { chosenEntries, chosenTranspose, maxPoolChoice } from "../../src/numeric/choice.js";
import { relu } from "../../src/numeric/elementwise.js";
import { matrix } from "../../src/numeric/matrix.js";
import { poolForm, poolTransposeForm } from "../../src/numeric/pool.js";
import { randomMatrix } from "../../src/numeric/random.js";
import type { Matrix } from "../../src/numeric/storage.js";
import {
  chosenEntries as anyChosenEntries,
  chosenTranspose as anyChosenTranspose,
  maxPoolChoice as anyMaxPoolChoice,
} from "../../src/operations/choice.js";
import { cases } from "../cases.js";
import { asFloat32 } from "../operations/layers.js";
import { machines } from "./machines.js";

/** Sides with remainders, channels that fill no vector, and windows of one pixel. */
const images = fc.record({
  a: fc.integer({ min: 3, max: 9 }),
  b: fc.integer({ min: 3, max: 8 }),
  d: fc.integer({ min: 4, max: 11 }),
  q: fc.integer({ min: 1, max: 3 }),
  batch: fc.integer({ min: 1, max: 4 }),
  isRelu: fc.boolean(),
  threads: fc.constantFrom(1, 2),
});

describe("max pooling by choice on the engine", () => {
  for (const { name, precision, machine } of machines) {
    const of = precision === "float32" ? asFloat32 : (M: Matrix) => M;

    it(`goes forward, along and back as the reference does, ${name}, ${precision}`, () => {
      fc.assert(
        fc.property(images, ({ a, b, d, q, batch, isRelu, threads }) => {
          const size = { a, b, q };
          const drawn = of(randomMatrix(d, a * b * batch, { seed: 1, low: -1 }));
          for (let k = 0; k < drawn.data.length; k += 3) drawn.data[k] = 0.5; // ties
          const Z = isRelu ? of(relu(drawn)) : drawn;
          const wanted = maxPoolChoice(Z, size, isRelu);
          const form = poolForm("test", Z, size);
          same(engineMaxPoolChoice(machine, form, Z, isRelu, threads), wanted);

          const { choice } = wanted;
          const R = of(randomMatrix(d, a * b * batch, { seed: 2, low: -1 }));
          const along = engineChosenEntries(machine, form, R, choice, threads);
          assert.deepEqual([...along.data], [...chosenEntries(R, choice, size).data]);

          const V = of(randomMatrix(d, form.places, { seed: 3, low: -1 }));
          const back = poolTransposeForm("test", V, size);
          const sent = engineChosenTranspose(machine, back, V, choice, threads);
          assert.deepEqual(plus0(sent), plus0(chosenTranspose(V, choice, size)));
        }),
        cases(40),
      );
    });

    it(`lets NaN win, the first of them, and gives it no σ′, ${name}, ${precision}`, () => {
      const data = Array.from({ length: 16 }, (_, k) => (k === 4 || k === 8 || k === 6 ? Number.NaN : k));
      const Z = of(matrix(4, 4, data, { nonFinite: true }));
      const form = poolForm("test", Z, { a: 2, b: 2, q: 2 });
      assert.deepEqual([...engineMaxPoolChoice(machine, form, Z, false).choice.data], [1, 3, 1, 3]);
      assert.deepEqual([...engineMaxPoolChoice(machine, form, Z, true).choice.data], [-1, 3, -1, 3]);
    });
  }

  it("is where large images go, with the same answers", () => {
    const [a, b, d] = [30, 31, 12];
    const Z = randomMatrix(d, a * b, { seed: 2, low: -1 });
    const size = { a, b, q: 3 };
    const wanted = maxPoolChoice(Z, size, true);
    same(anyMaxPoolChoice(Z, size, { isRelu: true }), wanted);
    const { choice } = wanted;
    assert.deepEqual(anyChosenEntries(Z, choice, size, {}).data, chosenEntries(Z, choice, size).data);
    const V = randomMatrix(d, choice.cols, { seed: 3 });
    assert.deepEqual(plus0(anyChosenTranspose(V, choice, size, {})), plus0(chosenTranspose(V, choice, size)));
  });
});

function same(found: { Z: Matrix; choice: Matrix }, wanted: { Z: Matrix; choice: Matrix }): void {
  assert.deepEqual([...found.Z.data], [...wanted.Z.data]);
  assert.deepEqual([...found.choice.data], [...wanted.choice.data]);
}

/** Without the sign of 0. */
function plus0({ data }: Matrix): number[] {
  return Array.from(data, (x) => x + 0);
}
