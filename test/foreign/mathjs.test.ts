import assert from "node:assert/strict";
import { inspect } from "node:util";
import { math } from "../../src/index.js";

describe("mathjs", () => {
  it("is an object with all its names, in a terminal too", () => {
    assert.ok("evaluate" in math && !("noSuchName" in math));
    const names = Object.keys(math);
    for (const name of ["vec", "phi", "sqrt", "fraction"]) assert.ok(names.includes(name), name);
    assert.ok("evaluate" in Object.getOwnPropertyDescriptors(math));
    assert.match(inspect(math, { depth: 0 }), /\bfraction\b/);
    assert.equal(math.chain(3).add(4).done(), 7);
  });
});
