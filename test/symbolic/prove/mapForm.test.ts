/** Index maps by the prover alone. */

import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import { proveForAllSizes } from "../../../src/symbolic/prove/prove.js";
import { withZeroMatrix } from "../../../src/symbolic/world/zero.js";

const world = declare(`
  dims d q a b s t u v w l;  a_q = floor(a/q);  b_q = floor(b/q)
  A : d x a*b;  B : d x a*b;  Z : d x a*b each;  U : d x a_q*b_q;  c : 1 x 1;  x : a*b x 1;  y : d*a x 1
  pool, P_pool = maxpool(q, d, a, b);  mean, P_mean = avgpool(q, d, a, b)
  map wide, P_wide(i:d; p:u, r:b) = (i; s*p + t, r) from d x a*b
  map tall, P_tall(i:d; p:u, r:b) = (i; t*p + s, r) from d x a*b
  map part, P_part(i:d, p:a; r:b) = (i, p; r) from d*a x b
  e : b x 1;  map once, P_once(i:1, r:b; j:1) = (r; ) from b x 1;  map across, P_across(r:b; ) = (0; r) from 1 x b
  map turned, P_turned(p:b, r:a; ) = (r, p; ) from a*b x 1
`);
const proofOf = (text: string) => proveForAllSizes(world, withZeroMatrix(world, parseStatement(text)));

describe("an index map", () => {
  for (const text of [
    "vec(pool(A)) = P_pool*vec(A)",
    "P_pool*P_pool' = I(d*a_q*b_q)",
    "pool(sigma(A)) = sigma(pool(A))",
    "pool(A) .* pool(A) = mat(P_pool*vec(A .* A), d, a_q*b_q)",
    "Sum(pool(A)) = l*pool(A)",
    "Sum(vec(pool(Z))) = Sum(P_pool*vec(Z))",
    "pool(A)*ones(a_q*b_q) + pool(B)*ones(a_q*b_q) = pool(B)*ones(a_q*b_q) + pool(A)*ones(a_q*b_q)",
    "vec(mean(A)) = P_mean*vec(A)",
    "mean(A + B) = mean(A) + mean(B)",
    "q*q*mean(ones(d, a*b)) = q*q*ones(d, a_q*b_q)",
    "P_pool*ones(d*a*b) = ones(d*a_q*b_q)",
    "vec(wide(A)) = P_wide*vec(A)",
    "vec(wide(A) .* tall(A)) = diag(P_wide*vec(A))*P_tall*vec(A)",
    "part(mat(vec(A), d*a, b)) = mat(vec(A), d*a, b)",
    "turned(x) = K(a, b)*x",
    "once(e) = e",
    "across(e') = e",
    "P_once = P_across",
    "P_turned*P_turned' = I(a*b)",
  ])
    it(`is proved: ${text}`, () =>
      assert.equal(proofOf(text).status, "proved", JSON.stringify(proofOf(text))));

  for (const text of [
    "pool(A + B) = pool(A) + pool(B)",
    "pool(-A) = -pool(A)",
    "pool(A .* B) = pool(A) .* pool(B)",
    "pool(c*A) = c*pool(A)",
    "pool(dsigma(A)) = dsigma(pool(A))",
    "pool(A) = pool(B)",
    "Sum(pool(Z)) = l*pool(Z)",
    "Sum(pool(Z)) = pool(Sum(Z))",
    "Sum(P_pool*vec(Z)) = P_pool*vec(Sum(Z))",
    "P_pool'*P_pool = I(d*a*b)",
    "P_pool = P_mean",
    "P_mean*P_mean' = I(d*a_q*b_q)",
    "q*mean(A) = mean(q*q*A)",
    "mean(A) .* mean(A) = mean(A .* A)",
    "pool(A) = mean(A)",
    "ones(d)'*pool(A)*ones(a_q*b_q) = ones(d)'*mean(A)*ones(a_q*b_q)",
    "wide(A) = tall(A)",
    "P_wide = P_tall",
    "P_wide*P_wide' = P_tall*P_wide'",
    "P_turned = I(a*b)",
    "P_turned*P_turned = I(a*b)",
    "turned(x) = K(b, a)*x",
  ])
    it(`is not: ${text}`, () => assert.notEqual(proofOf(text).status, "proved"));

  it("that chooses has no matrix where it stands at two images", () => {
    for (const text of [
      "P_pool*vec(A + B) = vec(pool(A)) + vec(pool(B))",
      "vec(pool(A)) + 0*vec(pool(B)) = P_pool*vec(A)",
    ])
      assert.deepEqual(
        proofOf(text),
        { status: "outside", why: "P_pool is the selection of one image; pool stands at A and at B" },
        text,
      );
    assert.equal(proofOf("vec(pool(A)) + P_mean*vec(B) = P_mean*vec(B) + P_pool*vec(A)").status, "proved");
  });
});
