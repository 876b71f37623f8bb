import assert from "node:assert/strict";
import { checkpointName } from "../../src/engine/machine/checkpoint.js";
import { convGradients, convLinear, engineInfo, frozen, type Matrix, release } from "../../src/index.js";
import type { Numbers } from "../../src/numeric/storage.js";
import type { ConvOptions } from "../../src/operations/convProblem.js";
import { convShape } from "../../src/shape.js";
import { asFloat32, numbersOf } from "../operations/layers.js";
import { sweep } from "./memory/collect.js";

const host = globalThis as { [checkpointName]?: () => unknown };

const layers = [
  { shape: convShape({ a: 13, b: 11, d: 16, h: 3, pad: 1 }), groups: 1, batch: 1, dOut: 24 },
  { shape: convShape({ a: 12, b: 9, d: 16, h: 3, pad: 1 }), groups: 2, batch: 2, dOut: 48 },
  { shape: convShape({ a: 14, b: 13, d: 16, h: 5, pad: 2 }), groups: 1, batch: 1, dOut: 16 },
  { shape: convShape({ a: 23, b: 21, d: 3, h: 5, s: 2 }), groups: 1, batch: 1, dOut: 20 },
];
const [plain] = layers;
const inputs = (layer: (typeof layers)[number]) => {
  const { W, b, Z, dS } = numbersOf(layer);
  return { W: asFloat32(W), b: asFloat32(b), Z: asFloat32(Z), dS: asFloat32(dS) };
};

describe("frozen filters", () => {
  for (const layer of layers) {
    for (const accuracy of ["exact", undefined, "fast"] as const) {
      for (const precision of ["float32", "float64"] as const) {
        const { a, b: columns, d, h } = layer.shape;
        it(`give the same numbers, and the same bits at every call: ${a} × ${columns} × ${d}, h = ${h}, ${accuracy ?? "default"}, ${precision}`, () => {
          const { W, b, Z, dS } = precision === "float32" ? inputs(layer) : numbersOf(layer);
          const options: ConvOptions = { groups: layer.groups, batch: layer.batch, accuracy };
          const results = (filters: Matrix) => [
            convLinear(filters, b, Z, layer.shape, options).data,
            ...Object.values(convGradients(filters, Z, dS, layer.shape, options)).map(({ data }) => data),
          ];
          const still = frozen(W);
          const first = results(still);
          const bound = precision === "float32" ? 1e-4 : 1e-12;
          results(W).forEach((expected, k) => {
            assertClose(first[k]!, expected, accuracy === "exact" ? 0 : bound);
          });
          for (let call = 0; call < 2; call++) assert.deepEqual(results(still), first);
        });
      }
    }
  }

  it("are a copy, and are packed once", () => {
    const { W, b, Z } = inputs(plain);
    const still = frozen(W);
    const first = convLinear(still, b, Z, plain.shape).data.slice();
    W.data.fill(0);
    still.data.fill(0); // not allowed: it shows that the numbers are not read again
    assert.deepEqual(convLinear(still, b, Z, plain.shape).data.slice(), first);
  });

  it("are told apart by how they are read", () => {
    const { W, b, Z } = inputs(plain);
    const still = frozen(W);
    const one = convShape({ a: 13, b: 11, d: 16 * 9, h: 1 });
    const wide = asFloat32(numbersOf({ ...plain, shape: one }).Z);
    convLinear(still, b, Z, plain.shape);
    const asPixels = convLinear(still, b, wide, one).data;
    assert.deepEqual(asPixels, convLinear(W, b, wide, one).data);
  });

  it("give their memory back when released, and when they have gone", async () => {
    const { W, b, Z } = inputs(plain);
    const before = frozen(W);
    convLinear(before, b, Z, plain.shape); // scratch memory and lists stay
    release(before);
    await sweep();
    const { used } = engineInfo().memory;
    const still = frozen(W);
    convLinear(still, b, Z, plain.shape);
    assert.ok(engineInfo().memory.used >= used + W.data.byteLength);
    release(still);
    await sweep();
    assert.equal(engineInfo().memory.used, used);
    convLinear(frozen(W), b, Z, plain.shape);
    await sweep();
    assert.equal(engineInfo().memory.used, used);
  });

  it("are packed anew after an interrupt in the middle of packing", () => {
    const { W, b, Z } = inputs(plain);
    const expected = convLinear(W, b, Z, plain.shape).data;
    const still = frozen(W);
    host[checkpointName] = () => {
      throw new Error("stop here");
    };
    try {
      assert.throws(() => convLinear(still, b, Z, plain.shape, { threads: 1 }), /stop here/);
    } finally {
      delete host[checkpointName];
    }
    assert.deepEqual(convLinear(still, b, Z, plain.shape).data, expected);
  });
});

/** The largest difference is at most `bound` of the largest entry. */
function assertClose(found: Numbers, expected: Numbers, bound: number): void {
  const largest = Math.max(...Array.from(expected, Math.abs));
  const difference = Math.max(...Array.from(expected, (x, k) => Math.abs(found[k]! - x)));
  assert.ok(difference <= bound * largest, `differs by ${difference / largest} of the largest`);
}
