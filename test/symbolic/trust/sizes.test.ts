/** For which sizes a statement is said to hold, and at which it is tried. */
import assert from "node:assert/strict";
import { lecture } from "../../../src/lecture/lecture.js";
import { badgeText } from "../../../src/symbolic/check/badge.js";
import { badgeOf } from "../../../src/symbolic/check/verdict.js";
import { StepError } from "../../../src/symbolic/derive/derive.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import { shapesFor } from "../../../src/symbolic/sizes/testShapes.js";
import { layer } from "../lecturer/layer.js";
import { network } from "../lecturer/network.js";

const L = lecture`
  dims m n k q; p = q + 1
  X : (m-n) x n; x : m x 1; c : 1 x 1
`;

describe("a size that may be negative", () => {
  for (const [statement, condition] of [
    ["trace(I(m-n)) = m-n", "m ≥ n"],
    ["norm2(ones(m-n)) = m-n", "m ≥ n"],
    ["trace(X*X') = norm2(X)", "m ≥ n"],
    ["trace(I(2*k-n)) = 2*k-n", "2·k ≥ n"],
    ["trace(I(p-q)) = p - q", "p ≥ q"],
    ["trace(I(m*n-k*q)) = m*n - k*q", "m·n ≥ k·q"],
  ] as const)
    it(`puts its condition into the badge: ${statement} where ${condition}`, () =>
      assert.equal(badgeText(badgeOf(L.check("", statement))), `✓ all sizes where ${condition}`));

  it("has no condition where it is 0 at least", () => {
    for (const statement of ["trace(I(m-1)) = m-1", "x = x", "trace(I(m*n)) = m*n"])
      assert.equal(badgeText(badgeOf(L.check("", statement))), "✓ all sizes");
  });

  it("is 1 at least wherever a statement is tried, and not always 1", () => {
    const shapes = shapesFor(L.world, parseStatement("trace(I(m-n)) = m-n"));
    const values = shapes.map(({ m, n }) => m - n);
    assert.ok(Math.min(...values) >= 1 && Math.max(...values) > 1, values.join());
  });
});

describe("a size that is below 1 always", () => {
  for (const statement of [
    "I(0) = 2*I(0)",
    "trace(I(0)) = 0",
    "ones(n-n, m) = 2*ones(n-n, m)",
    "ones(0, m)*x = ones(0)",
    "I(-n) = I(-n)",
    "ones(m-n, n-m) = 2*ones(m-n, n-m)",
    "mat(x, -m, -1) = mat(x, -m, -1)",
  ])
    it(`leaves nothing to say: ${statement} is refused in words`, () =>
      assert.throws(
        () => L.check("", statement),
        (error) =>
          error instanceof StepError &&
          /no sizes were found that fit: .*; needed 1 at least/.test(error.message),
      ));

  it("is no size of a map's counter at which it is tried", () => {
    const cut = lecture`dims m n; w : m x 1; map f, P(p:m-n; ) = (p + n; ) from m x 1`;
    for (const { m, n } of shapesFor(cut.world, parseStatement("P*P' = I(m-n)")))
      assert.ok(m > n, `${m} ${n}`);
    assert.equal(badgeText(badgeOf(cut.check("", "P*P' = I(m-n)"))), "✓ all sizes where m ≥ n");
  });
});

describe("a statement that is true at some sizes alone", () => {
  for (const statement of [
    "(m-2)*(m-3)*x = 0",
    "(m-1)*(m-2)*(m-3)*(m-4)*x = 0",
    "norm2(ones(m-n))*norm2(ones(m-n)) = m-n",
    "(m-n)*(m-n-1)*(m-n-2)*c = 0",
    "(m-n)*(m-k)*(n-k)*c = 0",
  ])
    it(`is refused with numbers: ${statement}`, () =>
      assert.throws(() => L.check("", statement), /the two sides differ at/));
});

describe("two maps that do not meet at small sizes", () => {
  const apart = lecture`
    dims c p y n1 I s r instance choice l; r_0 = n1*s + c + p; n_2 = I*s + c + p
    map f, P(u:y; r0:n1, p:I) = (u; r0 + c, I - 1 - p) from y x r_0*n_2
    map g, Q(u:y; r0:n1, p:I) = (u; r0, s*p + c) from y x r_0*n_2
  `;
  it("are tried where they do: 0 = 0 shows nothing", () => {
    assert.throws(() => apart.check("", "Q*P' = P*Q'"), /the two sides differ at/);
    assert.ok(apart.counterexample("Q*P' = P*Q'"));
  });
});

describe("0", () => {
  it("is the zero matrix of the other side's size", () => {
    assert.equal(L.check("", "x - x = 0").level, "all sizes");
    assert.equal(L.check("", "0 = X*ones(n) - X*ones(n)").level, "all sizes");
    assert.throws(() => L.check("", "x + x = 0"), /the two sides differ at/);
  });
});

describe("the shapes at which a statement is tried", () => {
  for (const [name, { world, maps }] of Object.entries({
    layer: { world: layer, maps: ["phi(Z) = mat(P*vec(Z), h*h*d, a_out*b_out)", "A*B = A*B"] },
    network: { world: network, maps: ["vec(W*phi(Z)) = kron(I(a_out*b_out), W)*P*vec(Z)"] },
    sizes: { world: L.world, maps: ["trace(I(m-n)) = m-n", "m*n*k = k*n*m", "trace(I(m*q)) = m*q"] },
  }))
    for (const text of maps)
      it(`tell every two sizes apart that may differ, and are all different: ${name}, ${text}`, () => {
        const shapes = shapesFor(world, parseStatement(text));
        assert.equal(new Set(shapes.map((sizes) => JSON.stringify(sizes))).size, shapes.length);
        const names = Object.keys(shapes[0]);
        for (const [k, x] of names.entries())
          for (const y of names.slice(k + 1))
            assert.ok(
              shapes.some((sizes) => sizes[x] !== sizes[y]),
              `${x} = ${y} in all of ${JSON.stringify(shapes)}`,
            );
      });
});
