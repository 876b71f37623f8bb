import assert from "node:assert/strict";
import { checkStatement } from "../../../src/symbolic/check/check.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import { network } from "./network.js";

describe("a wrong index order of P_φ", () => {
  const orders: [string, string][] = [
    ["i and j exchanged in the sub-image", "vec(phi(Z)) = kron(I(d_in*a_out*b_out), K(h, h))*P*vec(Z)"],
    ["the channel fastest in the rows of φ(Z)", "vec(phi(Z)) = kron(I(a_out*b_out), K(h*h, d_in))*P*vec(Z)"],
    ["columns that run horizontally first", "vec(phi(Z)) = kron(K(a_out, b_out), I(h*h*d_in))*P*vec(Z)"],
    ["the channel slowest in vec(Z)", "vec(phi(Z)) = P*vec(Z')"],
    ["rows of φ(Z) stacked", "vec(phi(Z)) = vec(mat(P*vec(Z), a_out*b_out, h*h*d_in)')"],
    ["pixels of Z counted horizontally first", "vec(phi(Z)) = P*kron(K(a_in, b_in), I(d_in))*vec(Z)"],
  ];
  for (const [what, text] of orders)
    it(`is refused with a counterexample: ${what}`, () => {
      const { ok, evidence } = checkStatement(network, parseStatement(text));
      assert.equal(ok, false);
      assert.ok(evidence.counterexample);
    });
});
