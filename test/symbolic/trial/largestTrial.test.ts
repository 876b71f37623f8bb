import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import { relevantWorld } from "../../../src/symbolic/sizes/relevant.js";
import { shapesFor } from "../../../src/symbolic/sizes/testShapes.js";
import { tryWithLargest } from "../../../src/symbolic/trial/largestTrial.js";
import type { Difference } from "../../../src/symbolic/trial/primeFieldTrial.js";
import type { SigmaNeed } from "../../../src/symbolic/world/selections.js";

const world = declare(`
  dims d q a b l; u = floor(a/q); v = floor(b/q)
  A : d x a*b;  B : d x a*b;  Z : d x a*b  each;  c : 1 x 1
  pool, P_pool = maxpool(q, d, a, b)
  G : d x u*v;  rho(S) with gradient G
`);

function difference(text: string, need: SigmaNeed = "any"): Difference | undefined {
  const statement = parseStatement(text);
  const [sizes] = shapesFor(world, statement);
  return tryWithLargest(relevantWorld(world, statement), statement, sizes!, need);
}

const differsAt = (text: string, need: SigmaNeed = "any"): boolean => difference(text, need) !== undefined;

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
    assert.ok(!differsAt("pool(sigma(A)) + dsigma(pool(B)) = dsigma(pool(B)) + pool(sigma(A))"));
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

  it("has another σ′ where σ is flat at the largest entries, and a σ that falls far below them", () => {
    const same = "sigma(pool(A)) - pool(sigma(A))";
    const low = "sigma(pool(A) - 9*ones(d, u*v))";
    const [flat, steep] = [
      `${same} + drelu(dsigma(pool(A))) = ones(d, u*v)`,
      `relu(-${low} - 99*ones(d, u*v)) = ${same}`,
    ];
    assert.ok(differsAt(flat, "rising"));
    assert.ok(differsAt(steep, "rising"));
  });

  it("has a σ that rises everywhere: σ′ is nowhere below 0", () => {
    assert.ok(!differsAt("pool(sigma(9*A)) = sigma(pool(9*A))", "rising"));
    const falls = "relu(-dsigma(9*A)) + relu(-dsigma(-9*A))";
    assert.ok(!differsAt(`pool(${falls}) = sigma(pool(A)) - pool(sigma(A))`, "rising"));
    assert.ok(differsAt(`pool(${falls}) = sigma(pool(A)) - sigma(pool(A))`));
  });

  it("says where the sides differ first, and how often", () => {
    const found = difference("pool(-A) = -pool(A)");
    assert.ok(found);
    const { at, ...rest } = found;
    const entries = at.d! * at.u! * at.v!;
    assert.ok(entries > 1);
    assert.deepEqual(rest, { seed: 1, entry: [1, 1], differing: entries, entries });
  });

  it("is compared relative to large entries, and as they are where small ones cancel", () => {
    assert.ok(!differsAt("1000000000000*pool(A/7) = 1000000000000/7*pool(A)"));
    assert.ok(!differsAt("pool(A)/7*c*7 - c*pool(A) = 0*pool(A)"));
    assert.ok(differsAt("pool(A)/100000 = 0*pool(A)"));
  });

  it("has the values of a loss from where it is differentiated, also those that are asked for before", () => {
    const loss = "rho(pool(A))";
    assert.ok(!differsAt(`${loss} + d(${loss}, A) = d(${loss}, A) + ${loss}`));
    assert.ok(!differsAt(`${loss} = ${loss} + 0*d(${loss}, A)`));
  });
});
