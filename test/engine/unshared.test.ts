import assert from "node:assert/strict";
import { selfTest } from "../../src/engine/choose/selfTest.js";
import { variants } from "../../src/engine/choose/variants.js";
import { Machine } from "../../src/engine/machine/machine.js";
import { engineBackward, engineForward } from "../../src/engine/operations/conv.js";
import { convProblem } from "../../src/operations/convProblem.js";
import { convGradientsReference, convLinearReference } from "../../src/operations/convReference.js";
import { convShape } from "../../src/shape.js";
import { numbersOf } from "../operations/layers.js";

/** A page that is not isolated from other origins has no shared memory: what is left is one thread, and copies. */
describe("an engine whose memory is not shared", () => {
  const [{ cut }] = variants.slice(-1);

  it("passes its self-test", () => selfTest(new Machine("float32", cut, false)));

  it("computes on while its memory grows, and copies its results out", () => {
    const machine = new Machine("float64", cut, false);
    const before = machine.memory.buffer.byteLength;
    for (const side of [12, 40, 90]) {
      const layer = { shape: convShape({ a: side, b: side + 1, d: 8, h: 3 }), groups: 1, batch: 1, dOut: 12 };
      const { W, b, Z, dS } = numbersOf(layer);
      const problem = convProblem("test", W, Z, layer.shape, { threads: 2 });
      const S = engineForward(machine, problem, W, b, Z).data;
      const wanted = convLinearReference(W, b, Z, layer.shape).data;
      const { W: dW } = engineBackward(machine, problem, W, Z, dS);
      const gradient = convGradientsReference(W, Z, dS, layer.shape).W.data;
      assert.ok(!(S.buffer instanceof SharedArrayBuffer));
      for (let k = 0; k < S.length; k++) assert.ok(Math.abs(S[k] - wanted[k]) < 1e-12);
      for (let k = 0; k < gradient.length; k++) assert.ok(Math.abs(dW.data[k] - gradient[k]) < 1e-10);
    }
    assert.ok(machine.memory.buffer.byteLength > before);
  });
});
