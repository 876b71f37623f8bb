import assert from "node:assert/strict";
import { checkStatement, type Prove } from "../../../src/symbolic/check/check.js";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import { proveForAllSizes } from "../../../src/symbolic/prove/prove.js";
import { world as mapsWorld, truths } from "../prove/otherWords.js";

const world = declare(`
  dims d a b q m n; u = floor(a/q); v = floor(b/q)
  A : m x n
  X : m x n
  Z : d x a*b
  pool, P_pool = maxpool(q, d, a, b)
`);

/** What the prover hears when it asks whether a statement may hold. */
function heard(text: string): boolean | undefined {
  let answer: boolean | undefined;
  const prove: Prove = (world, statement, mayHold) => {
    answer = mayHold();
    return proveForAllSizes(world, statement, mayHold);
  };
  checkStatement(world, parseStatement(text), {}, prove);
  return answer;
}

describe("whether a statement may hold", () => {
  it("is told by the numbers of the first trial", () => {
    assert.equal(heard("A + X = X + A"), true);
    assert.equal(heard("A - X = X - A"), false);
    assert.equal(heard("relu(A) + relu(-A) = relu(A + X)"), false);
    assert.equal(heard("relu(A) - relu(-A) = A"), true);
  });

  it("is left open where remainders know no largest entry, and where a divisor is 0", () => {
    assert.equal(heard("pool(2*Z) = 2*pool(Z)"), true);
    assert.equal(heard("pool(Z) = pool(-Z)"), true);
    assert.equal(heard("A/(n - n) = X/(n - n)"), true);
  });

  it("ends the search for other words of what is false, and no other", () => {
    const statement = parseStatement(truths[0]!);
    assert.equal(proveForAllSizes(mapsWorld, statement).status, "proved");
    assert.equal(proveForAllSizes(mapsWorld, statement, () => false).status, "open");
    assert.equal(proveForAllSizes(world, parseStatement("A + X = X + A"), () => false).status, "proved");
  });
});
