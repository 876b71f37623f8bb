import assert from "node:assert/strict";
import { Forms } from "../../../src/engine/memory/forms.js";
import { sweep } from "./collect.js";
import { smallMemory } from "./smallMemory.js";

const mebibyte = 2 ** 20;

function setUp() {
  const { arena } = smallMemory();
  const forms = new Forms(arena);
  const numbers = new Float64Array(3);
  /** A small block that is said to have that many bytes: what counts here is the sum. */
  const form = (bytes: number) => ({ address: arena.allocate(1), bytes });
  return { arena, forms, numbers, form };
}

describe("forms of frozen numbers", () => {
  it("are kept for frozen numbers alone, each under its name", () => {
    const { forms, numbers, form } = setUp();
    assert.equal(forms.has(numbers), false);
    assert.equal(forms.keep(numbers, "packed", form(8)), false);
    assert.equal(forms.find(numbers, "packed"), undefined);
    forms.freeze(numbers);
    const [packed, turned] = [form(8), form(8)];
    assert.equal(forms.has(numbers), true);
    assert.equal(forms.keep(numbers, "packed", packed), true);
    assert.equal(forms.keep(numbers, "turned", turned), true);
    assert.deepEqual(
      ["packed", "turned", "other"].map((name) => forms.find(numbers, name)),
      [packed.address, turned.address, undefined],
    );
    assert.equal(forms.find(new Float64Array(3), "packed"), undefined);
  });

  it("may take 256 MiB together, and not a byte more", () => {
    const { forms, numbers, form } = setUp();
    const others = new Float64Array(3);
    forms.freeze(numbers);
    forms.freeze(others);
    assert.equal(forms.keep(numbers, "first", form(200 * mebibyte)), true);
    assert.equal(forms.keep(others, "too large", form(56 * mebibyte + 1)), false);
    assert.equal(forms.find(others, "too large"), undefined);
    assert.equal(forms.keep(others, "just fits", form(56 * mebibyte)), true);
    assert.equal(forms.keep(others, "one byte", form(1)), false);
  });

  it("go with their numbers", async () => {
    const { arena, forms, form } = setUp();
    const { used } = arena;
    (() => {
      const numbers = new Float64Array(3);
      forms.freeze(numbers);
      forms.keep(numbers, "packed", form(256 * mebibyte));
    })();
    await sweep();
    assert.equal(arena.used, used);
    const others = new Float64Array(3);
    forms.freeze(others);
    assert.equal(forms.keep(others, "packed", form(256 * mebibyte)), true);
  });

  it("leave their room and their memory when the numbers are released, once", () => {
    const { arena, forms, numbers, form } = setUp();
    const others = new Float64Array(3);
    forms.freeze(numbers);
    forms.freeze(others);
    const { used } = arena;
    forms.keep(numbers, "first", form(200 * mebibyte));
    forms.keep(others, "second", form(56 * mebibyte));
    forms.release(numbers);
    assert.equal(forms.has(numbers), false);
    assert.equal(forms.find(numbers, "first"), undefined);
    assert.equal(arena.used, used + 128);
    forms.release(numbers);
    forms.release(new Float64Array(3));
    assert.equal(forms.keep(others, "third", form(200 * mebibyte)), true);
    assert.equal(forms.keep(others, "fourth", form(1)), false);
  });
});
