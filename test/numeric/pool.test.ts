import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dot } from "../../src/numeric/dot.js";
import { relu } from "../../src/numeric/elementwise.js";
import { fromRows, mat, matrix, toRows } from "../../src/numeric/matrix.js";
import { avgPool, avgPoolTranspose, maxPool, maxPoolTranspose } from "../../src/numeric/pool.js";
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

  it("takes instances side by side, each for itself", () => {
    const [a, b, q, d, batch] = [5, 7, 2, 3, 4];
    const Z = randomMatrix(d, a * b * batch, { seed: 1, low: -1 });
    const { Z: pooled, index } = maxPool(Z, { a, b, q });
    const mean = avgPool(Z, { a, b, q });
    assert.equal(pooled.cols, 2 * 3 * batch);
    for (let l = 0; l < batch; l++) {
      const one = mat(Z.data.slice(d * a * b * l, d * a * b * (l + 1)), d, a * b);
      const part = (M: { data: ArrayLike<number> }) => Array.from(M.data).slice(d * 6 * l, d * 6 * (l + 1));
      assert.deepEqual(part(pooled), [...maxPool(one, { a, b, q }).Z.data]);
      assert.deepEqual(
        part({ data: index }),
        Array.from(maxPool(one, { a, b, q }).index, (k) => k + d * a * b * l),
      );
      assert.deepEqual(part(mean), [...avgPool(one, { a, b, q }).data]);
    }
  });

  it("has transposes: ⟨P_pool vec(Z), V⟩ = ⟨Z, P_poolᵀ V⟩ for both", () => {
    const [a, b, q, d, batch] = [7, 5, 2, 3, 2];
    const [Z, V] = [
      randomMatrix(d, a * b * batch, { seed: 1, low: -1 }),
      randomMatrix(d, 6 * batch, { seed: 2 }),
    ];
    const { Z: pooled, index } = maxPool(Z, { a, b, q });
    const sent = maxPoolTranspose(V, index, { a, b, d }, { batch });
    assert.ok(Math.abs(dot(pooled, V) - dot(Z, sent)) < 1e-12);
    const spread = avgPoolTranspose(V, { a, b, q });
    assert.ok(Math.abs(dot(avgPool(Z, { a, b, q }), V) - dot(Z, spread)) < 1e-12);
  });

  it("spreads a mean over its window by hand", () => {
    const Z = avgPoolTranspose(fromRows([[8], [4]]), { a: 3, b: 2, q: 2 });
    assert.deepEqual(toRows(Z), [
      [2, 2, 0, 2, 2, 0],
      [1, 1, 0, 1, 1, 0],
    ]);
  });

  it("refuses places outside, and what is no index", () => {
    const V = matrix(1, 2, [1, 2]);
    const shape = { a: 2, b: 2, d: 1 };
    assert.throws(
      () => maxPoolTranspose(V, Int32Array.of(0, 4), shape),
      /maxPoolTranspose: index\[1\] = 4; needed a place in vec\(Z\) of instance 1, from 0 to 3/,
    );
    assert.throws(
      () => maxPoolTranspose(V, Int32Array.of(0, 1), shape, { batch: 2 }),
      /index\[1\] = 1; .* instance 2/,
    );
    assert.throws(
      () => maxPoolTranspose(V, [0, 1] as never, shape),
      /index is an array of length 2; needed the Int32/,
    );
    assert.throws(() => maxPoolTranspose(V, Int32Array.of(0, 1), { a: 2, d: 1 } as never), /b = undefined/);
    assert.throws(
      () => avgPoolTranspose(matrix(1, 3), { a: 4, b: 4, q: 2 }),
      /V is 1 × 3; needed floor\(a\/q\)/,
    );
  });

  it("keeps NaN: the first of a window is its maximum, before and behind larger numbers", () => {
    const NaNs = fromRows([[9, Number.NaN, 3, Number.NaN]], { nonFinite: true });
    assert.deepEqual([...maxPool(NaNs, { a: 2, b: 2, q: 2 }).index], [1]);
    const first = fromRows([[Number.NaN, 9, 3, 1]], { nonFinite: true });
    assert.deepEqual([...maxPool(first, { a: 2, b: 2, q: 2 }).index], [0]);
  });

  it("takes the first of equal maxima, the vertical place fastest", () => {
    assert.deepEqual([...maxPool(fromRows([[1, 4, 4, 4]]), { a: 2, b: 2, q: 2 }).index], [1]);
  });

  it("adds what its transpose is given, and refuses another number of places", () => {
    const shape = { a: 2, b: 2, d: 1 };
    const index = Int32Array.of(3, 1, 3);
    assert.deepEqual([...maxPoolTranspose(fromRows([[1, 2, 4]]), index, shape).data], [0, 2, 0, 5]);
    assert.throws(
      () => maxPoolTranspose(fromRows([[1, 2]]), index, shape),
      /maxPoolTranspose: V is 1 × 2, the index has 3 places; needed as many/,
    );
  });

  it("refuses an image of another size", () => {
    assert.throws(
      () => maxPool(matrix(1, 10), { a: 3, b: 3, q: 2 }),
      /maxPool: Z is 1 × 10; needed a·b = 3·3 = 9/,
    );
    assert.throws(() => avgPool(matrix(1, 9), { a: 3, b: 3, q: 4 }), /q = 4/);
  });
});
