import assert from "node:assert/strict";
import { dot } from "../../src/numeric/dot.js";
import { fromRows, matrix } from "../../src/numeric/matrix.js";
import { maxAbs, sum } from "../../src/numeric/measure.js";

describe("dot, sum and maxAbs", () => {
  const A = fromRows([
    [1, -2],
    [3, 4],
  ]);
  it("go over all entries", () => assert.deepEqual([dot(A, A), sum(A), maxAbs(A)], [30, 6, 4]));
  it("do not hide NaN", () =>
    assert.ok(Number.isNaN(maxAbs(fromRows([[Number.NaN, 9]], { nonFinite: true })))));
  it("refuse different sizes, also where only rows or only columns differ", () => {
    assert.throws(() => dot(A, matrix(1, 4)), /dot: A is 2 × 2 and B is 1 × 4/);
    assert.throws(() => dot(A, matrix(3, 2)), /dot: A is 2 × 2 and B is 3 × 2/);
    assert.throws(() => dot(A, matrix(2, 3)), /dot: A is 2 × 2 and B is 2 × 3/);
  });
});
