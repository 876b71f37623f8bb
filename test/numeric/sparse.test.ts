import assert from "node:assert/strict";
import { toRows } from "../../src/numeric/matrix.js";
import { sparse } from "../../src/numeric/sparse.js";

describe("a sparse matrix", () => {
  const P = sparse(2, 3, {
    row: Int32Array.of(0, 1, 1),
    col: Int32Array.of(2, 0, 0),
    value: Float64Array.of(5, 1, 2),
  });

  it("adds entries at the same place when it becomes dense", () => {
    assert.deepEqual(toRows(P.toDense()), [
      [0, 0, 5],
      [3, 0, 0],
    ]);
  });

  it("multiplies from both sides", () => {
    assert.deepEqual([...P.times([1, 2, 3]).data], [15, 3]);
    assert.deepEqual([...P.transposeTimes([1, 10]).data], [30, 0, 5]);
  });

  it("refuses places outside and vectors that do not fit", () => {
    assert.throws(
      () => sparse(2, 2, { row: Int32Array.of(2), col: Int32Array.of(0) }),
      /row\[0\] = 2; needed .* 0 to 1/,
    );
    assert.throws(
      () => sparse(2, 2, { row: Int32Array.of(1, 1), col: Int32Array.of(0) }),
      /2 rows, 1 columns/,
    );
    assert.throws(() => P.times([1, 2]), /times: v has 2 entries; the 2 × 3 matrix needs 3/);
  });
});
