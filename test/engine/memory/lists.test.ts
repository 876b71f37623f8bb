import assert from "node:assert/strict";
import { Lists } from "../../../src/engine/memory/lists.js";
import { smallMemory } from "./smallMemory.js";

function setUp() {
  const { memory, arena } = smallMemory();
  const lists = new Lists(memory, arena);
  let made = 0;
  const borrow = (key: string, values: number[]) =>
    lists.borrow(key, values.length, (list) => {
      assert.equal(list.length, values.length);
      list.set(values);
      made++;
    });
  const read = (address: number, n: number) => [...new Int32Array(memory.buffer, address, n)];
  return { arena, lists, borrow, read, made: () => made };
}

describe("lists that plans share", () => {
  it("are written once for a key, whoever asks", () => {
    const { borrow, read, made } = setUp();
    const address = borrow("starts", [3, 5, 8]);
    assert.equal(borrow("starts", [0, 0, 0]), address);
    assert.deepEqual([read(address, 3), made()], [[3, 5, 8], 1]);
    const other = borrow("others", [1, 2]);
    assert.notEqual(other, address);
    assert.deepEqual([read(other, 2), read(address, 3), made()], [[1, 2], [3, 5, 8], 2]);
  });

  it("stay while one of two plans reads them, whatever is allocated meanwhile", () => {
    const { arena, lists, borrow, read } = setUp();
    const address = borrow("starts", [3, 5, 8]);
    borrow("starts", [3, 5, 8]);
    const { used } = arena;
    lists.giveBack("starts"); // the first plan is forgotten
    assert.equal(arena.used, used);
    for (let k = 0; k < 5; k++) borrow(`list ${k}`, [-1, -1, -1]);
    assert.deepEqual(read(address, 3), [3, 5, 8]);
    assert.equal(borrow("starts", [0, 0, 0]), address);
  });

  it("are given back with the last, once, and made anew for the next", () => {
    const { arena, lists, borrow, read, made } = setUp();
    const { used } = arena;
    borrow("starts", [3, 5, 8]);
    borrow("starts", [3, 5, 8]);
    for (const left of [used + 128, used, used]) {
      lists.giveBack("starts");
      assert.equal(arena.used, left);
    }
    const address = borrow("starts", [7, 7, 7]);
    assert.deepEqual([read(address, 3), made()], [[7, 7, 7], 2]);
    lists.giveBack("never borrowed");
    lists.giveBack("starts");
    assert.equal(arena.used, used);
  });
});
