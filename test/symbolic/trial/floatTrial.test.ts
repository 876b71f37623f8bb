import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import { completed } from "../../../src/symbolic/sizes/sizes.js";
import { type FloatOutcome, tooLarge, tryInFloats } from "../../../src/symbolic/trial/floatTrial.js";

const world = declare("dims m n d; x : m x 1; g : m x 1; rho(S) with gradient g");
const sizes = completed(world, { m: 2, n: 3, d: 4 });
const tried = (text: string): FloatOutcome => tryInFloats(world, parseStatement(text), sizes, 5);

describe("the difference of two sides in doubles", () => {
  it("is relative to the largest entry, or to 1 where all are smaller, by mathjs too", () => {
    for (const [text, error] of [
      ["ones(m, n) = 2*ones(m, n)", 1 / 2],
      ["-4*ones(m) = ones(m)", 5 / 4],
      ["ones(m)/4 = ones(m)/2", 1 / 4],
      ["diag(ones(m)) = ones(m, m)", 1],
      ["x = x", 0],
      ["d*x = x*d", 0], // d is a size here, and nothing is differentiated
    ] as const)
      assert.deepEqual(tried(text), { at: sizes, seed: 5, error, mathjs: error });
  });

  it("is without limit where the sizes differ", () => {
    for (const text of ["ones(m, n) = ones(n, m)", "ones(m) = ones(n)", "ones(m, m) = ones(m, n)"])
      assert.equal(tried(text).error, Number.POSITIVE_INFINITY, text);
  });

  it("is found in three ways where something is differentiated, on either side and within", () => {
    for (const text of [
      "d(sigma(x), x) = dsigma(x) .* dx",
      "dsigma(x) .* dx = d(sigma(x), x)",
      "-d(-sigma(x), x) = dsigma(x) .* dx",
    ]) {
      const { error, centralDifferences, complexStep, mathjs } = tried(text);
      assert.ok(error < 1e-15 && complexStep! < 1e-15, text);
      assert.ok(centralDifferences! > 0 && centralDifferences! < 1e-9, text);
      assert.deepEqual(mathjs, { skipped: "d is nothing mathjs knows" });
    }
  });

  it("has the values of a loss from where it is differentiated, also those that are asked for before", () => {
    const { error, centralDifferences, complexStep } = tried("rho(x) + d(rho(x), x) = d(rho(x), x) + rho(x)");
    assert.ok(error < 1e-15 && centralDifferences! < 1e-9 && complexStep! < 1e-15);
  });

  it("is said of mathjs and of ours, whichever is larger", () => {
    const { error, mathjs } = tried("kron(ones(m), x) = kron(x, ones(m))");
    assert.ok(error > 0 && Math.abs(error - (mathjs as number)) < 1e-15);
  });
});

describe("a difference in doubles that is too large", () => {
  const fine = {
    at: sizes,
    seed: 1,
    error: 1e-10,
    centralDifferences: 1e-5,
    complexStep: 1e-10,
    mathjs: 1e-10,
  };

  it("is none up to its limit, nor where mathjs was not asked", () => {
    assert.equal(tooLarge(fine), undefined);
    assert.equal(tooLarge({ ...fine, mathjs: { skipped: "d is nothing mathjs knows" } }), undefined);
    assert.equal(tooLarge({ at: sizes, seed: 1, error: 0, mathjs: 0 }), undefined);
  });

  it("is named, with its limit", () => {
    const words = {
      error: "in double precision",
      centralDifferences: "by central differences",
      complexStep: "by the complex step",
      mathjs: "by mathjs",
    };
    for (const kind of ["error", "centralDifferences", "complexStep", "mathjs"] as const) {
      const text = (value: number) => tooLarge({ ...fine, [kind]: value });
      assert.equal(
        text(fine[kind] * 1.5),
        `the difference ${words[kind]} is ${(fine[kind] * 1.5).toExponential(1)}; needed at most ${fine[kind]}`,
      );
      assert.match(text(Number.NaN) ?? "", new RegExp(`the difference ${words[kind]} is NaN`));
    }
  });
});
