/** No declared name is one of the prover's own. */
import assert from "node:assert/strict";
import { lecture } from "../../../src/lecture/lecture.js";
import { tokensOf } from "../../../src/symbolic/language/tokens.js";
import { indexName } from "../../../src/symbolic/prove/indexName.js";

/** Sizes called as indices might be: were r0 an index too, two maps that read at different places would be one. */
const captured = (first: string, second: string) => lecture`
  dims ${first} ${second} d u v;  a = u + ${first} + ${second};  b = v + ${first} + ${second};  Z : d x a*b
  map f, P(c:d; p:u, q:v) = (c; p + ${first}, q + ${second}) from d x a*b
  map g, Q(c:d; p:u, q:v) = (c; p + ${second}, q + ${first}) from d x a*b
`;

const wrong = ["P = Q", "P*vec(Z) = Q*vec(Z)", "Q*P' = I(d*u*v)", "P'*P = Q'*Q", "f(Z) = g(Z)"];

describe("a declared size that is called like an index", () => {
  for (const [first, second] of [
    ["r0", "c0"],
    ["c1", "r2"],
    ["r1", "r2"],
    ["x0", "x1"],
    ["x3", "c2"],
    ["instance", "r0"],
    ["m", "n"],
  ] as const) {
    for (const statement of wrong) {
      it(`does not make ${statement} true for sizes ${first} and ${second}`, () =>
        assert.throws(() => captured(first, second).check("", statement), /the two sides differ at/));
    }
    it(`leaves P = P true for sizes ${first} and ${second}`, () =>
      assert.equal(captured(first, second).check("", "P'*P = P'*P").level, "all sizes"));
  }

  it("cannot be written as the prover writes its own", () => {
    for (const letter of ["r", "c", "x"]) assert.throws(() => tokensOf(indexName(letter, 0)), /"%"|%/);
  });
});

describe("a loss that is called like σ", () => {
  it("is not σ of a number", () => {
    const L = lecture`dims n; c : 1 x 1; g : 1 x 1; sigma0(x) with gradient g`;
    assert.throws(() => L.check("", "sigma0(c) = sigma(c)"), /the two sides differ/);
  });
});
