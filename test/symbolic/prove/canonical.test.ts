import assert from "node:assert/strict";
import { variable } from "../../../src/symbolic/language/polynomial.js";
import { canonicalText } from "../../../src/symbolic/prove/canonical.js";
import { type Factor, unit } from "../../../src/symbolic/prove/terms.js";

describe("the normal form's text", () => {
  it("has a factor twice that stands there twice, also as one object", () => {
    const a: Factor = { kind: "entry", name: "A", index: [variable("r")] };
    const square = canonicalText([{ ...unit, factors: [a, { ...a }] }]);
    assert.equal(canonicalText([{ ...unit, factors: [a, a] }]), square);
    assert.notEqual(canonicalText([{ ...unit, factors: [a] }]), square);
  });
});
