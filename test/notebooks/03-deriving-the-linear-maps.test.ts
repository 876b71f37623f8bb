import assert from "node:assert/strict";
import { facts, L, M, slips } from "../../notebooks/generated/03-deriving-the-linear-maps.js";
import { namesCells } from "./namesCells.js";

const layer = "W*phi(Z) + b*ones(a_out*b_out)'";

describe("what notebook 03 declares, exported", () => {
  namesCells("03-deriving-the-linear-maps");

  it("proves (1), (4) and (5) for all sizes", () => {
    const statements = [
      `vec(${layer}) = kron(I(a_out*b_out), W)*P*vec(Z) + kron(ones(a_out*b_out), I(d_out))*b`,
      "phi(Z) = mat(P*vec(Z), h*h*d_in, a_out*b_out)",
      "mat(vec(W), d_out, h*h*d_in) = W",
    ];
    for (const statement of statements) assert.equal(L.check("(1)", statement).level, "all sizes", statement);
  });

  it("refuses each slip with numbers", () => {
    assert.equal(Object.keys(slips).length, 4);
    for (const side of Object.values(slips)) assert.ok(L.counterexample(`vec(phi(Z)) = ${side}`), side);
  });

  it("proves padding, pooling and a map of one's own (X5, X6, X7)", () => {
    for (const [name, fact] of Object.entries(facts))
      assert.equal(M.check(name, fact).level, "all sizes", name);
  });

  it("has an answer to exercise 3: Z is all of vec(φ(Z)) where h = 1 and s = 1, and not else", () => {
    assert.ok(L.counterexample("vec(phi(Z))'*vec(phi(Z)) = vec(Z)'*vec(Z)"));
  });
});
