import assert from "node:assert/strict";
import fc from "fast-check";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { binary, call, type Expression, name, negated } from "../../../src/symbolic/language/expression.js";
import { parse } from "../../../src/symbolic/language/parse.js";
import { print } from "../../../src/symbolic/language/print.js";
import { completed } from "../../../src/symbolic/sizes/sizes.js";
import { testShapes } from "../../../src/symbolic/sizes/testShapes.js";
import { explicitOf } from "../../../src/symbolic/trial/evaluate.js";
import type { Explicit } from "../../../src/symbolic/trial/explicit.js";
import { evaluateByMathjs } from "../../../src/symbolic/trial/mathjsEvaluate.js";
import type { Setting } from "../../../src/symbolic/trial/setting.js";
import { floatSetting } from "../../../src/symbolic/trial/settings.js";
import { shapeOf } from "../../../src/symbolic/world/shapes.js";
import { cases } from "../../cases.js";
import { lecture } from "../lectureWorld.js";

const world = declare(`
  dims h s p q d a b tt
  a_pad = a + 2*p; b_pad = b + 2*p
  a_out = floor((a_pad - h)/s) + 1; b_out = floor((b_pad - h)/s) + 1
  a_half = floor(a_out/q); b_half = floor(b_out/q)
  Z : d x a*b each;  G : d x a_out*b_out;  A : d x d;  B : d x d;  c : d x 1
  scalar t
  pad, P_pad = padding(p, d, a, b)
  phi, P = conv(h, s, d, a_pad, b_pad)
  pool, P_pool = maxpool(q, d, a_out, b_out)
  mean, P_mean = avgpool(q, d, a_out, b_out)
`);
// a size is named like a matrix and a letter more; no two sides are the same, and none is 1
const sizes = completed(world, { h: 2, s: 1, p: 1, q: 2, d: 3, a: 4, b: 5, tt: 7 });
const setting = floatSetting(world, sizes, 5);

/** Asserts that both evaluators give the same matrix, to rounding. */
function agree(text: string, at: Setting<number> = setting): void {
  const [ours, theirs] = [explicitOf(parse(text), at), evaluateByMathjs(parse(text), at)];
  assert.ok(!("skipped" in theirs), `${text}: ${JSON.stringify(theirs)}`);
  assertClose(ours, theirs, text);
}

function assertClose(x: Explicit<number>, y: Explicit<number>, text: string): void {
  assert.deepEqual([x.rows, x.cols], [y.rows, y.cols], text);
  const apart = Math.max(...x.entries.map((entry, k) => Math.abs(entry - y.entries[k])));
  assert.ok(apart <= 1e-12 * Math.max(1, ...x.entries.map(Math.abs)), `${text}: ${apart}`);
}

describe("mathjs's own evaluator", () => {
  const texts = [
    "A + B - A*B .* A'",
    "-A/(2*t)",
    "t*A*B*c",
    "vec(Z)",
    "mat(vec(Z), a*b, d)",
    "kron(A, B')*vec(A*B)",
    "I(d) + ones(d)*c' - ones(d, d)",
    "K(d, a*b)*vec(Z)",
    "diag(c)",
    "sigma(A) .* dsigma(B)",
    "norm2(A)*norm2(c)",
    "relu(A) + drelu(B)*d2sigma(A)",
    "trace(A)*B - trace(t)*A",
    "drelu(A - A) + tt*B",
    "Sum(norm2(Z)*A) + d*A",
    "pad(Z)",
    "P_pad*vec(Z)",
    "phi(pad(Z))",
    "P'*vec(phi(pad(Z)))",
    "pool(G)",
    "P_pool'*P_pool*vec(G)",
    "mean(G)",
    "P_mean*vec(G)",
    "pool(2*G) + 3*pool(G)",
  ];
  for (const text of texts) it(`gives what ours gives for ${text}`, () => agree(text));

  it("gives what ours gives for the lecture's letters, many of which are units and constants to it", () => {
    const at = floatSetting(lecture, testShapes(lecture)[1], 2);
    for (const text of [
      "W*phi(Z) + b*ones(a_out*b_out)'",
      "(vec(W)'*vec(W) + b'*b)/(2*C)",
      "Sum(V*vec(sigma(W*phi(Z))) - y)/l",
    ])
      agree(text, at);
  });

  it("gives what ours gives for expressions drawn at random", () => {
    const { square } = fc.letrec<{ square: Expression }>((tie) => ({
      square: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom("A", "B").map(name),
        fc
          .tuple(fc.constantFrom("+", "-", "*", ".*"), tie("square"), tie("square"))
          .map(([op, x, y]) => binary(op as "+", x, y)),
        tie("square").map(negated),
        tie("square").map((of): Expression => ({ kind: "unary", op: "'", of })),
        tie("square").map((of) => call("mat", call("vec", of), name("d"), name("d"))),
        tie("square").map((of) => call("sigma", of)),
      ),
    }));
    fc.assert(
      fc.property(square, (e) => {
        shapeOf(world, e);
        agree(print(e));
      }),
      cases(60),
    );
  });

  it("is not asked for differentials and losses, nor for a Kronecker product that would take it long", () => {
    assert.deepEqual(evaluateByMathjs(parse("d(A*B, A)"), setting), { skipped: "d is nothing mathjs knows" });
    const at = floatSetting(lecture, testShapes(lecture)[0], 1);
    assert.deepEqual(evaluateByMathjs(parse("2*xi(G)"), at), { skipped: "xi is nothing mathjs knows" });
    assert.deepEqual(evaluateByMathjs(parse("pool(G) + pool(G + G)"), setting), {
      skipped: "pool of several images is nothing mathjs knows",
    });
    assert.match(
      (evaluateByMathjs(parse("mat(c, d, 7)"), setting) as { skipped: string }).skipped,
      /^mathjs: Dimension mismatch/,
    );
    const large = evaluateByMathjs(parse("kron(kron(A, A), kron(A, kron(A, A)))"), {
      ...setting,
      value: () => ({ rows: 4, cols: 4, entries: new Array(16).fill(1) }),
    });
    assert.ok("skipped" in large && /a Kronecker product of \d+ entries is too slow/.test(large.skipped));
  });
});
