import assert from "node:assert/strict";
import { relu } from "../../src/numeric/elementwise.js";
import { fromRows, toRows } from "../../src/numeric/matrix.js";
import { reluPrime } from "../../src/numeric/relu.js";

describe("ReLU, eq. (3)", () => {
  const S = fromRows([[-2, 0, 0.5, 3]]);
  it("keeps what is positive", () =>
    assert.deepEqual(
      toRows(relu(S)),
      [[0, 0, 0.5, 3]].map((r) => r),
    ));
  it("has σ′(0) = 0, as the lecture sets it", () => assert.deepEqual(toRows(reluPrime(S)), [[0, 0, 1, 1]]));
  it("lets NaN through where it was allowed in", () => {
    assert.ok(Number.isNaN(relu(fromRows([[Number.NaN]], { nonFinite: true })).data[0]));
  });
});
