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

  it("refuses places before the first, and values of another number", () => {
    const one = Int32Array.of(0);
    assert.throws(
      () => sparse(2, 2, { row: one, col: Int32Array.of(-1) }),
      /col\[0\] = -1; needed a whole number from 0 to 1/,
    );
    assert.throws(
      () => sparse(2, 2, { row: one, col: one, value: Float64Array.of(1, 2) }),
      /1 rows, 1 columns, 2 values; needed as many of each/,
    );
  });

  it("refuses to become dense beyond 1 GiB, and says how large it would be in the unit that fits", () => {
    const none = { row: new Int32Array(0), col: new Int32Array(0) };
    const most = 2 ** 31 - 1;
    assert.throws(() => sparse(most, most, none).toDense(), /takes 36\.9 EB, the limit is 1\.07 GB/);
    assert.throws(
      () => sparse(2 ** 14, 2 ** 13 + 1, none).toDense(),
      /takes 1\.07 GB, the limit is 1\.07 GB/,
    );
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
