import assert from "node:assert/strict";
import { choose } from "../../src/engine/choose/choose.js";
import { type NodeRuntime, nodeRuntime } from "../../src/engine/machine/runtime.node.js";
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
    processorFlags: () => new Set(["avx512f"]),
    loadAddon: () => {
      throw new Error(message);
    },
  };
}

describe("the choice of an engine", () => {
  it("takes machine code only on Linux and x64, and where the processor has AVX-512", () => {
    const elsewhere = "machine code is written for Node on Linux, x64, alone";
    assert.deepEqual(chosen({ isLinuxX64: false }), { name: best, why: elsewhere });
    const without = { isLinuxX64: true, processorFlags: () => new Set<string>(["avx2"]) };
    const loadAddon = () => assert.fail("nothing is loaded where the processor could not run it");
    assert.deepEqual(chosen({ ...without, loadAddon }), { name: best, why: "the processor has no AVX-512" });
  });

  it("takes WebAssembly where an addon cannot be written or loaded, and says why in one line", () => {
    for (const why of ["ENOSPC: no space left on device, write", "EROFS: read-only file system, mkdtemp"])
      assert.deepEqual(chosen(failing(why)), { name: best, why });
    assert.deepEqual(chosen(failing("Cannot load native addon\nbecause")).why, "Cannot load native addon");
  });

  it("believes the processor where the system says more than it has", () => {
    const nothing = (bytes: Uint8Array) => () => {
      bytes.fill(0);
    };
    const less = chosen({ ...failing(""), loadAddon: () => ({ exports: { processor: nothing }, path: "" }) });
    assert.equal(less.why, "the processor has no AVX-512");
    const noSystem = (bytes: Uint8Array) => () => {
      new Uint32Array(bytes.buffer).set([13, 0xffffffff, 0xffffffff, 0b111]);
    };
    const without = chosen({
      ...failing(""),
      loadAddon: () => ({ exports: { processor: noSystem }, path: "" }),
    });
    assert.equal(without.why, "the system does not keep the registers of AVX-512");
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
