import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { engineBackward, engineForward } from "../../src/engine/operations/conv.js";
import { convGradients, convLinear } from "../../src/index.js";
import { convProblem } from "../../src/operations/convProblem.js";
import { convShape } from "../../src/shape.js";
import { asFloat32, type Layer, numbersOf } from "../operations/layers.js";
import { machines } from "./machines.js";

/** Large enough for threads, one by each way of ∂ξ/∂Z, and one whose sum over places is cut. */
const layers: Readonly<Record<string, Layer>> = {
  "3 × 3, stride 1": {
    shape: convShape({ a: 17, b: 16, d: 24, h: 3, pad: 1 }),
    groups: 1,
    batch: 1,
    dOut: 37,
  },
  "3 × 3 by F(2 × 2, 3 × 3)": {
    shape: convShape({ a: 28, b: 26, d: 64, h: 3, pad: 1 }),
    groups: 1,
    batch: 1,
    dOut: 64,
  },
  "5 × 5, stride 2, groups": {
    shape: convShape({ a: 33, b: 31, d: 6, h: 5, s: 2, pad: 2 }),
    groups: 2,
    batch: 2,
    dOut: 40,
  },
  "one channel, a batch": {
    shape: convShape({ a: 28, b: 28, d: 1, h: 5, pad: 2 }),
    groups: 1,
    batch: 8,
    dOut: 32,
  },
};

describe("threads", () => {
  for (const [name, layer] of Object.entries(layers)) {
    it(`change no bit, forward and backward: ${name}`, async () => {
      for (const { machine, precision } of machines.slice(0, 2)) {
        const { W, b, Z, dS } = numbersOf(layer);
        const given = precision === "float32" ? [W, b, Z, dS].map(asFloat32) : [W, b, Z, dS];
        const once = all(1);
        for (const threads of [2, 3, 2, 3]) {
          assert.deepEqual(all(threads), once);
          await new Promise((resolve) => setTimeout(resolve, 20)); // helpers start, and some fall asleep
        }

        function all(threads: number): Uint8Array[] {
          const [W, b, Z, dS] = given;
          const problem = convProblem("test", W, Z, layer.shape, { ...layer, threads });
          const S = engineForward(machine, problem, W, b, Z);
          const gradients = engineBackward(machine, problem, W, Z, dS);
          return [S, gradients.W, gradients.b, gradients.Z].map(({ data }) =>
            Uint8Array.from(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
          );
        }
      }
    });
  }

  it("do not keep the process alive, nor does a process that ends wait for them", () => {
    const file = new URL("./twoThreads.ts", import.meta.url).pathname;
    const { stdout, status } = spawnSync(process.execPath, ["--import", "tsx", file], { timeout: 20_000 });
    assert.deepEqual([status, String(stdout)], [0, "done"]);
  });

  it("are asked for by convLinear's options, and convGradients'", () => {
    const layer = layers["3 × 3, stride 1"];
    const { W, b, Z, dS } = numbersOf(layer);
    const options = (threads: number) => ({ batch: layer.batch, threads });
    const S = convLinear(W, b, Z, layer.shape, options(1)).data;
    assert.deepEqual(convLinear(W, b, Z, layer.shape, options(2)).data, S);
    const dW = convGradients(W, Z, dS, layer.shape, options(1)).W.data;
    assert.deepEqual(convGradients(W, Z, dS, layer.shape, options(2)).W.data, dW);
  });
});
