import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { relu } from "../../src/numeric/elementwise.js";
import { fromRows, mat, matrix, toRows } from "../../src/numeric/matrix.js";
import { avgPool, maxPool, maxPoolTranspose } from "../../src/numeric/pool.js";
import { randomMatrix } from "../../src/numeric/random.js";

const known = JSON.parse(readFileSync(new URL("../fixtures/pad_pool.json", import.meta.url), "utf8")).maxpool;

describe("pooling", () => {
  for (const { a, b, d, q, l, kind, ...of } of known) {
    it(`agrees with simpleNN: ${a} × ${b}, d ${d}, q ${q}, ${kind}`, () => {
      const part = (list: number[], n: number) =>
        list.slice((n * list.length) / l, ((n + 1) * list.length) / l);
      for (let n = 0; n < l; n++) {
        const { Z, index } = maxPool(mat(part(of.vecZ, n), d, a * b), { a, b, q });
        assert.deepEqual([...Z.data], part(of.vec_pool, n));
        assert.deepEqual(
          Array.from(index, (k) => k + 1),
          part(of.idx_pool, n),
        );
        const R = part(of.vecR, n);
        assert.deepEqual(
          Array.from(index, (k) => R[k]),
          part(of.vec_pool_R, n),
        );
        const V = mat(part(of.vecV, n), d, Z.cols);
        assert.deepEqual([...maxPoolTranspose(V, index, { a, b, d }).data], part(of.PpoolT_V, n));
      }
    });
  }

  it("averages each 2 × 2 window of each channel and drops the left-over row and column", () => {
    // channel 1 is 3 × 3: columns (1 2 9), (3 4 9), (9 9 9); channel 2 is ten times that
    const channel = [1, 2, 9, 3, 4, 9, 9, 9, 9];
    const Z = fromRows([channel, channel.map((x) => 10 * x)]);
    assert.deepEqual(toRows(avgPool(Z, { a: 3, b: 3, q: 2 })), [[2.5], [25]]);
    assert.deepEqual(toRows(maxPool(Z, { a: 3, b: 3, q: 2 }).Z), [[4], [40]]);
  });

  it("commutes with ReLU when it takes the maximum (X9)", () => {
    const Z = randomMatrix(3, 7 * 10, { seed: 4, low: -1 });
    const size = { a: 7, b: 10, q: 3 };
    assert.deepEqual(toRows(maxPool(relu(Z), size).Z), toRows(relu(maxPool(Z, size).Z)));
  });

  it("refuses an image of another size", () => {
    assert.throws(
      () => maxPool(matrix(1, 10), { a: 3, b: 3, q: 2 }),
      /maxPool: Z is 1 × 10; needed a·b = 3·3 = 9/,
    );
    assert.throws(() => avgPool(matrix(1, 9), { a: 3, b: 3, q: 4 }), /q = 4/);
  });
});
