import assert from "node:assert/strict";
import { chosenEntries, chosenTranspose, maxPoolChoice } from "../../src/numeric/choice.js";
import { dot } from "../../src/numeric/dot.js";
import { dotMultiply, relu } from "../../src/numeric/elementwise.js";
import { fromRows, toRows } from "../../src/numeric/matrix.js";
import { maxPool, maxPoolAt, maxPoolTranspose } from "../../src/numeric/pool.js";
import { randomMatrix } from "../../src/numeric/random.js";
import { reluPrime } from "../../src/numeric/relu.js";

describe("max pooling by choice", () => {
  // one channel, 3 × 4: columns (1 5 9), (5 2 9), (−1 −2 9), (−3 −1 9); the last row is in no window of 2 × 2
  const Z = fromRows([[1, 5, 9, 5, 2, 9, -1, -2, 9, -3, -1, 9]]);
  const size = { a: 3, b: 4, q: 2 };

  it("says which entry of its window is the largest, the first of two, vertical place fastest", () => {
    const { Z: largest, choice } = maxPoolChoice(Z, size, false);
    assert.deepEqual([toRows(largest), toRows(choice)], [[[5, -1]], [[1, 0]]]);
  });

  it("takes none where the largest is not above 0 and σ is ReLU: σ′(0) is 0", () => {
    assert.deepEqual(toRows(maxPoolChoice(relu(Z), size, true).choice), [[1, -1]]);
    assert.deepEqual(toRows(maxPoolChoice(relu(Z), size, false).choice), [[1, 0]]);
  });

  it("goes along and back at what was chosen", () => {
    const { choice } = maxPoolChoice(relu(Z), size, true);
    assert.deepEqual(
      toRows(chosenEntries(fromRows([[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]]), choice, size)),
      [[2, 0]],
    );
    assert.deepEqual(toRows(chosenTranspose(fromRows([[7, 8]]), choice, size)), [
      [0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    ]);
  });

  it("is I ⊙ P_pool and its transpose (X15, X26), on two images with remainders", () => {
    const [a, b, d, q, l] = [7, 5, 3, 2, 2];
    const images = relu(randomMatrix(d, a * b * l, { seed: 1, low: -1 }));
    const { Z: largest, choice } = maxPoolChoice(images, { a, b, q }, true);
    const { index } = maxPool(images, { a, b, q });
    const [R, V] = [randomMatrix(d, a * b * l, { seed: 2 }), randomMatrix(d, largest.cols, { seed: 3 })];
    const [along, back] = [chosenEntries(R, choice, { a, b, q }), chosenTranspose(V, choice, { a, b, q })];
    const I = reluPrime(largest);
    assert.deepEqual(along.data, dotMultiply(maxPoolAt(R, index), I).data);
    assert.deepEqual(back.data, maxPoolTranspose(dotMultiply(V, I), index, { a, b, d }, { batch: l }).data);
    assert.ok(Math.abs(dot(along, V) - dot(R, back)) < 1e-12);
  });
});
