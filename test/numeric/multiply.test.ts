import assert from "node:assert/strict";
import fc from "fast-check";
import { add, dotMultiply, scale, subtract } from "../../src/numeric/elementwise.js";
import { fromRows, matrix, toRows, transpose, vec } from "../../src/numeric/matrix.js";
import { addColumn, kron, multiply } from "../../src/numeric/multiply.js";
import { randomMatrix } from "../../src/numeric/random.js";
import type { Matrix } from "../../src/numeric/storage.js";

const A = fromRows([
  [1, 2],
  [3, 4],
]);
const B = fromRows([
  [0, 5],
  [6, 7],
]);

describe("products", () => {
  it("multiply as on paper", () => {
    assert.deepEqual(toRows(multiply(A, B)), [
      [12, 19],
      [24, 43],
    ]);
  });

  it("kron puts A_ij B in block (i, j)", () => {
    assert.deepEqual(toRows(kron(A, B)), [
      [0, 5, 0, 10],
      [6, 7, 12, 14],
      [0, 15, 0, 20],
      [18, 21, 24, 28],
    ]);
  });

  it("vec(A X B) = (B' ⊗ A) vec(X) (X3) on any sizes", () => {
    const n = fc.integer({ min: 1, max: 4 });
    fc.assert(
      fc.property(n, n, n, n, (a, x, y, b) => {
        const P = randomMatrix(a, x, { seed: 1, low: -1 });
        const X = randomMatrix(x, y, { seed: 2, low: -1 });
        const Q = randomMatrix(y, b, { seed: 3, low: -1 });
        close(vec(multiply(multiply(P, X), Q)), multiply(kron(transpose(Q), P), vec(X)));
      }),
    );
  });

  it("add, subtract, dotMultiply, scale and addColumn go entry by entry", () => {
    assert.deepEqual(toRows(add(A, B)), [
      [1, 7],
      [9, 11],
    ]);
    assert.deepEqual(toRows(subtract(A, B)), [
      [1, -3],
      [-3, -3],
    ]);
    assert.deepEqual(toRows(dotMultiply(A, B)), [
      [0, 10],
      [18, 28],
    ]);
    assert.deepEqual(toRows(scale(2, A)), [
      [2, 4],
      [6, 8],
    ]);
    assert.deepEqual(toRows(addColumn(A, [10, 20])), [
      [11, 12],
      [23, 24],
    ]);
  });

  it("stay float32 only where both sides are", () => {
    const F = matrix(2, 2, new Float32Array(4));
    assert.ok(multiply(F, F).data instanceof Float32Array);
    assert.ok(multiply(F, A).data instanceof Float64Array);
    assert.ok(multiply(A, F).data instanceof Float64Array);
  });

  it("refuse sizes that do not fit, and name both", () => {
    assert.throws(
      () => multiply(A, matrix(3, 1)),
      /multiply: A is 2 × 2 and B is 3 × 1; A\.cols must be B\.rows/,
    );
    assert.throws(() => add(A, matrix(2, 1)), /add: A is 2 × 2 and B is 2 × 1/);
    assert.throws(() => add(A, matrix(3, 2)), /add: A is 2 × 2 and B is 3 × 2/);
    assert.throws(() => addColumn(A, [1]), /addColumn: b has 1 entries and M is 2 × 2/);
    assert.throws(() => kron(A, 3 as never), /kron: B is number 3; needed a Matrix/);
  });
});

function close(M: Matrix, N: Matrix): void {
  assert.deepEqual([M.rows, M.cols], [N.rows, N.cols]);
  for (let k = 0; k < M.data.length; k++) assert.ok(Math.abs(M.data[k] - N.data[k]) < 1e-13);
}
