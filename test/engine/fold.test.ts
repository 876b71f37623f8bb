import assert from "node:assert/strict";
import fc from "fast-check";
import {
  foldFilters,
  foldImages,
  unfoldFilters,
  unfoldImages,
  unitStride,
} from "../../src/engine/describe/fold.js";
import { formFor, suits } from "../../src/engine/describe/method.js";
import { type WinogradName, winogradForms } from "../../src/engine/kernels/winogradForm.js";
import { engineBackward, engineForward } from "../../src/engine/operations/conv.js";
import { perform } from "../../src/engine/plan/perform.js";
import { Workspace } from "../../src/engine/plan/workspace.js";
import { columnMajor, type Matrix, type Numbers } from "../../src/numeric/storage.js";
import { convProblem } from "../../src/operations/convProblem.js";
import { convGradientsReference, convLinearReference } from "../../src/operations/convReference.js";
import { convShape } from "../../src/shape.js";
import { cases } from "../cases.js";
import { asFloat32, type Layer, numbersOf } from "../operations/layers.js";
import { machines } from "./machines.js";

/** Largest error over largest entry that each form may have on the layers below. */
const bounds: Readonly<Record<WinogradName, number>> = { F2x3: 2e-6, F4x3: 3e-5, F2x5: 6e-5 };

/** Strides 2 to 4 whose folded filters have side × side pixels, folded channels in eights, remainders and padding. */
const layersOf = (side: number): fc.Arbitrary<Layer> =>
  fc
    .record({
      s: fc.constantFrom(2, 3, 4),
      lacking: fc.integer({ min: 0, max: 3 }),
      a: fc.integer({ min: 0, max: 14 }),
      b: fc.integer({ min: 0, max: 11 }),
      pad: fc.integer({ min: 0, max: 3 }),
      batch: fc.integer({ min: 1, max: 3 }),
      outputs: fc.integer({ min: 1, max: 3 }),
    })
    .map(({ s, lacking, a, b, pad, batch, outputs }) => {
      const h = s * side - Math.min(lacking, s - 1);
      const d = { 2: 2, 3: 8, 4: 1 }[s as 2 | 3 | 4];
      const shape = convShape({ a: h + a, b: h + b, d, h, s, pad });
      return { shape, groups: 1, batch, dOut: 8 * outputs };
    });

const single = machines.filter(({ precision }) => precision === "float32");

describe("a layer of stride s as one of stride 1", () => {
  it("has the pixels of a square as channels, c fastest, then i, then j: by hand", () => {
    const layer = { shape: convShape({ a: 5, b: 4, d: 1, h: 3, s: 2 }), dOut: 1, groups: 1, batch: 1 };
    const sizes = { ...layer, part: layer.shape };
    const { machine } = single[0]!;
    const unit = unitStride(sizes).shape;
    assert.deepEqual([unit.a, unit.b, unit.d, unit.h, unit.s, unit.pad], [3, 2, 4, 2, 1, 0]);
    const Z = Float32Array.from({ length: 20 }, (_, k) => 10 * Math.floor(k / 5) + (k % 5)); // column, row
    const W = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9); // i fastest
    const found = perform(machine, 1, { operation: "fold", sizes }, [W, Z], (work, W, Z) => {
      const images = foldImages(work, sizes, work.put(Z));
      const filters = foldFilters(work, sizes, work.put(W));
      return {
        images: work.take(images, 24),
        filters: work.take(filters, 16),
        Z: work.take(unfoldImages(work, sizes, images), 20),
        W: work.take(unfoldFilters(work, sizes, filters), 9),
      };
    });
    const { images, filters, Z: unfolded, W: gradient } = found as Record<keyof typeof found, Numbers>;
    assert.deepEqual([...images.slice(0, 12)], [0, 1, 10, 11, 2, 3, 12, 13, 4, 0, 14, 0]);
    assert.deepEqual([...filters], [1, 3, 7, 9, 2, 0, 8, 0, 4, 6, 0, 0, 5, 0, 0, 0]);
    assert.deepEqual([...unfolded], [...Z]);
    assert.deepEqual([...gradient], [...W]);
  });

  it("gives pixels that no window sees a gradient of 0, up to rounding", () => {
    const layer = { shape: convShape({ a: 12, b: 11, d: 8, h: 7, s: 3 }), dOut: 8, groups: 1, batch: 2 };
    const { W, Z, dS } = numbersOf(layer);
    const problem = { ...convProblem("test", W, Z, layer.shape, { batch: 2 }), form: "F2x3" as const };
    const { machine } = single[0]!;
    const found = engineBackward(machine, problem, asFloat32(W), asFloat32(Z), asFloat32(dS));
    const unseen = Array.from(found.Z.data, (x, k) => ({
      x,
      row: Math.floor(k / 8) % 12,
      column: Math.floor(k / 96) % 11,
    }));
    assert.ok(
      unseen.filter(({ row, column }) => row >= 10 || column >= 10).every(({ x }) => Math.abs(x) < 1e-6),
    );
    assert.ok(
      unseen.filter(({ row, column }) => row < 10 && column < 10).every(({ x }) => Math.abs(x) > 1e-6),
    );
  });

  for (const { name, machine } of single) {
    for (const form of Object.keys(winogradForms) as WinogradName[]) {
      it(`has the S, σ(S) and gradients of the reference: ${form}, ${name}`, () => {
        fc.assert(
          fc.property(layersOf(winogradForms[form].r), fc.boolean(), (layer, relu) => {
            const exact = numbersOf(layer);
            const [W, b, Z, dS] = [exact.W, exact.b, exact.Z, exact.dS].map(asFloat32) as [
              Matrix,
              Matrix,
              Matrix,
              Matrix,
            ];
            const options = { batch: layer.batch, relu };
            const problem = { ...convProblem("test", W, Z, layer.shape, options), form };
            assert.ok(suits(new Workspace(machine), unitStride(problem), form));
            const S = engineForward(machine, problem, W, b, Z);
            near(S, convLinearReference(wide(W), wide(b), wide(Z), layer.shape, options), bounds[form]);
            const found = engineBackward(machine, problem, W, Z, dS);
            const wanted = convGradientsReference(wide(W), wide(Z), wide(dS), layer.shape, options);
            for (const of of ["b", "W", "Z"] as const) near(found[of], wanted[of], bounds[form], of);
          }),
          cases(12),
        );
      });
    }
  }

  it('serves AlexNet\'s first layer where accuracy is "fast", and no layer in groups', () => {
    const shape = convShape({ a: 227, b: 227, d: 3, h: 11, s: 4 });
    const sizes = { shape, part: shape, dOut: 96, groups: 1, batch: 1 };
    const work = new Workspace(single[0]!.machine);
    assert.equal(formFor(work, sizes, "fast"), "F4x3");
    assert.equal(formFor(work, sizes, "exact"), undefined);
    const wide = convShape({ a: 57, b: 57, d: 32, h: 5, s: 2 });
    const part = convShape({ ...wide, d: 16 });
    assert.equal(formFor(work, { shape: wide, part, dOut: 64, groups: 2, batch: 1 }, "fast"), undefined);
  });
});

function wide(M: Matrix): Matrix {
  return columnMajor(M.rows, M.cols, Float64Array.from(M.data));
}

function near(found: Matrix, wanted: Matrix, bound: number, what = "S"): void {
  const largest = Math.max(...Array.from(wanted.data, Math.abs));
  const error = Math.max(...Array.from(wanted.data, (x, k) => Math.abs(x - found.data[k]!)));
  assert.ok(error <= bound * largest, `${what}: error ${error} for entries up to ${largest}`);
}
