import assert from "node:assert/strict";
import { L, layer, rules, S } from "../../notebooks/generated/04-vec-rules-and-kronecker.js";
import { convLinear, convShape, image, maxAbs, randomMatrix, subtract, vec } from "../../src/index.js";
import { namesCells } from "./namesCells.js";

describe("what notebook 04 declares, exported", () => {
  namesCells("04-vec-rules-and-kronecker");

  it("proves the rules of ⊗, vec(AXB) (X3) and the commutation matrix", () => {
    const all = { ...rules, X3: "vec(A*X*B) = kron(B', A)*vec(X)", K: "K(n, p)*vec(X) = vec(X')" };
    for (const [name, rule] of Object.entries(all))
      assert.equal(L.check(name, rule).level, "all sizes", name);
  });

  it("refuses vec(AXB) with the factors in the other order", () =>
    assert.ok(L.counterexample("vec(A*X*B) = kron(A, B')*vec(X)")));

  it("proves the layer as a linear map of its image (X4), and the other tradition (X34)", () => {
    const X4 = `vec(${S}) = kron(I(a_out*b_out), W)*P*vec(Z) + kron(ones(a_out*b_out), I(d_out))*b`;
    const X34 = "vec(phi(Z)') = K(h*h*d_in, a_out*b_out)*P*K(d_in, a_in*b_in)'*vec(Z')";
    for (const statement of [X4, X34]) assert.equal(layer.check("X", statement).level, "all sizes");
  });

  it("runs both linear maps of (1) to the layer's numbers, on a shape whose sizes all differ", () => {
    const shape = convShape({ a: 5, b: 8, d: 3, h: 2, s: 2 });
    const Z = image(randomMatrix(3, 40, { seed: 1 }), 5, 8);
    const [W, b] = [randomMatrix(4, 12, { seed: 2 }), randomMatrix(4, 1, { seed: 3 })];
    const wanted = vec(convLinear(W, b.data as Float64Array, Z, shape));
    for (const map of ["kron(I(a_out*b_out), W)*P*vec(Z)", "kron(phi(Z)', I(d_out))*vec(W)"]) {
      const S = layer.run(`${map} + kron(ones(a_out*b_out), I(d_out))*b`, { W, Z, b, s: 2 });
      assert.ok(maxAbs(subtract(S, wanted)) < 1e-12, map);
    }
  });
});
