import assert from "node:assert/strict";
import { badgeText } from "../../../src/symbolic/check/badge.js";
import { badgeOf } from "../../../src/symbolic/check/verdict.js";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parse, parseStatement } from "../../../src/symbolic/language/parse.js";
import { completed, type Sizes } from "../../../src/symbolic/sizes/sizes.js";
import { type Degree, degreeOf, passingChance } from "../../../src/symbolic/trial/degrees.js";
import { trial } from "../../../src/symbolic/trial/trial.js";

const p = 10007;
const world = declare(`
  dims m n k l;  k_pad = k + 2*m
  scalar C
  A : m x n;  M : m x n;  X : n x k;  b : m x 1;  Q : n x n
  Y : m x n each
  G : m x k;  H : m x k;  E : m*k x m*k
  xi(S) with gradient G, hessian E
  rho(S) with gradient H
  pad, P_pad = padding(m, n, k, k);  Z : n x k*k
`);
const small: Sizes = completed(world, { m: 2, n: 3, k: 2, l: 4 });
const chance = (text: string, sizes = small, prime = p) =>
  passingChance(world, parseStatement(text), sizes, prime);

/** The bound of a trial at these shapes, with so many seeds. */
function boundAt(text: string, shapes: readonly Sizes[], seeds: readonly number[]): number {
  const found = trial(world, parseStatement(text), { shapes, seeds, prime: p });
  assert.ok(found.passed && found.primeField, JSON.stringify(found));
  return found.primeField.bound;
}

describe("the chance that a false statement passes, by hand", () => {
  it("is the degree of the difference over p: one for entries, two for products", () => {
    assert.equal(chance("A = M"), 1 / p);
    assert.equal(chance("A*X = M*X"), 2 / p);
    assert.equal(chance("A = A*X*X'"), 3 / p);
    assert.equal(chance("A*X*X' = A"), 3 / p);
  });

  it("counts the denominators of both sides, crosswise", () => {
    assert.equal(chance("A/C = M"), 2 / p); // A = C M
    assert.equal(chance("M = A/C"), 2 / p);
    assert.equal(chance("A/(C*C) = M/C"), 3 / p); // C A = C² M
    assert.equal(chance("A*X*X'/C = M/(C*C*C)"), 6 / p); // C³ A X Xᵀ = C M
  });

  it("counts what an addition of quotients multiplies: W/C + W/C² has numerator W C² + W C", () => {
    assert.equal(chance("A/C + A/(C*C) = M"), Math.max(3, 1 + 3) / p);
  });

  it("counts instances: a sum of l quotients has l denominators", () => {
    for (const l of [1, 2, 5]) assert.equal(chance("Sum(Y/C) = A", { ...small, l }), (l + 1) / p);
  });

  it("is at most 1", () => {
    assert.equal(chance("A*X = M*X", small, 2), 1);
    assert.equal(chance("sigma(A) = sigma(M)", small, 5), 1);
  });
});

describe("two arguments of σ that happen to agree", () => {
  it("are counted: 8 values of degree 2 are 28 pairs, and the two sides differ by degree 1", () => {
    // vec(A X) and A X are two arguments of m k = 4 entries in each of 4 instances
    const values = 4 * (4 + 4);
    const pairs = (values * (values - 1)) / 2;
    assert.equal(chance("vec(sigma(A*X)) = sigma(vec(A*X))"), (1 + 2 * pairs) / p);
  });

  it("count once where one argument is written twice, within and beside", () => {
    const values = 4 * 4;
    const pairs = (values * (values - 1)) / 2;
    assert.equal(chance("sigma(A*X) + dsigma(A*X) = d2sigma(A*X)"), (1 + 2 * pairs) / p);
  });

  it("count with the greatest degree among them, denominators too", () => {
    const values = 4 * (6 + 6);
    const pairs = (values * (values - 1)) / 2;
    assert.equal(chance("sigma(A) = sigma(M/(C*C))"), (1 + 3 * pairs) / p);
    assert.equal(chance("sigma(M/(C*C)) = sigma(A)"), (1 + 3 * pairs) / p);
  });

  it("count within σ as well: σ(σ(A)) has the arguments A and σ(A)", () => {
    const values = 4 * (6 + 6);
    const pairs = (values * (values - 1)) / 2;
    assert.equal(chance("sigma(sigma(A)) = A"), (1 + 1 * pairs) / p);
  });

  it("are one value for each instance where the function is a loss", () => {
    const values = 4 * 2;
    const pairs = (values * (values - 1)) / 2;
    assert.equal(chance("xi(A*X) = xi(M*X)"), (1 + 2 * pairs) / p);
  });

  it("are none where there is no σ, or one value alone, nor where a map moves entries", () => {
    assert.equal(chance("A = M"), 1 / p);
    assert.equal(chance("pad(Z + Z) = pad(2*Z)"), 1 / p);
    assert.equal(chance("xi(A*X) = C", { ...small, l: 1 }), 1 / p);
  });
});

describe("degrees", () => {
  const degrees: [text: string, top: number, bottom: number, growth: number][] = [
    ["2", 0, 0, 0],
    ["m", 0, 0, 0],
    ["A", 1, 0, 0],
    ["-A", 1, 0, 0],
    ["A'", 1, 0, 0],
    ["I(m)*A", 1, 0, 0],
    ["ones(m)*C", 1, 0, 0],
    ["K(m, n)*vec(A)", 1, 0, 0],
    ["A .* M", 2, 0, 0],
    ["A - A*Q", 2, 0, 0],
    ["A*Q - A", 2, 0, 0],
    ["A + M/(C*C)", 3, 2, 0],
    ["M/(C*C) + A", 3, 2, 0],
    ["pad(Z/C)", 1, 1, 0],
    ["kron(A, M*X)", 3, 0, 0],
    ["kron(A/C, M/C)", 2, 2, 0],
    ["norm2(A/C)", 2, 2, 0],
    ["A/(A/C)", 2, 1, 0],
    ["Sum(A*X)", 2, 0, 0],
    ["Sum(A/C)", 4, 4, 0],
    ["xi(A*X)", 1, 0, 3], // dξ = gᵀ d(A X), and g is one degree more
    ["rho(A*X/C)", 1, 0, 4],
    ["sigma(A*X/C)", 1, 0, 3],
    ["dsigma(A*X)", 1, 0, 2],
    ["sigma(sigma(A))", 1, 0, 2],
    ["d2sigma(A*X)", 1, 0, 2],
    ["sigma(A) + sigma(A*X*X')", 1, 0, 3],
    ["sigma(A*X*X') .* sigma(A)", 2, 0, 3],
    // (u/v)′ = (u′ v − u v′)/v²: the denominator is squared, the numerator has the denominator's degree more
    ["d(A/C, A)", 2, 2, 0],
    ["d(A/norm2(b), b)", 3, 4, 0],
    ["d(d(A/norm2(b), b), b)", 7, 8, 0],
    ["d(sigma(A*X)/C, A)", 1 + 1 + 2, 2, 2],
  ];
  for (const [text, top, bottom, growth] of degrees) {
    it(`of ${text} are ${top} over ${bottom}${growth > 0 ? `, a differential ${growth} more` : ""}`, () => {
      const wanted: Degree = { top, bottom, growth };
      assert.deepEqual(degreeOf(world, parse(text), small), wanted);
    });
  }
});

describe("the bound of a trial", () => {
  const text = "Sum(A/C) = l*A/C"; // degree l + 1 at l instances
  const at = (l: number) => ({ m: 2, n: 3, l });

  it("is the chance to the power of the seeds", () => {
    assert.equal(boundAt("A + M = M + A", [{ m: 2, n: 3 }], [1]), 1 / p);
    assert.equal(boundAt("A + M = M + A", [{ m: 2, n: 3 }], [1, 2, 3]), (1 / p) ** 3);
    assert.equal(boundAt(text, [at(2)], [1, 2]), (3 / p) ** 2);
  });

  it("is the greatest over the shapes, wherever it stands", () => {
    for (const order of [
      [2, 5],
      [5, 2],
      [2, 5, 3],
    ]) {
      assert.equal(boundAt(text, order.map(at), [1, 2]), (6 / p) ** 2);
    }
  });
});

describe("a badge", () => {
  const written = (bound: number) => {
    const trials = { prime: p, shapes: [small, small, small], seeds: [1, 2, 3], bound };
    const text = badgeText(badgeOf({ ok: true, level: "identity", evidence: { trials } }));
    const [, found] = /^✓ 3 shapes, error ≤ (\S+)$/.exec(text) ?? assert.fail(text);
    return found;
  };

  it("rounds its bound up to a power of ten: 3.2e-21 is at most 1e-20", () => {
    assert.deepEqual([3.2e-21, 8.9e-22, 1.001e-20, 9.99e-20, 0.3, 1].map(written), [
      "1e-20",
      "1e-21",
      "1e-19",
      "1e-19",
      "1e0",
      "1e0",
    ]);
  });

  it("keeps a power of ten as it is, and 0", () => {
    for (let k = 0; k < 60; k++) assert.equal(written(Number(`1e-${k}`)), k === 0 ? "1e0" : `1e-${k}`);
    assert.equal(written(0), "0");
  });

  it("never claims less than the bound, nor ten times more", () => {
    for (let k = 1; k < 2000; k++) {
      const bound = 1.023 ** -k * 0.997;
      const claimed = Number(written(bound));
      assert.ok(claimed >= bound && claimed < 10 * bound, `${bound} reads ${claimed}`);
    }
  });
});
