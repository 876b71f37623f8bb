import assert from "node:assert/strict";
import { type Client, resultText, startKernel } from "./client.js";

/** A layer that takes seconds, computed once more when it has been done; and a small one beside the definition. */
const large = `
const wide = convShape({ a: 224, b: 224, d: 64, h: 3, pad: 1 });
const make = (rows: number, cols: number, seed: number) => {
  const M = randomMatrix(rows, cols, { seed, low: -1 });
  return matrix(rows, cols, Float32Array.from(M.data));
};
const W = make(256, 9 * 64, 1), Z = make(64, 224 * 224, 2), b = new Float32Array(256);
`;
const check = `
const shape = convShape({ a: 13, b: 11, d: 16, h: 3, pad: 1 });
const [V, X] = [make(32, 9 * 16, 3), make(16, 13 * 11, 4)];
const fast = convLinear(V, new Float32Array(32), X, shape);
const slow = multiply(V, phi(X, shape));
maxAbs(subtract(fast, slow)) < 1e-4
`;

describe("the engine in a cell", function () {
  this.timeout(60_000);
  let kernel: Client;
  before(async () => {
    kernel = await startKernel();
    assert.equal((await kernel.execute(large)).reply.content.status, "ok");
  });
  after(() => kernel.stop());

  for (const [what, code] of [
    ["a loop of layers", "console.log('go'); for (;;) convLinear(W, b, Z, wide)"],
    [
      "one long call",
      "console.log('go'); for (let n = 0; n < 3; n++) convGradients(W, Z, convLinear(W, b, Z, wide), wide)",
    ],
  ] as const) {
    it(`is stopped within a second in ${what}, and computes rightly afterwards`, async () => {
      const id = kernel.send("shell", "execute_request", { code });
      await kernel.iopub(
        ({ content, parent_header }) => content.text === "go\n" && parent_header.msg_id === id,
      );
      await new Promise((resolve) => setTimeout(resolve, 400));
      const from = performance.now();
      await kernel.request("control", "interrupt_request", {});
      const reply = await kernel.reply(id);
      const took = performance.now() - from;
      assert.equal(reply.content.status, "error", "the cell was done before it was interrupted");
      assert.match(String(reply.content.ename), /Interrupted/);
      assert.ok(took < 1000, `${took} ms`);
      for (let again = 0; again < 3; again++) {
        assert.equal(resultText((await kernel.execute(check)).iopub), "true");
      }
    }).retries(2);
  }
});
