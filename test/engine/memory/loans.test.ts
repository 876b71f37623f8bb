import assert from "node:assert/strict";
import { choice } from "../../../src/engine/choose/choose.js";
import { checkpointName } from "../../../src/engine/machine/checkpoint.js";
import type { Machine } from "../../../src/engine/machine/machine.js";
import { Loans } from "../../../src/engine/memory/loans.js";
import { convLinear, engineInfo } from "../../../src/index.js";
import { convShape } from "../../../src/shape.js";
import { asFloat32, numbersOf } from "../../operations/layers.js";
import { smallMemory } from "./smallMemory.js";

const mebibyte = 2 ** 20;
const host = globalThis as { [checkpointName]?: () => unknown };

function setUp() {
  const { arena } = smallMemory({ most: 4096 });
  return { arena, loans: new Loans(arena) };
}

describe("a call's loans", () => {
  it("of scratch memory stay for the next call up to 64 MiB, and not a byte more", () => {
    const { arena, loans } = setUp();
    assert.equal(loans.running, false);
    const address = loans.scratch(64 * mebibyte);
    loans.close();
    assert.equal(arena.used, 64 * mebibyte + 64);
    assert.equal(loans.scratch(10), address, "what is smaller lies in what is there");
    loans.scratch(64 * mebibyte + 1);
    assert.equal(arena.used, 64 * mebibyte + 128, "the smaller was given back");
    loans.close();
    assert.equal(arena.used, 0);
    loans.close();
    loans.scratch(1);
    assert.equal(arena.used, 128);
  });

  it("of blocks end with the call, but for those that were handed over", () => {
    const { arena, loans } = setUp();
    const [mine, yours] = [loans.block(64), loans.block(64)];
    loans.handOver(yours);
    loans.close();
    assert.equal(arena.used, 128);
    assert.equal(loans.block(64), mine);
    loans.close();
    arena.release(yours);
    loans.close();
    assert.equal(arena.used, 0);
  });
});

describe("the mark of a call that runs", () => {
  const layer = { shape: convShape({ a: 20, b: 20, d: 16, h: 3 }), groups: 1, batch: 1, dOut: 24 };
  const numbers = numbersOf(layer);
  const [W, b, Z] = [numbers.W, numbers.b, numbers.Z].map(asFloat32) as [
    typeof numbers.W,
    typeof numbers.W,
    typeof numbers.W,
  ];
  const call = () => convLinear(W, b, Z, layer.shape, { threads: 1, accuracy: "exact" });
  const machine = choice("float32").machine as Machine;

  it("stands while it runs, and goes when it ends or is ended", () => {
    const seen: boolean[] = [];
    host[checkpointName] = () => {
      seen.push(machine.loans.running);
      if (seen.length === 2) throw new Error("stop here");
    };
    try {
      assert.throws(call, /stop here/);
    } finally {
      delete host[checkpointName];
    }
    assert.deepEqual([seen, machine.loans.running], [[true, true], false]);
    call();
    assert.equal(machine.loans.running, false);
  });

  it("makes the next call tidy up after one that a host ended without its `finally`", () => {
    const expected = [...call().data];
    const { used } = engineInfo().memory;
    let settled = 0;
    const settle = machine.settle.bind(machine);
    machine.settle = () => {
      settled++;
      settle();
    };
    try {
      const inOne = () => {
        settled = 0;
        assert.deepEqual([...call().data], expected);
        return settled;
      };
      const usual = inOne();
      machine.loans.running = true; // what such a call leaves behind, with a block that nobody will hand over
      machine.loans.block(mebibyte);
      assert.equal(inOne(), usual + 1);
    } finally {
      delete (machine as Partial<Machine>).settle;
    }
    assert.ok(engineInfo().memory.used < used + mebibyte / 2, "the block was given back");
  });
});
