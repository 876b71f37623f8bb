import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parse, parseStatement } from "../../../src/symbolic/language/parse.js";
import { polynomialText } from "../../../src/symbolic/language/polynomial.js";
import { completed } from "../../../src/symbolic/sizes/sizes.js";
import { explicitOf } from "../../../src/symbolic/trial/evaluate.js";
import { floats } from "../../../src/symbolic/trial/floats.js";
import { flatSigma, fractions, risingSigma } from "../../../src/symbolic/trial/fractions.js";
import { argumentsIn, instancesOf, type Setting } from "../../../src/symbolic/trial/setting.js";
import {
  floatSetting,
  fractionSetting,
  numberSetting,
  polynomialSetting,
  withCentralDifferences,
  withComplexStep,
} from "../../../src/symbolic/trial/settings.js";

const world = declare(`
  dims m n l
  A : m x n;  B : n x m;  x : m x 1;  Z : m x n each
  g : m x 1;  H : m x m;  xi(S) with gradient g, hessian H
  Q : m x m;  f : m x 1;  rho(S) with gradient f
`);
const sizes = completed(world, { m: 2, n: 3, l: 2 });

describe("an entry as a polynomial", () => {
  it("is a variable for each instance of what is declared each, and one for all of what is not", () => {
    const setting = polynomialSetting(world, sizes, 100);
    const entry = (text: string, instance: number, k: number) =>
      polynomialText(explicitOf(parse(text), setting, instance).entries[k]!);
    assert.deepEqual([entry("A", 1, 0), entry("A", 2, 5)], ["A[0]", "A[5]"]);
    assert.deepEqual([entry("Z", 1, 3), entry("Z", 2, 3)], ["Z^1[3]", "Z^2[3]"]);
  });

  it("is one of two places in a Hessian, and in no other matrix", () => {
    const { value } = polynomialSetting(world, sizes, 100);
    const entries = (name: string) => value(name, 1).entries.map(polynomialText);
    assert.deepEqual(entries("H"), ["H[0]", "H[2]", "H[2]", "H[3]"]);
    assert.deepEqual(entries("Q"), ["Q[0]", "Q[1]", "Q[2]", "Q[3]"]);
    assert.throws(() => entries("R"), /R is no declared matrix/);
  });
});

describe("σ in fractions", () => {
  const valueWith = (need: "any" | "rising", seed: number) =>
    explicitOf(
      parse("sigma(x)"),
      fractionSetting(world, sizes, seed, () => -2, need),
    ).entries[0];

  it("is one of two that do not decrease where a statement needs that, and else any function", () => {
    assert.equal(valueWith("rising", 1), risingSigma(0, -2));
    assert.equal(valueWith("rising", 2), flatSigma(0, -2));
    for (const seed of [1, 2]) assert.equal(valueWith("any", seed), fractions(seed).sigma(0, -2));
  });
});

describe("the derivative of an expression in doubles", () => {
  /** By dual numbers, central differences and the complex step, each in a setting of its own. */
  const inThreeWays = (text: string, setting: () => Setting<number>): number[] =>
    [setting(), withCentralDifferences(setting()), withComplexStep(setting(), 1)].map(
      (at) => explicitOf(parse(text), at).entries[0]!,
    );

  it("is found in three ways: what σ is told to have, differences, and the complex step of sin(x + ½)", () => {
    const cubes = floats((order, x) => (order === 0 ? x ** 3 : order === 1 ? 100 : 0)); // a wrong σ′
    const entry = (name: string) => (name === "dx" ? 2 : 3);
    const [dual, central, complex] = inThreeWays("d(sigma(x), x)", () =>
      numberSetting(world, sizes, 1, cubes, entry),
    );
    assert.equal(dual, 200);
    assert.ok(Math.abs(central! - 54) < 1e-8);
    assert.ok(Math.abs(complex! - 2 * Math.cos(3.5)) < 1e-14);
  });

  it("is that of a loss with its gradient where it is differentiated, and of a gradient that moves", () => {
    for (const [text, same] of [
      ["d(xi(A*B*x), x)", "g'*A*B*dx"],
      ["ones(m)'*d(g, x) + 0*xi(A*B*x)", "ones(m)'*H*A*B*dx"],
    ] as const) {
      const statement = parseStatement(`${text} = ${same}`);
      const setting = () => ({ ...floatSetting(world, sizes, 1), ...argumentsIn(world, statement) });
      const at = setting();
      explicitOf(statement.left, at);
      const wanted = explicitOf(statement.right, at).entries[0]!;
      assert.ok(Math.abs(wanted) > 0.01);
      for (const found of inThreeWays(text, setting)) assert.ok(Math.abs(found - wanted) < 1e-8, text);
    }
  });
});

describe("the number of instances", () => {
  it("is the dimension l, and 3 where there is none", () =>
    assert.deepEqual([instancesOf({ m: 5, l: 4 }), instancesOf({ m: 5 })], [4, 3]));
});
