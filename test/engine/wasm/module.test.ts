import assert from "node:assert/strict";
import { signed, unsigned } from "../../../src/engine/wasm/code.js";
import { i32, repeat, whenElse } from "../../../src/engine/wasm/instructions.js";
import { callFunction, callIndirect, moduleBytes } from "../../../src/engine/wasm/module.js";

describe("WebAssembly as bytes", () => {
  it("writes numbers seven bits a byte, low bits first, as the specification's examples", () => {
    assert.deepEqual([...unsigned(624485)], [0xe5, 0x8e, 0x26]);
    assert.deepEqual([...signed(-123456)], [0xc0, 0xbb, 0x78]);
    assert.deepEqual([...signed(63)], [63]);
    assert.deepEqual([...signed(64)], [0xc0, 0]);
    assert.deepEqual([...signed(-64)], [0x40]);
  });

  it("runs loops, branches and both kinds of call", () => {
    const bytes = moduleBytes(
      [
        {
          name: "power",
          params: 2,
          result: true,
          body: ({ params: [base, exponent], local }) => {
            const product = local("i32");
            return [
              product.set(i32.const(1)),
              repeat(exponent, product.set(i32.mul(product.get, base.get))),
              product.get,
            ];
          },
        },
        {
          name: "either",
          params: 1,
          result: true,
          body: ({ params: [way], local }) => {
            const found = local("i32");
            const direct = found.set(callFunction(0, i32.const(3), i32.const(4)));
            const byNumber = found.set(callIndirect(0, i32.const(0), i32.const(-2), i32.const(5)));
            return [whenElse(way.get, [direct], [byNumber]), found.get];
          },
        },
      ],
      { initial: 1, maximum: 1, shared: false },
    );
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: false });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
    const { power, either } = exports as Record<string, (...args: number[]) => number>;
    assert.deepEqual([power(5, 3), power(7, 0), either(1), either(0)], [125, 1, 81, -32]);
  });
});
