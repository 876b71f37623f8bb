import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parse, parseStatement } from "../../../src/symbolic/language/parse.js";
import { completed } from "../../../src/symbolic/sizes/sizes.js";
import { explicitOf } from "../../../src/symbolic/trial/evaluate.js";
import {
  floatSetting,
  primeFieldSetting,
  withCentralDifferences,
  withComplexStep,
} from "../../../src/symbolic/trial/settings.js";
import { trial } from "../../../src/symbolic/trial/trial.js";

const world = declare(`
  dims m n
  W : m x n;  X : n x 1 each;  G : m x 1;  H : m x m;  g : m x 1
  xi(z) with gradient G, hessian H
  rho(z) with gradient g
`);
const sizes = completed(world, { m: 3, n: 2 });
const passes = (text: string) => trial(world, parseStatement(text)).passed;

describe("a loss known by its gradient", () => {
  it("changes by gᵀ dz, and to second order by dzᵀ H dz", () => {
    assert.ok(passes("d(xi(W*X), W) = G'*dW*X"));
    assert.ok(passes("d(d(xi(W*X), W), W) = (dW*X)'*H*(dW*X)"));
    assert.ok(passes("d(d(xi(W*X), W), X) = (W*dX)'*H*(dW*X) + G'*dW*dX"));
    assert.ok(passes("H = H'"));
  });

  it("has no Hessian that it was not given", () => {
    assert.ok(passes("d(rho(W*X), W) = g'*dW*X"));
    assert.ok(!passes("d(d(rho(W*X), W), W) = (dW*X)'*H*(dW*X)"));
  });

  it("has another gradient at another place", () => {
    assert.ok(!passes("d(rho(W*X), W) = d(rho(W*X + G), W)"));
    assert.ok(!passes("d(rho(W*X), W) = d(rho(2*W*X), W)/2"));
    assert.ok(!passes("d(rho(W*X) + rho(2*W*X), W) = 3*g'*dW*X"));
    assert.ok(passes("d(rho(2*W*X), W) = 2*g'*dW*X"));
  });

  it("is no linear and no quadratic function", () => {
    assert.ok(!passes("rho(2*G) = 2*rho(G)"));
    assert.ok(!passes("rho(3*G) - 3*rho(2*G) + 3*rho(G) = rho(0*G)"));
    assert.ok(passes("rho(W*X - W*X) = rho(0*G)"));
  });

  it("differentiates alike by dual numbers, central differences and the complex step", () => {
    const at = floatSetting(world, sizes, 3);
    const e = parse("d(xi(W*X), W)");
    const exact = explicitOf(parse("G'*dW*X"), at).entries[0];
    for (const setting of [at, withCentralDifferences(at), withComplexStep(at, 3)]) {
      assert.ok(Math.abs(explicitOf(e, setting).entries[0] - exact) < 1e-9);
    }
  });

  it("refuses an argument that its gradient does not fit", () => {
    const at = primeFieldSetting(world, sizes, 1);
    assert.throws(() => explicitOf(parse("d(rho(W), W)"), at), /rho of 6 entries, but its gradient g has 3/);
  });
});
