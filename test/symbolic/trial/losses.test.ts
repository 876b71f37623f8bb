import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parse, parseStatement } from "../../../src/symbolic/language/parse.js";
import { completed } from "../../../src/symbolic/sizes/sizes.js";
import { explicitOf } from "../../../src/symbolic/trial/evaluate.js";
import { floats } from "../../../src/symbolic/trial/floats.js";
import { tryOnce } from "../../../src/symbolic/trial/primeFieldTrial.js";
import {
  floatSetting,
  numberSetting,
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

  it("refuses an argument that its gradient or its Hessian does not fit", () => {
    const at = primeFieldSetting(world, sizes, 1);
    assert.throws(() => explicitOf(parse("d(rho(W), W)"), at), /rho of 6 entries, but its gradient g has 3/);
    assert.throws(
      () => explicitOf(parse("d(d(xi(W), W), W)"), at),
      /xi of 6 entries, but its Hessian H has 3 rows/,
    );
  });
});

const ofMatrices = declare(`
  dims m n k
  W : m x n;  X : n x k;  Q : n x n
  G : m x k;  H : m*k x m*k;  F : n x n
  xi(S) with gradient G, hessian H
  rho(S) with gradient F
`);
const sizesOfAll = completed(ofMatrices, { m: 2, n: 3, k: 2 });
const holds = (text: string) => trial(ofMatrices, parseStatement(text)).passed;
const differsInPrimeField = (text: string) =>
  tryOnce(ofMatrices, parseStatement(text), sizesOfAll, 1).difference !== undefined;

describe("a loss of a matrix", () => {
  it("has a gradient that changes by its Hessian, at the argument where the loss stands", () => {
    assert.ok(holds("d(G, W)*xi(W*X) = mat(H*vec(dW*X), m, k)*xi(W*X)"));
    assert.ok(!holds("d(G, W)*xi(2*W*X) = mat(H*vec(dW*X), m, k)*xi(2*W*X)"));
    const at = floatSetting(ofMatrices, sizesOfAll, 1);
    assert.throws(
      () => explicitOf(parse("d(G, W)"), at),
      /G depends on the argument of xi, which stands nowhere/,
    );
  });

  it("has third derivatives that are unknown, and the change of its Hessian", () => {
    const third = "d(d(d(xi(W*X), W), W), W)";
    assert.ok(holds(`${third} = vec(dW*X)'*d(H, W)*vec(dW*X)`));
    assert.ok(differsInPrimeField(`${third} = vec(dW*X)'*H*vec(dW*X)*(ones(m)'*dW*X*ones(k))`));
  });

  it("is at another place where some entries are others", () =>
    assert.ok(differsInPrimeField("d(rho(Q), Q) = d(rho(Q + I(n)), Q)")));

  it("has its gradient where it is first differentiated and something moves, not where it has a value before", () => {
    for (const setting of [primeFieldSetting, floatSetting]) {
      const value = (text: string) => explicitOf(parse(text), setting(ofMatrices, sizesOfAll, 1)).entries[0]!;
      const change = value("vec(F)'*vec(d(W'*W, W))");
      assert.ok(Math.abs(value("0*rho(2*F) + d(rho(W'*W), W)") - change) < 1e-9);
      assert.ok(Math.abs(value("d(rho(2*Q) + rho(W'*W), W)") - change) < 1e-9);
    }
  });
});

describe("a loss in doubles without a Hessian of its own", () => {
  const at = declare("dims n; x : n x 1; y : n x 1; g : n x 1; rho(S) with gradient g");
  const indices = [0, 1, 2, 3];

  /** ∂²ρ/∂x_i ∂x_j, for x and y move along two unit vectors. */
  function secondDerivative(seed: number, i: number, j: number): number {
    const entry = (name: string, _instance: number, k: number) =>
      name === "dx" ? Number(k === i) : name === "dy" ? Number(k === j) : k + 1;
    const setting = numberSetting(at, completed(at, { n: 4 }), seed, floats(), entry);
    assert.equal(explicitOf(parse("d(d(d(rho(x), x), x), x)"), setting).entries[0], 0);
    return explicitOf(parse("d(d(rho(x + y), x), y)"), setting).entries[0]!;
  }

  it("is quadratic, its Hessian of even numbers from −4 to 4, symmetric and otherwise unrelated", () => {
    const hessians = [1, 2, 3, 4, 5, 6].map((seed) =>
      indices.map((i) => indices.map((j) => secondDerivative(seed, i, j))),
    );
    for (const i of indices)
      for (const j of indices) {
        assert.ok(hessians.every((H) => H[i]![j] === H[j]![i]));
        for (const k of indices)
          if (k !== j)
            assert.ok(
              hessians.some((H) => H[i]![j] !== H[i]![k]),
              `${i} ${j} ${k}`,
            );
      }
    const values = new Set(hessians.flat(2).map((x) => x + 0));
    assert.deepEqual(
      [...values].sort((x, y) => x - y),
      [-4, -2, 0, 2, 4],
    );
  });
});
