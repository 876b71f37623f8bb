import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import { completed } from "../../../src/symbolic/sizes/sizes.js";
import { tryAsPolynomials } from "../../../src/symbolic/trial/polynomialTrial.js";

const world = declare("dims m n; A : m x n; B : n x m; x : m x 1; g : m x 1; rho(S) with gradient g");
const sizes = completed(world, { m: 2, n: 3 });
const tried = (text: string) => tryAsPolynomials(world, parseStatement(text), sizes);

describe("a statement as an identity of polynomials", () => {
  it("is one in so many entries", () => {
    assert.deepEqual(tried("A*(B + B) = 2*A*B"), { identity: true, at: sizes, entries: 4 });
    assert.deepEqual(tried("d(rho(2*x), x) = 2*g'*dx"), { identity: true, at: sizes, entries: 1 });
  });

  it("is none at the first entry that differs, column by column", () => {
    assert.deepEqual(tried("K(m, m) = I(m*m)"), { identity: false, at: sizes, entry: [2, 2] });
    assert.deepEqual(tried("A = A + B' .* B'"), { identity: false, at: sizes, entry: [1, 1] });
    assert.deepEqual(tried("diag(x) = ones(m, m) .* diag(x) + K(1, 1)*(ones(m, m) - I(m))"), {
      identity: false,
      at: sizes,
      entry: [2, 1],
    });
  });

  it("is not tried where it divides or asks for signs", () => {
    assert.deepEqual(tried("A/2 = A/2"), { skipped: "a division" });
    assert.deepEqual(tried("A/(-1) = -A"), { identity: true, at: sizes, entries: 6 });
    assert.deepEqual(tried("relu(x) = relu(x)"), { skipped: "ReLU, which asks for signs" });
  });

  it("throws what says that its sizes do not fit", () => assert.throws(() => tried("A*A = A*A"), RangeError));
});
