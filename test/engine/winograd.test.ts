import assert from "node:assert/strict";
import fc from "fast-check";
import { formFor, suits } from "../../src/engine/describe/method.js";
import { type WinogradName, winogradForm, winogradForms } from "../../src/engine/kernels/winogradForm.js";
import type { Precision } from "../../src/engine/machine/machine.js";
import { engineBackward, engineForward } from "../../src/engine/operations/conv.js";
import { Workspace } from "../../src/engine/plan/workspace.js";
import { randomMatrix } from "../../src/numeric/random.js";
import { columnMajor, type Matrix } from "../../src/numeric/storage.js";
import { convProblem } from "../../src/operations/convProblem.js";
import { convGradientsReference, convLinearReference } from "../../src/operations/convReference.js";
import { convShape } from "../../src/shape.js";
import { cases } from "../cases.js";
import { asFloat32, type Layer, numbersOf } from "../operations/layers.js";
import { machines } from "./machines.js";

/** Largest error over largest entry that each form may have on the layers below, in float32 and in float64. */
const bounds: Readonly<Record<Precision, Readonly<Record<WinogradName, number>>>> = {
  float32: { F2x3: 2e-6, F4x3: 3e-5, F2x5: 6e-5 },
  float64: { F2x3: 4e-15, F4x3: 6e-14, F2x5: 1.2e-13 },
};

/** Channels in eights in float32, in fours in float64. */
const layersOf = (h: number, precision: Precision): fc.Arbitrary<Layer> =>
  fc
    .record({
      a: fc.integer({ min: h, max: 13 }),
      b: fc.integer({ min: h, max: 11 }),
      sides: fc.integer({ min: 1, max: 3 }),
      pad: fc.integer({ min: 0, max: h - 1 }),
      batch: fc.integer({ min: 1, max: 3 }),
      outputs: fc.integer({ min: 1, max: 4 }),
      groups: fc.integer({ min: 1, max: 2 }),
    })
    .map(({ a, b, sides, pad, batch, outputs, groups }) => {
      const side = precision === "float32" ? 8 : 4;
      const shape = convShape({ a, b, d: side * sides * groups, h, pad });
      return { shape, groups, batch, dOut: side * outputs * groups };
    });

describe("Winograd's forms", () => {
  for (const [name, { n, r, m, BT, G, AT }] of Object.entries(winogradForms)) {
    it(`${name}: Aᵀ((G g) ⊙ (Bᵀ d)) is the filter g along d, number by number`, () => {
      const d = [...randomMatrix(n, 1, { seed: 1, low: -1 }).data];
      const g = [...randomMatrix(r, 1, { seed: 2, low: -1 }).data];
      const times = (M: readonly (readonly number[])[], v: ArrayLike<number>) =>
        M.map((row) => row.reduce((sum, x, k) => sum + x * v[k], 0));
      const [u, v] = [times(G, g), times(BT, d)];
      const y = times(
        AT,
        u.map((x, k) => x * v[k]),
      );
      for (let i = 0; i < m; i++) {
        const sum = g.reduce((total, x, k) => total + x * d[i + k], 0);
        assert.ok(Math.abs(y[i] - sum) < 1e-13);
      }
    });
  }

  it("are those of the published F(2, 3)", () => {
    const { AT, G } = winogradForm(3, 4);
    assert.deepEqual(AT, [
      [1, 1, 1, 0],
      [0, 1, -1, 1],
    ]);
    assert.deepEqual(G, [
      [1, 0, 0],
      [0.5, 0.5, 0.5],
      [0.5, -0.5, 0.5],
      [0, 0, 1],
    ]);
  });

  for (const { name, precision, machine } of machines) {
    const inPrecision = (M: Matrix): Matrix => (precision === "float32" ? asFloat32(M) : M);
    for (const form of Object.keys(winogradForms) as WinogradName[]) {
      it(`compute S, σ(S) and X16 to X18 as the reference does: ${form}, ${name}, ${precision}`, () => {
        fc.assert(
          fc.property(layersOf(winogradForms[form].r, precision), fc.boolean(), (layer, relu) => {
            const exact = numbersOf(layer);
            const [W, b, Z, dS] = [exact.W, exact.b, exact.Z, exact.dS].map(inPrecision);
            const bound = bounds[precision][form];
            const options = { batch: layer.batch, groups: layer.groups, relu };
            const problem = { ...convProblem("test", W, Z, layer.shape, options), form };
            assert.ok(suits(new Workspace(machine), problem, form));
            const S = engineForward(machine, problem, W, b, Z);
            near(S, convLinearReference(wide(W), wide(b), wide(Z), layer.shape, options), bound);
            const found = engineBackward(machine, problem, W, Z, dS);
            const wanted = convGradientsReference(wide(W), wide(Z), wide(dS), layer.shape, options);
            for (const of of ["W", "b", "Z"] as const) near(found[of], wanted[of], bound);
          }),
          cases(12),
        );
      });
    }
  }

  it("keep whole numbers exact: F2x3", () => {
    const shape = convShape({ a: 9, b: 7, d: 16, h: 3, pad: 1 });
    const layer = { shape, groups: 1, batch: 2, dOut: 24 };
    const exact = numbersOf(layer);
    const [W, b, Z, dS] = [exact.W, exact.b, exact.Z, exact.dS].map(whole);
    const wanted = convGradientsReference(W, Z, dS, shape, { batch: 2 });
    const S = convLinearReference(W, b, Z, shape, { batch: 2 });
    for (const { precision, machine } of machines) {
      const given = [W, b, Z, dS].map((M) => (precision === "float32" ? asFloat32(M) : M));
      const problem = { ...convProblem("test", W, Z, shape, { batch: 2 }), form: "F2x3" } as const;
      near(engineForward(machine, problem, given[0], given[1], given[2]), S, 0);
      const found = engineBackward(machine, problem, given[0], given[2], given[3]);
      for (const of of ["W", "b", "Z"] as const) near(found[of], wanted[of], 0);
    }
  });

  it("are never used where the sums are to be exact; by default only the one that is as accurate", () => {
    const shape = convShape({ a: 56, b: 56, d: 128, h: 3, pad: 1 });
    const sizes = { shape, part: shape, dOut: 256, groups: 1, batch: 1 };
    for (const { machine } of machines) {
      const work = new Workspace(machine);
      assert.equal(formFor(work, sizes, "exact"), undefined);
      assert.equal(formFor(work, sizes, "default"), "F2x3");
      assert.equal(formFor(work, sizes, "fast"), "F4x3");
    }
  });
});

/** Whole numbers from −8 to 8. */
function whole(M: Matrix): Matrix {
  return columnMajor(
    M.rows,
    M.cols,
    Float64Array.from(M.data, (x) => Math.round(8 * x)),
  );
}

function wide(M: Matrix): Matrix {
  return columnMajor(M.rows, M.cols, Float64Array.from(M.data));
}

function near(found: Matrix, wanted: Matrix, bound: number): void {
  let [largest, error] = [0, 0];
  for (let k = 0; k < wanted.data.length; k++) {
    largest = Math.max(largest, Math.abs(wanted.data[k]));
    error = Math.max(error, Math.abs(wanted.data[k] - found.data[k]));
  }
  assert.ok(error <= bound * largest, `error ${error} for entries up to ${largest}`);
}
