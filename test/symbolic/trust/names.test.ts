/** No declared name is one of the prover's own. */
import assert from "node:assert/strict";
import { lecture } from "../../../src/lecture/lecture.js";
import { tokensOf } from "../../../src/symbolic/language/tokens.js";
import { indexName } from "../../../src/symbolic/prove/indexName.js";

describe("an index of the prover", () => {
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
