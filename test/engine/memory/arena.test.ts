import assert from "node:assert/strict";
import { blockBytes } from "../../../src/engine/memory/arena.js";
import { smallMemory } from "./smallMemory.js";

const pageBytes = 65536;

describe("an arena", () => {
  it("gives blocks out one behind the other, on cache lines, each a line longer than it must be", () => {
    assert.deepEqual([0, 1, 64, 65, 128].map(blockBytes), [128, 128, 128, 192, 192]);
    const { arena } = smallMemory();
    const [first, second, third] = [1, 100, 64].map((bytes) => arena.allocate(bytes)) as [
      number,
      number,
      number,
    ];
    assert.equal(first % 64, 0);
    assert.deepEqual([second - first, third - second], [128, 192]);
    assert.equal(arena.used, 128 + 192 + 128);
  });

  for (const order of ["012", "021", "102", "120", "201", "210"]) {
    it(`joins three neighbours that are released as ${order}: a block of their sizes fits, one more byte does not`, () => {
      const { arena } = smallMemory();
      const blocks = [100, 1000, 10].map((bytes) => arena.allocate(bytes));
      const last = arena.allocate(1);
      for (const k of order) arena.release(blocks[Number(k)]!);
      const whole = last - blocks[0]!;
      const room = whole - 64; // blockBytes adds a line
      assert.ok(arena.allocate(room + 1) > last);
      assert.equal(arena.allocate(room), blocks[0]);
      assert.ok(arena.allocate(1) > last, "nothing is left of them");
    });
  }

  it("does not join what is apart: the block between two holes stays its owner's", () => {
    const { arena } = smallMemory();
    const [left, middle, right] = [1, 2, 3].map(() => arena.allocate(64)) as [number, number, number];
    arena.allocate(64);
    arena.release(left);
    arena.release(right);
    assert.ok(arena.allocate(3 * 64) > right);
    assert.equal(arena.allocate(64), left);
    assert.equal(arena.allocate(64), right);
    assert.ok(arena.allocate(64) !== middle);
  });

  it("cuts what is asked for from a hole's begin, and gives the rest to the next", () => {
    const { arena } = smallMemory();
    const hole = arena.allocate(1024 - 64);
    arena.allocate(1);
    arena.release(hole);
    assert.deepEqual([arena.allocate(64), arena.allocate(64)], [hole, hole + 128]);
    assert.equal(arena.allocate(1024 - 3 * 128 + 64), hole + 256); // 768 bytes: all that is left of the hole
  });

  it("takes the first hole that is large enough, wherever holes were released", () => {
    const { arena } = smallMemory();
    const blocks = Array.from({ length: 9 }, (_, k) => arena.allocate(64 * (1 + (k % 3))));
    for (const k of [7, 1, 5, 3]) arena.release(blocks[k]!); // 128, 128, 192, 64 bytes asked for
    assert.equal(arena.allocate(128), blocks[1]);
    assert.equal(arena.allocate(128), blocks[5]);
    assert.equal(arena.allocate(64), blocks[3]);
    assert.equal(arena.allocate(128), blocks[7]);
  });

  it("forgets holes at its end, so that what comes after may be of any size", () => {
    const { arena } = smallMemory();
    const [first, second] = [arena.allocate(640), arena.allocate(64)];
    arena.release(first);
    arena.release(second);
    assert.equal(arena.used, 0);
    assert.equal(arena.allocate(5000), first);
  });

  it("takes no block twice, and none that it has not given", () => {
    const { arena } = smallMemory();
    const [first, second] = [arena.allocate(64), arena.allocate(64)];
    arena.release(first);
    arena.release(first);
    arena.release(first + 64);
    assert.equal(arena.used, 128);
    assert.deepEqual([arena.allocate(64), arena.used], [first, 256]);
    assert.ok(arena.allocate(64) > second);
  });

  it("grows by whole pages, by as many as are missing, and not before", () => {
    const { memory, arena } = smallMemory({ pages: 32, most: 40 });
    assert.equal(arena.size, 32 * pageBytes);
    const begin = arena.allocate(64);
    const left = arena.size - begin - 128;
    const fits = arena.allocate(left - 64);
    assert.equal(memory.buffer.byteLength, 32 * pageBytes);
    const beyond = arena.allocate(pageBytes - 64);
    assert.equal(beyond, 32 * pageBytes);
    assert.equal(arena.size, 33 * pageBytes);
    arena.allocate(1);
    assert.deepEqual([arena.size, memory.buffer.byteLength], [34 * pageBytes, 34 * pageBytes]);
    arena.release(fits);
  });

  it("says what was asked for and what is used where the memory cannot grow", () => {
    const { arena } = smallMemory({ pages: 32, most: 96 });
    arena.allocate(2 * 2 ** 20 - 64);
    assert.throws(
      () => arena.allocate(4 * 2 ** 20),
      (error: Error) => {
        assert.ok(error instanceof RangeError && error.cause instanceof Error);
        assert.equal(error.message, `engine: no room for ${4 * 2 ** 20 + 64} bytes; 2 MiB are in use`);
        return true;
      },
    );
    assert.equal(arena.used, 2 * 2 ** 20, "what was refused is not used");
  });

  it("never gives out what somebody has: random orders of 2000 calls", () => {
    const { arena } = smallMemory({ most: 1024 });
    const blocks = new Map<number, number>();
    let state = 12345;
    const draw = (n: number) => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return Math.floor((state / 2 ** 32) * n);
    };
    for (let step = 0; step < 2000; step++) {
      if (blocks.size > 20 && draw(2) === 0) {
        const address = [...blocks.keys()][draw(blocks.size)]!;
        arena.release(address);
        blocks.delete(address);
      } else {
        const bytes = draw(3000);
        const address = arena.allocate(bytes);
        for (const [other, length] of blocks) {
          assert.ok(
            address + bytes <= other || other + length <= address,
            `step ${step}: ${address} meets ${other}`,
          );
        }
        blocks.set(address, bytes);
      }
    }
    const sum = [...blocks.values()].reduce((total, bytes) => total + blockBytes(bytes), 0);
    assert.equal(arena.used, sum);
  });
});
