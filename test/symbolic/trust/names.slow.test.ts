/** Sizes that are declared by names which indices might have. */
import assert from "node:assert/strict";
import { lecture } from "../../../src/lecture/lecture.js";

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
});
