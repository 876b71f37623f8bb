import assert from "node:assert/strict";
import fc from "fast-check";
import { relativeError } from "../../bench/conv/check.js";
import { fromRows, toRows } from "../../src/numeric/matrix.js";
import { multiply } from "../../src/numeric/multiply.js";
import { randomMatrix } from "../../src/numeric/random.js";
import type { Matrix } from "../../src/numeric/storage.js";
import { convGradientsReference, convLinearReference } from "../../src/operations/convReference.js";
import { type NativeBackend, nativeBackend } from "../../src/operations/native.js";
import { convShape } from "../../src/shape.js";
import { anyLayer, asFloat32, numbersOf } from "../operations/layers.js";
import { agrees, cases } from "./torchCases.js";

describe("the native backend", () => {
  it("says what is missing where there is no such library", async () => {
    await assert.rejects(
      nativeBackend({ library: "/nowhere/libopenblas.so" }),
      /nativeBackend: .*(apt|npm) install/,
    );
  });

  describe("with OpenBLAS", () => {
    let native: NativeBackend;
    before(async function () {
      const found = await nativeBackend().catch((error: Error) => error);
      if (found instanceof Error) return this.skip(); // no OpenBLAS or no koffi here
      native = found;
    });

    it("multiplies a matrix of the lecture's size by hand", () => {
      const A = fromRows([
        [1, 2],
        [3, 4],
        [5, 6],
      ]);
      assert.deepEqual(toRows(native.multiply(A, fromRows([[1], [10]]))), [[21], [43], [65]]);
      assert.throws(
        () => native.multiply(A, A),
        /multiply: A is 3 × 2 and B is 3 × 2; A.cols must be B.rows/,
      );
    });

    it("multiplies as the reference does, in either precision and mixed", () => {
      const size = fc.integer({ min: 1, max: 20 });
      fc.assert(
        fc.property(size, size, size, fc.boolean(), fc.boolean(), (m, k, n, left, right) => {
          const [A, B] = [randomMatrix(m, k, { seed: 1, low: -1 }), randomMatrix(k, n, { seed: 2, low: -1 })];
          const [X, Y] = [left ? asFloat32(A) : A, right ? asFloat32(B) : B];
          const [C, expected] = [native.multiply(X, Y, { threads: 1 }), multiply(X, Y)];
          assert.equal(C.data.constructor, expected.data.constructor);
          assert.ok(relativeError(C.data, expected.data) < (left && right ? 1e-6 : 1e-14));
        }),
      );
    });

    it("computes S, with ReLU and without, and all gradients as the reference does", () => {
      fc.assert(
        fc.property(anyLayer, fc.boolean(), fc.boolean(), (layer, relu, single) => {
          const { W, b, Z, dS } = single ? mapped(numbersOf(layer), asFloat32) : numbersOf(layer);
          const { shape, groups, batch } = layer;
          const options = { groups, batch };
          // every sum has at most `terms` products of numbers below 1, each rounded once or twice
          const terms = shape.h ** 2 * Math.max(shape.d, layer.dOut) + shape.aOut * shape.bOut * batch;
          const allowed = 2 * terms * (single ? 2 ** -24 : 2 ** -53);
          const near = (x: Matrix, y: Matrix): void => {
            assert.equal(x.data.constructor, y.data.constructor);
            assert.ok(y.data.every((value, k) => Math.abs(value - x.data[k]!) <= allowed));
          };
          near(
            native.convLinear(W, b, Z, shape, { ...options, relu }),
            convLinearReference(W, b, Z, shape, { ...options, relu }),
          );
          const expected = convGradientsReference(W, Z, dS, shape, options);
          const found = native.convGradients(W, Z, dS, shape, options);
          for (const name of ["W", "b", "Z"] as const) near(found[name], expected[name]);
        }),
      );
    });

    it("refuses what the layer refuses", () => {
      const shape = convShape({ a: 3, b: 3, d: 1, h: 2 });
      const Z = randomMatrix(1, 9, { seed: 1 });
      assert.throws(
        () => native.convLinear(randomMatrix(1, 5, { seed: 2 }), [0], Z, shape),
        /convLinear: W is 1 × 5/,
      );
    });

    for (const one of cases) {
      it(`agrees with PyTorch on ${one.layer.name}, ${one.batch} × ${one.dtype}`, () => agrees(native, one));
    }
  });
});

function mapped<K extends string, A, B>(record: Record<K, A>, f: (value: A) => B): Record<K, B> {
  return Object.fromEntries(Object.entries<A>(record).map(([name, value]) => [name, f(value)])) as Record<
    K,
    B
  >;
}
