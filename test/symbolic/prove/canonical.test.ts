import assert from "node:assert/strict";
import { variable } from "../../../src/symbolic/language/polynomial.js";
import { canonicalText } from "../../../src/symbolic/prove/canonical.js";
import { type Factor, scaled, type Term, unit } from "../../../src/symbolic/prove/terms.js";

describe("the normal form's text", () => {
  it("has a factor twice that stands there twice, also as one object", () => {
    const a: Factor = { kind: "entry", name: "A", index: [variable("r")] };
    const square = canonicalText([{ ...unit, factors: [a, { ...a }] }]);
    assert.equal(canonicalText([{ ...unit, factors: [a, a] }]), square);
    assert.notEqual(canonicalText([{ ...unit, factors: [a] }]), square);
  });

  it("shows each sum, also one whose index cancels within a function: Σᵢ σ(aᵢ − aᵢ) is not σ(0)", () => {
    const a: Term = { ...unit, factors: [{ kind: "entry", name: "A", index: [variable("i")] }] };
    const factors: Factor[] = [{ kind: "applied", name: "sigma", order: 0, at: [a, ...scaled([a], -1n)] }];
    const sumOver = (size: string) =>
      canonicalText([{ ...unit, factors, sums: new Map([["i", variable(size)]]) }]);
    const atZero: Factor[] = [{ kind: "applied", name: "sigma", order: 0, at: [] }];
    assert.equal(canonicalText([{ ...unit, factors }]), canonicalText([{ ...unit, factors: atZero }]));
    assert.notEqual(sumOver("m"), canonicalText([{ ...unit, factors }]));
    assert.notEqual(sumOver("m"), sumOver("n"));
  });
});
