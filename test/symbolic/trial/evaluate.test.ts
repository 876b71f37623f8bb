import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parse } from "../../../src/symbolic/language/parse.js";
import { explicitOf } from "../../../src/symbolic/trial/evaluate.js";
import { given, type Rows, toRows } from "../given.js";

const world = declare(`
  dims m n k l
  A : m x n;  B : n x k;  D : m x n;  v : n x 1;  X : m x n each
  scalar c
`);

const setting = given(world, {
  sizes: { m: 2, n: 3, k: 1, l: 2 },
  instances: 2,
  sigma: (order, x) => [x ** 3, 3 * x ** 2, 6 * x, 6][order] ?? 0, // σ(x) = x³
  // biome-ignore format: one row per row
  values: {
    A: [[1, 2, 3],
        [4, 5, 6]],
    B: [[1], [0], [-1]],
    D: [[2, 0, 1],
        [1, 3, -1]],
    v: [[7], [8], [9]],
    c: [[2]],
    "X 1": [[1, 0, 0], [0, 1, 0]],
    "X 2": [[0, 2, 0], [0, 0, 3]],
    dA: [[1, 0, 0], [0, 0, 2]],
    dD: [[0, 1, 0], [0, 0, 0]],
    dc: [[5]],
    "dX 1": [[1, 1, 1], [0, 0, 0]],
    "dX 2": [[0, 0, 0], [4, 0, 0]],
  },
});

// −0 is 0 here: adding 0 makes it so.
const rowsOf = (text: string) => toRows(explicitOf(parse(text), setting)).map((row) => row.map((x) => x + 0));

describe("the value of an expression, calculated by hand,", () => {
  // biome-ignore format: one row per row
  const known: [text: string, rows: Rows][] = [
    ["A + D", [[3, 2, 4], [5, 8, 5]]],
    ["A - D", [[-1, 2, 2], [3, 2, 7]]],
    ["-A", [[-1, -2, -3], [-4, -5, -6]]],
    ["A'", [[1, 4], [2, 5], [3, 6]]],
    ["A * B", [[-2], [-2]]],
    ["A * D'", [[5, 4], [14, 13]]],
    ["A .* D", [[2, 0, 3], [4, 15, -6]]],
    ["c * A", [[2, 4, 6], [8, 10, 12]]],
    ["A / (4*c)", [[0.125, 0.25, 0.375], [0.5, 0.625, 0.75]]],
    ["n * A / m", [[1.5, 3, 4.5], [6, 7.5, 9]]],
    ["vec(A)", [[1], [4], [2], [5], [3], [6]]],
    ["mat(vec(A), n, m)", [[1, 5], [4, 3], [2, 6]]],
    ["I(m)", [[1, 0], [0, 1]]],
    ["ones(n)", [[1], [1], [1]]],
    ["ones(m, n)", [[1, 1, 1], [1, 1, 1]]],
    ["diag(v)", [[7, 0, 0], [0, 8, 0], [0, 0, 9]]],
    ["norm2(A)", [[91]]],
    ["trace(A' * D)", [[18]]], // [[6, 12, -3], [9, 15, -3], [12, 18, -3]]
    ["sigma(D)", [[8, 0, 1], [1, 27, -1]]],
    ["dsigma(D)", [[12, 0, 3], [3, 27, 3]]],
    ["kron(D, B)", [
      [2, 0, 1],
      [0, 0, 0],
      [-2, 0, -1],
      [1, 3, -1],
      [0, 0, 0],
      [-1, -3, 1],
    ]],
    ["kron(B', A)", [[1, 2, 3, 0, 0, 0, -1, -2, -3], [4, 5, 6, 0, 0, 0, -4, -5, -6]]],
    // vec of [[x1, x3, x5], [x2, x4, x6]] is x1 … x6, of its transpose x1 x3 x5 x2 x4 x6.
    ["K(m, n)", [
      [1, 0, 0, 0, 0, 0],
      [0, 0, 1, 0, 0, 0],
      [0, 0, 0, 0, 1, 0],
      [0, 1, 0, 0, 0, 0],
      [0, 0, 0, 1, 0, 0],
      [0, 0, 0, 0, 0, 1],
    ]],
    ["X", [[1, 0, 0], [0, 1, 0]]],
    ["Sum(X)", [[1, 2, 0], [0, 1, 3]]],
    ["Sum(norm2(X)) / l", [[7.5]]],
  ];
  for (const [text, rows] of known) {
    it(`of ${text}`, () => assert.deepEqual(rowsOf(text), rows));
  }

  // biome-ignore format: one row per row
  const differentials: [text: string, rows: Rows][] = [
    ["d(A, A)", [[1, 0, 0], [0, 0, 2]]],
    ["d(D, A)", [[0, 0, 0], [0, 0, 0]]],
    ["d(A * B, A)", [[1], [-2]]], // dA B
    ["d(A .* A, A)", [[2, 0, 0], [0, 0, 24]]], // 2 A .* dA
    ["d(norm2(A), A)", [[26]]], // 2 (1·1 + 6·2)
    ["d(A / c, c)", [[-1.25, -2.5, -3.75], [-5, -6.25, -7.5]]], // −A dc / c², dc = 5
    ["d(sigma(D), D)", [[0, 0, 0], [0, 0, 0]]], // 3·0²·1
    ["d(dsigma(A), A)", [[6, 0, 0], [0, 0, 72]]], // 6 A .* dA
    ["d(d(sigma(A), A), A)", [[6, 0, 0], [0, 0, 144]]], // 6 A .* dA .* dA
    ["d(d(A .* D, A), D)", [[0, 0, 0], [0, 0, 0]]], // dA .* dD, nowhere both
    ["d(Sum(X), X)", [[1, 1, 1], [4, 0, 0]]],
    ["Sum(d(norm2(X), X))", [[2]]], // 2·1·1 in the first instance, nothing shared in the second
  ];
  for (const [text, rows] of differentials) {
    it(`of ${text}, by dual numbers`, () => assert.deepEqual(rowsOf(text), rows));
  }

  it("refuses sizes that do not fit, and what has no value", () => {
    assert.throws(() => rowsOf("A * A"), /a product of a 2 × 3 and a 2 × 3 matrix/);
    assert.throws(() => rowsOf("A + v"), /an entry by entry operation of a 2 × 3 and a 3 × 1 matrix/);
    assert.throws(() => rowsOf("mat(v, m, m)"), /mat: 3 entries cannot become 2 × 2/);
    assert.throws(() => rowsOf("Q"), /Q has no value/);
    assert.throws(() => rowsOf("Q(A)"), /Q has no value/);
    assert.throws(() => rowsOf("d(A, A + A)"), /d\(E, X\): A \+ A is no name/);
  });
});
