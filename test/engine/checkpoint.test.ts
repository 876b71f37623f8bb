import assert from "node:assert/strict";
import { checkpointName } from "../../src/engine/machine/checkpoint.js";
import { convLinear, engineAccuracy, engineInfo } from "../../src/index.js";
import { convShape } from "../../src/shape.js";
import { asFloat32, numbersOf } from "../operations/layers.js";

const host = globalThis as { [checkpointName]?: () => unknown };
const layer = { shape: convShape({ a: 60, b: 60, d: 32, h: 3 }), groups: 1, batch: 1, dOut: 64 };

describe("a host", () => {
  const numbers = numbersOf(layer);
  const [W, b, Z] = [numbers.W, numbers.b, numbers.Z].map(asFloat32);
  const once = (threads: number) => convLinear(W, b, Z, layer.shape, { threads, accuracy: "exact" });

  for (const threads of [1, 2]) {
    it(`can stop a layer between two tasks, and the next one is right: ${threads} threads`, () => {
      const whole = [...once(threads).data];
      const { used } = engineInfo().memory;
      let asked = 0;
      host[checkpointName] = () => {
        if (++asked === 3) throw new Error("stop here");
      };
      try {
        assert.throws(() => once(threads), /stop here/);
      } finally {
        delete host[checkpointName];
      }
      assert.equal(engineInfo().memory.used, used);
      assert.deepEqual([...once(threads).data], whole);
    });
  }

  for (const [precision, unit] of [
    ["float32", 2 ** -24],
    ["float64", 2 ** -53],
  ] as const) {
    it(`can ask how accurate ${precision} is: F(2 × 2, 3 × 3) as the direct sum, six products a little less`, () => {
      const { direct, F2x3, F4x3, F2x5 } = engineAccuracy(precision);
      assert.ok(direct !== undefined && direct > unit / 4 && direct < 30 * unit, `direct: ${direct}`);
      assert.ok(F2x3 !== undefined && F2x3 > unit / 4 && F2x3 < 1.5 * direct, `F2x3: ${F2x3}`);
      assert.ok(F4x3 !== undefined && F4x3 > direct && F4x3 < 500 * unit, `F4x3: ${F4x3}`);
      assert.ok(F2x5 !== undefined && F2x5 > direct && F2x5 < 1000 * unit, `F2x5: ${F2x5}`);
    });
  }
});
