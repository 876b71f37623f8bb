import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import { relevantWorld } from "../../../src/symbolic/sizes/relevant.js";
import { shapesFor } from "../../../src/symbolic/sizes/testShapes.js";
import { tryWithLargest } from "../../../src/symbolic/trial/largestTrial.js";
import type { SigmaNeed } from "../../../src/symbolic/world/selections.js";

const world = declare(`
  dims d q a b l; u = floor(a/q); v = floor(b/q)
  A : d x a*b;  B : d x a*b;  Z : d x a*b  each;  c : 1 x 1
  pool, P_pool = maxpool(q, d, a, b)
`);

function differsAt(text: string, need: SigmaNeed = "any"): boolean {
  const statement = parseStatement(text);
  const [sizes] = shapesFor(world, statement);
  return tryWithLargest(relevantWorld(world, statement), statement, sizes, need) !== undefined;
}

describe("a statement about max pooling, the largest entries taken", () => {
  for (const text of [
    ...["pool(-A) = -pool(A)", "pool(c*A) = c*pool(A)", "pool(A + B) = pool(A) + pool(B)"],
    ...[
      "pool(dsigma(A)) = dsigma(pool(A))",
      "pool(A .* A) = pool(A) .* pool(A)",
      "pool(B) = mat(P_pool*vec(A), d, u*v)",
    ],
    ...["Sum(pool(Z)) = pool(Sum(Z))"],
    ...["d(pool(-A), A) = -d(pool(A), A)", "pool(B - A) - pool(B) = -pool(A)"],
  ])
    it(`differs: ${text}`, () => assert.ok(differsAt(text)));

  for (const text of [
    ...[
      "pool(2*A) = 2*pool(A)",
      "pool(A/3) = pool(A)/3",
      "vec(pool(A)) = P_pool*vec(A)",
      "pool(A) = pool(A)",
    ],
    ...["d(pool(A), A) = mat(P_pool*vec(dA), d, u*v)", "Sum(pool(A)) = l*pool(A)", "A + B = A - B"],
    ...["Sum(vec(pool(Z))) = Sum(P_pool*vec(Z))", "pool(-A)  = mat(P_pool*vec(-A), d, u*v)"],
  ])
    it(`does not differ, or chooses nothing: ${text}`, () => assert.ok(!differsAt(text)));

  it("has one selection for an image and σ of it where σ rises, and not for every σ", () => {
    assert.ok(!differsAt("pool(sigma(A)) = sigma(pool(A))", "rising"));
    assert.ok(differsAt("pool(sigma(A)) = sigma(pool(A))"));
  });

  it("has the selection of what is within all images, also where σ is flat", () => {
    const [withinBoth, swapped] = ["relu(sigma(A))", "sigma(relu(A))"].map((e) => [
      `pool(${e})`,
      `vec(${e})`,
    ]);
    for (const left of ["P_pool*vec(A) + 0*vec(pool(sigma(A)))", "P_pool*vec(A) + 0*vec(pool(relu(A)))"])
      assert.ok(!differsAt(`${left} = vec(pool(A))`, "rising"), left);
    assert.ok(
      !differsAt(
        `vec(${withinBoth[0]} + ${swapped[0]}) = P_pool*(${withinBoth[1]} + ${swapped[1]})`,
        "rising",
      ),
    );
  });
});
