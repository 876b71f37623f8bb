import assert from "node:assert/strict";
import { Residence } from "../../../src/engine/memory/residence.js";
import { sweep } from "./collect.js";
import { smallMemory } from "./smallMemory.js";

const mebibyte = 2 ** 20;

function setUp({ shared = true, bytes = 8 }: { shared?: boolean; bytes?: 4 | 8 } = {}) {
  const { memory, arena } = smallMemory({ most: 4096, shared });
  return { memory, arena, residence: new Residence(memory, arena, shared, bytes) };
}

describe("results that live in the engine's memory", () => {
  it("are seen where they lie, in either precision", () => {
    const { memory, arena, residence } = setUp();
    const address = arena.allocate(24);
    new Float64Array(memory.buffer, address, 3).set([1, 2, 3]);
    const kept = residence.keep(address, 3);
    assert.deepEqual([kept.constructor, [...kept]], [Float64Array, [1, 2, 3]]);
    assert.notEqual(kept.buffer, memory.buffer);
    assert.equal(residence.addressOf(kept), address);
    assert.equal(residence.addressOf(kept.subarray(1)), address + 8);
    assert.equal(residence.addressOf(new Float64Array(3)), undefined);
    const { arena: other, residence: singles } = setUp({ bytes: 4 });
    const single = singles.keep(other.allocate(12), 3);
    assert.deepEqual([single.constructor, single.length], [Float32Array, 3]);
    const next = residence.keep(arena.allocate(24), 3);
    assert.notEqual(next.buffer, kept.buffer, "each block has a home of its own");
  });

  it("are worth a home from 2 KiB on, where memory is shared", () => {
    assert.deepEqual(
      [2047, 2048].map((bytes) => setUp().residence.hasRoom(bytes)),
      [false, true],
    );
    assert.equal(setUp({ shared: false }).residence.hasRoom(4096), false);
  });

  it("may take 256 MiB together, and not a byte more", () => {
    const { arena, residence } = setUp();
    const halves = [0, 1].map(() => residence.keep(arena.allocate(1), 0));
    assert.equal(residence.hasRoom(256 * mebibyte), true);
    assert.equal(residence.hasRoom(256 * mebibyte + 1), false);
    const large = residence.keep(arena.allocate(200 * mebibyte), 25 * mebibyte);
    assert.deepEqual(
      [56 * mebibyte, 56 * mebibyte + 1].map((n) => residence.hasRoom(n)),
      [true, false],
    );
    assert.equal(residence.release(large), true);
    assert.equal(residence.hasRoom(256 * mebibyte), true);
    assert.equal(halves.length, 2);
  });

  it("may be 4096 blocks", () => {
    const { arena, residence } = setUp();
    const kept = Array.from({ length: 4095 }, () => residence.keep(arena.allocate(1), 0));
    assert.equal(residence.hasRoom(2048), true);
    kept.push(residence.keep(arena.allocate(1), 0));
    assert.equal(residence.hasRoom(2048), false);
    residence.release(kept[0]!);
    assert.equal(residence.hasRoom(2048), true);
  });

  it("are given back at once when they are released, once", () => {
    const { arena, residence } = setUp();
    const { used } = arena;
    const kept = residence.keep(arena.allocate(64), 8);
    assert.deepEqual([residence.release(kept), arena.used], [true, used]);
    const next = residence.keep(arena.allocate(64), 8);
    assert.deepEqual([residence.release(kept), residence.addressOf(kept)], [false, undefined]);
    assert.ok(arena.used > used, "what lies there now is somebody else's");
    assert.equal(residence.release(new Float64Array(3)), false);
    assert.equal(residence.addressOf(next), next.byteOffset);
  });

  it("are given back when the last view of them has gone, and not before", async () => {
    const { arena, residence } = setUp();
    const { used } = arena;
    const views = (() => [residence.keep(arena.allocate(64), 8).subarray(3)])();
    await sweep();
    assert.ok(arena.used > used);
    views.length = 0;
    await sweep();
    assert.equal(arena.used, used);
  });

  it("are seen behind the old end once the memory has grown", () => {
    const { memory, arena, residence } = setUp();
    const before = residence.keep(arena.allocate(64), 8);
    before[0] = 5;
    const address = arena.allocate(4 * mebibyte);
    const behind = residence.keep(address, 2 ** 19);
    behind[2 ** 19 - 1] = 7;
    assert.equal(new Float64Array(memory.buffer, address, 2 ** 19)[2 ** 19 - 1], 7);
    assert.equal(before[0], 5);
  });
});
