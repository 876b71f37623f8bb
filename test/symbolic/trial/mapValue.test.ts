import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parse, parseStatement } from "../../../src/symbolic/language/parse.js";
import { explicitOf } from "../../../src/symbolic/trial/evaluate.js";
import { tryOnce } from "../../../src/symbolic/trial/primeFieldTrial.js";
import { given, type Rows } from "../given.js";

const world = declare(`
  dims q d a b l; u = floor(a/q); v = floor(b/q)
  X : d x a*b;  Z : d x a*b each
  mean, P_mean = avgpool(q, d, a, b)
  pool, P_pool = maxpool(q, d, a, b)
`);
const sizes = { q: 2, d: 2, a: 2, b: 2, l: 2 };

describe("an index map", () => {
  it("refuses a matrix of other rows, or of other columns, with both sizes", () => {
    const valueAt = (X: Rows) => explicitOf(parse("mean(X)"), given(world, { sizes, values: { X } })).entries;
    assert.deepEqual(
      valueAt([
        [1, 2, 3, 6],
        [4, 4, 4, 8],
      ]),
      [3, 5],
    );
    assert.throws(() => valueAt([[1, 2, 3, 6]]), /mean: a 1 × 4 matrix; needed 2 × 4/);
    assert.throws(() => valueAt([[1], [4]]), /mean: a 2 × 1 matrix; needed 2 × 4/);
  });

  it("that chooses has a matrix for each instance", () => {
    const statement = parseStatement("Sum(vec(pool(Z))) = Sum(P_pool*vec(Z))");
    assert.deepEqual(tryOnce(world, statement, { ...sizes, u: 1, v: 1 }, 1), { isZero: false });
  });
});
