import assert from "node:assert/strict";
import { choose } from "../../src/engine/choose/choose.js";
import { type NodeRuntime, nodeRuntime } from "../../src/engine/machine/runtime.node.js";
import { tilesAddon } from "../../src/engine/x86/tiles.js";
import { bothMachines } from "./x86/machines.js";

const node = nodeRuntime()!;
const best = choose("float32", { ...node, wanted: "wasm" }).name;

/** What is chosen, and why not machine code, on a Node like this one but for some of it. */
function chosen(other: Partial<NodeRuntime>): { readonly name: string; readonly why: string | undefined } {
  const { name, passedOver } = choose("float32", { ...node, wanted: undefined, ...other });
  return { name, why: passedOver.find((variant) => variant.name === "x86-512")?.why };
}

function failing(message: string): Partial<NodeRuntime> {
  return {
    isLinuxX64: true,
    loadAddon: () => {
      throw new Error(message);
    },
  };
}

describe("the choice of an engine", () => {
  it("takes machine code only on Linux and x64", () => {
    const elsewhere = "machine code is written for Node on Linux, x64, alone";
    assert.deepEqual(chosen({ isLinuxX64: false }), { name: best, why: elsewhere });
  });

  it("takes WebAssembly where an addon cannot be written or loaded, and says why in one line", () => {
    for (const why of ["ENOSPC: no space left on device, write", "EROFS: read-only file system, mkdtemp"])
      assert.deepEqual(chosen(failing(why)), { name: best, why });
    assert.deepEqual(chosen(failing("Cannot load native addon\nbecause")).why, "Cannot load native addon");
  });

  it("asks the processor first, and loads no code that it could not run", () => {
    const nothing = (bytes: Uint8Array) => () => {
      bytes.fill(0);
    };
    const said = (processor: typeof nothing, loaded: Uint8Array[] = []) => ({
      isLinuxX64: true,
      loadAddon: (file: Uint8Array) => {
        loaded.push(file);
        return { exports: { processor }, path: "" };
      },
    });
    const loaded: Uint8Array[] = [];
    assert.equal(chosen(said(nothing, loaded)).why, "the processor has no AVX-512");
    assert.deepEqual([loaded.length, loaded[0]!.length < tilesAddon("float32").length / 2], [1, true]);
    const noSystem = (bytes: Uint8Array) => () => {
      new Uint32Array(bytes.buffer).set([13, 0xffffffff, 0xffffffff, 0b111]);
    };
    assert.equal(chosen(said(noSystem)).why, "the system does not keep the registers of AVX-512");
  });

  it("is made by PHILAB_ENGINE: the one named or, where that does not run, the next", () => {
    assert.deepEqual(chosen({ wanted: "simd-128" }), {
      name: "simd-128",
      why: "PHILAB_ENGINE asks for simd-128",
    });
    assert.equal(chosen({ wanted: "plain" }).name, "plain");
    assert.equal(chosen({ wanted: "wasm" }).why, "PHILAB_ENGINE asks for wasm");
    assert.equal(chosen({ ...failing("not now"), wanted: "x86-512" }).name, best);
    assert.throws(() => chosen({ wanted: "avx" }), /no engine avx; needed one of x86-512, .*, plain, wasm/);
  });

  it("is machine code where this computer runs it, in both precisions", function () {
    if (bothMachines("float32") === undefined) this.skip();
    for (const precision of ["float32", "float64"] as const) {
      const { name, passedOver } = choose(precision, { ...node, wanted: undefined });
      assert.deepEqual([name, passedOver], ["x86-512", []]);
    }
  });
});
