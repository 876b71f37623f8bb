import assert from "node:assert/strict";
import { runInThisContext } from "node:vm";
import { checkpointName } from "../../src/engine/machine/checkpoint.js";
import { convGradients, convLinear, engineInfo, maxPool, phi, release, resident } from "../../src/index.js";
import { maxPool as plainMaxPool } from "../../src/numeric/pool.js";
import { randomMatrix } from "../../src/numeric/random.js";
import type { Matrix } from "../../src/numeric/storage.js";
import type { ConvOptions } from "../../src/operations/convProblem.js";
import { convGradientsReference, convLinearReference } from "../../src/operations/convReference.js";
import { convShape } from "../../src/shape.js";
import { asFloat32, numbersOf } from "../operations/layers.js";

const host = globalThis as { [checkpointName]?: () => unknown; oneMore?: () => void };
const layer = { shape: convShape({ a: 12, b: 9, d: 16, h: 3, pad: 1 }), groups: 1, batch: 2, dOut: 24 };
const { shape, batch } = layer;
const float32 = (seed: number): Record<"W" | "b" | "Z" | "dS", Matrix> => {
  const random = (M: Matrix, k: number) =>
    asFloat32(randomMatrix(M.rows, M.cols, { seed: seed + k, low: -1 }));
  const { W, b, Z, dS } = numbersOf(layer);
  return { W: random(W, 0), b: random(b, 1), Z: random(Z, 2), dS: random(dS, 3) };
};

/** S and the gradients; the same from the reference. */
const found = ({ W, b, Z, dS }: ReturnType<typeof float32>, options: ConvOptions = {}) => [
  convLinear(W, b, Z, shape, { batch, ...options }),
  ...Object.values(convGradients(W, Z, dS, shape, { batch, ...options })),
];
const wanted = ({ W, b, Z, dS }: ReturnType<typeof float32>, options: ConvOptions = {}) => [
  convLinearReference(W, b, Z, shape, { batch, ...options }),
  ...Object.values(convGradientsReference(W, Z, dS, shape, { batch, ...options })),
];

function near(some: readonly Matrix[], others: readonly Matrix[], bound = 1e-4): void {
  some.forEach((M, k) => {
    M.data.forEach((x, n) => {
      assert.ok(Math.abs(x - others[k]!.data[n]!) < bound, `${k}: ${x} at ${n}`);
    });
  });
}

describe("a plan, kept from call to call", () => {
  it("computes with the operands of each call, wherever they lie", () => {
    const [one, other] = [float32(1), float32(11)];
    const settled = Object.fromEntries(
      Object.entries(one).map(([name, M]) => [name, resident(M)]),
    ) as typeof one;
    for (const given of [one, other, settled, other, { ...settled, Z: other.Z }, one]) {
      near(found(given), wanted(given));
    }
  });

  it("sees numbers that were written between two calls", () => {
    for (const given of [float32(1), { ...float32(1), W: resident(float32(1).W) }]) {
      found(given);
      for (const M of [given.W, given.b, given.Z, given.dS]) M.data[5] = 3;
      near(found(given), wanted(given));
    }
  });

  it("takes numbers that are two operands once, and others the next time", () => {
    const square = convShape({ a: 10, b: 7, d: 16, h: 3, pad: 1 });
    const { W, Z, dS } = numbersOf({ shape: square, groups: 1, batch: 1, dOut: 16 });
    for (const [image, gradient] of [
      [Z, Z],
      [Z, dS],
      [dS, Z],
    ] as const) {
      const gradients = Object.values(convGradients(W, image, gradient, square));
      near(gradients, Object.values(convGradientsReference(W, image, gradient, square)));
    }
  });

  it("does what the options of each call ask for", () => {
    const given = float32(1);
    for (const accuracy of ["exact", undefined, "fast", "exact"] as const) {
      for (const relu of [true, false]) {
        for (const threads of [2, 1, undefined]) {
          const options = { accuracy, relu, threads };
          near(found(given, options), wanted(given, options), 1e-3);
        }
      }
    }
  });

  it("goes for its sizes alone: more shapes than are kept, in turn", () => {
    const shapes = Array.from({ length: 180 }, (_, k) =>
      convShape({ a: 250 + (k % 90), b: 256, d: 1, h: 1 }),
    );
    const [W, b] = [asFloat32(randomMatrix(4, 1, { seed: 1 })), new Float32Array([1, 2, 3, 4])];
    const pixels = asFloat32(randomMatrix(1, 340 * 256, { seed: 2 }));
    const sizes = shapes.map((one) => {
      const Z = { rows: 1, cols: one.a * one.b, data: pixels.data.subarray(0, one.a * one.b) };
      const S = convLinear(W, b, Z, one, { threads: 1 });
      for (const at of [0, 17, Z.cols - 1]) {
        const sum = W.data[1]! * Z.data[at]! + 2;
        assert.ok(Math.abs(S.data[1 + 4 * at]! - sum) < 1e-6);
      }
      release(S);
      return engineInfo().memory.used;
    });
    const [first, half, all] = [sizes[0]!, sizes[89]!, sizes[179]!];
    assert.ok(half - first < 2 ** 24 + 2 ** 21 && all - first < 2 ** 24 + 2 ** 21, sizes.join(" "));
  });

  it("is whole after an interrupt at any of its tasks", () => {
    const given = float32(1);
    const { W, b, Z, dS } = given;
    const expected = found(given).map(({ data }) => [...data]);
    const operations = [
      () => release(convLinear(W, b, Z, shape, { batch })),
      () => release(...Object.values(convGradients(W, Z, dS, shape, { batch }))),
    ];
    const { used } = engineInfo().memory;
    for (const operation of operations) {
      for (let last = 1; stopsAt(last, operation); last++) {
        if (last % 5 > 0) continue;
        const again = found(given);
        again.forEach(({ data }, k) => {
          assert.deepEqual([...data], expected[k]);
        });
        release(...again);
      }
    }
    assert.ok(engineInfo().memory.used <= used);
  });

  it("is whole after a host has ended it without its `finally`", () => {
    const [given, other] = [float32(1), float32(11)];
    const expected = found(given).map(({ data }) => [...data]);
    host.oneMore = () => {
      for (;;) for (const numbers of [given, other]) release(...found(numbers, { threads: 2 }));
    };
    for (let k = 0; k < 10; k++) {
      assert.throws(() => runInThisContext("oneMore()", { timeout: 5 + k }), /timed out/);
      found(given).forEach(({ data }, n) => {
        assert.deepEqual([...data], expected[n]);
      });
    }
    delete host.oneMore;
  });

  it("serves φ(Z) and pooling, by sizes too", () => {
    for (const [a, b, d] of [
      [30, 20, 16],
      [20, 30, 16],
      [40, 15, 16],
    ] as const) {
      const Z = randomMatrix(d, a * b, { seed: a, low: -1 });
      const wide = convShape({ a, b, d, h: 2 });
      assert.equal(phi(Z, wide).data[4 * d * wide.aOut], Z.data[d * a]);
      const pooled = maxPool(Z, { a, b, q: 2 });
      const plain = plainMaxPool(Z, { a, b, q: 2 });
      assert.deepEqual([...pooled.Z.data], [...plain.Z.data]);
      assert.deepEqual([...pooled.index], [...plain.index]);
    }
  });
});

/** Whether a host that stops the operation when it is asked for the n-th time comes to do so. */
function stopsAt(n: number, operation: () => void): boolean {
  let asked = 0;
  host[checkpointName] = () => {
    if (++asked === n) throw new Error("stop here");
  };
  try {
    operation();
    return false;
  } catch (error) {
    assert.match(String(error), /stop here/);
    return true;
  } finally {
    delete host[checkpointName];
  }
}
