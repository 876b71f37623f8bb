/** A prover that lies is found out: the numbers contradict it, and nothing is certified. */
import assert from "node:assert/strict";
import { ContradictionError, checkStatement, type Prove } from "../../../src/symbolic/check/check.js";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { derive } from "../../../src/symbolic/derive/derive.js";
import { children, type Expression, withChildren } from "../../../src/symbolic/language/expression.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import { proveForAllSizes } from "../../../src/symbolic/prove/prove.js";
import type { Sizes } from "../../../src/symbolic/sizes/sizes.js";

const world = declare(`
  dims m n q d a b l; u = floor(a/q); v = floor(b/q)
  A : m x n;  B : m x n;  C : n x n;  x : n x 1;  T : m x n each
  Z : d x a*b;  Y : d x a*b;  pool, P_pool = maxpool(q, d, a, b)
`);

/** Whatever it is asked. */
const yes: Prove = () => ({ status: "proved", left: "so", right: "so", vacuous: false });

/** With one wrong rule: that A' is A. */
const withoutTransposes: Prove = (of, { left, right }) =>
  proveForAllSizes(of, { left: untransposed(left), right: untransposed(right) });

function untransposed(e: Expression): Expression {
  return e.kind === "unary" && e.op === "'"
    ? untransposed(e.of)
    : withChildren(e, children(e).map(untransposed));
}

const saysSo = (error: unknown) => {
  assert.ok(error instanceof ContradictionError);
  assert.match(error.message, /^(line \d+: )?internal error: philab contradicts itself/);
  assert.match(error.message, /was proved for all sizes, but entry \(\d+, \d+\) differs at [a-z]+=\d/);
  assert.match(error.message, /fault of philab, not yours; please report it/);
  return true;
};

describe("a prover that lies", () => {
  for (const text of [
    "A + B = A - B",
    "vec(A) = vec(B)",
    "Sum(T) = l*A",
    "sigma(A + B) = sigma(A) + sigma(B)",
    "d(x'*C*x, x) = 2*x'*C*dx",
    "pool(Z + Y) = pool(Z) + pool(Y)",
  ])
    it(`is contradicted by numbers, and there is no verdict: ${text}`, () =>
      assert.throws(() => checkStatement(world, parseStatement(text), {}, yes), saysSo));

  it("is contradicted at whichever of the shapes it is wrong", () => {
    const [right, wrong] = [
      { m: 1, n: 2 },
      { m: 2, n: 3 },
    ];
    const check = (shapes: Sizes[]) => checkStatement(world, parseStatement("A = m*A"), { shapes }, yes);
    for (const shapes of [[right, wrong], [wrong, right], [wrong]])
      assert.throws(() => check(shapes), saysSo);
    assert.equal(check([right]).ok, true);
  });

  it("is contradicted where one of its rules is wrong, and believed where that rule does no harm", () => {
    assert.throws(() => checkStatement(world, parseStatement("C*x = C'*x"), {}, withoutTransposes), saysSo);
    assert.equal(checkStatement(world, parseStatement("C + C = 2*C"), {}, withoutTransposes).ok, true);
  });

  it("ends a derivation: the line does not come out with a badge", () => {
    const start = derive(world, "C*x", (statement) =>
      checkStatement(world, statement, {}, withoutTransposes),
    );
    const line = start.eq("C*x + 0*x");
    assert.throws(() => line.eq("C'*x"), saysSo);
    assert.equal(line.lines.length, 2);
  });

  it("is not asked where sizes do not fit", () =>
    assert.equal(checkStatement(world, parseStatement("A*x = x"), {}, yes).ok, false));
});
