import assert from "node:assert/strict";
import katex from "katex";
import { declare } from "../../../src/symbolic/declare/declare.js";
import {
  binary,
  call,
  children,
  type Expression,
  name,
  withChildren,
} from "../../../src/symbolic/language/expression.js";
import { parse } from "../../../src/symbolic/language/parse.js";
import { print } from "../../../src/symbolic/language/print.js";
import { proveForAllSizes } from "../../../src/symbolic/prove/prove.js";
import { applicableRules, RuleError, ruleNamed, rules } from "../../../src/symbolic/rules/all.js";
import { rewrite, rewriteEverywhere } from "../../../src/symbolic/rules/rewrite.js";
import { trial } from "../../../src/symbolic/trial/trial.js";
import { sameShape, shapeOf } from "../../../src/symbolic/world/shapes.js";
import { assertSameValue } from "../residues.js";

const world = declare(`
  dims m n p h s q d a b l
  a_out = floor((a - h)/s) + 1;  b_out = floor((b - h)/s) + 1
  a_pad = a + 2*q;  b_pad = b + 2*q
  a_half = floor(a/q);  b_half = floor(b/q)
  scalars c e
  X : m x n;  A : m x n;  B : m x n each;  D : m x n
  M : n x p;  N : p x m;  Q : n x m
  u : m x 1;  v : m x 1 each;  w : n x 1;  r : 1 x m
  Z : d x a*b each;  Y : d x a*b
  F : m*n x m*n;  G : m x n;  g : m x 1
  phi, P = conv(h, s, d, a, b)
  pad, P_pad = padding(q, d, a, b)
  pool, P_pool = maxpool(q, d, a, b)
  mean, P_mean = avgpool(q, d, a, b)
  xi(S) with gradient G
  eta(t) with gradient g
  H : m x m;  k : m x 1;  zeta(t) with gradient k, hessian H
`);
const places = [
  { sizes: { m: 2, n: 3, p: 4, h: 2, s: 1, q: 2, d: 2, a: 4, b: 5, l: 2 }, seed: 1 },
  { sizes: { m: 3, n: 1, p: 2, h: 2, s: 2, q: 1, d: 1, a: 3, b: 5, l: 3 }, seed: 2 },
];

/** For each rule expressions that it speaks of; their matrices are replaced by random ones of the same size. */
const samples: Record<string, string[]> = {
  "vec-of-sum": ["vec(A + B)", "vec(A - D)"],
  "vec-of-multiple": ["vec(2*A)", "vec(-A)", "vec(c*A*M/e)", "vec(u'*v*A)"],
  "vec-of-product": [
    "vec(A*M)",
    "vec(A*M*N)",
    "vec(A*w)",
    "vec(u'*A)",
    "vec(dX*M)",
    "vec(3*A*dX'*D)",
    "vec(u*w')",
  ],
  "product-of-vec": ["kron(A, N)*vec(B)", "2*kron(I(n), N)*vec(A)", "u'*kron(w', I(m))*vec(A)"],
  "vec-of-hadamard": ["vec(A .* B)", "vec(dX .* B)", "vec(A .* dX)"],
  "vec-of-hadamard-entries": ["vec(A .* B)"],
  "vec-of-transpose": ["vec(A')", "vec((A*M)')", "vec(r')"],
  "vec-of-column": ["vec(u)", "vec(r)", "vec(w')", "vec(A*w)"],
  "vec-of-diag": ["vec(diag(u))", "2*vec(diag(A*w))"],
  "vec-of-kron": ["vec(kron(A, M))", "vec(kron(u, N))"],
  "vec-of-instances": ["vec(Sum(B))", "vec(Sum(B*M))"],
  "column-as-vec": ["N*dX*w", "c*dX*w", "u'*dX*w", "u'*(2*dX)*M*N*v"],
  "vec-of-mat": ["vec(mat(vec(A), n, m))", "vec(mat(A*w, m, 1))"],
  "mat-of-column": ["mat(u, m, 1)", "mat(vec(A)'*F*vec(D), 1, 1)"],
  "instances-of-constant": ["Sum(A)", "Sum(c*A*w)", "Sum(Sum(v))"],
  "trace-of-number": ["trace(w'*w)", "trace(c)"],
  "mat-of-vec": ["mat(vec(A), m, n)", "mat(vec(A*M), m, p)"],
  "kron-mixed-product": ["kron(A, N)*kron(M, B)", "kron(A, I(m))*kron(M, N')"],
  "kron-transpose": ["kron(A, B)'", "kron(A', M)'"],
  "kron-of-sum": ["kron(A + B, M)", "kron(M, A - B)"],
  "kron-of-identities": ["kron(I(m), I(n))"],
  "kron-of-one": ["kron(I(1), A)", "kron(A, 1)", "kron(ones(1), A)"],
  "vec-row-kron": ["vec(A)'*kron(M, N')", "u'*kron(r, A)", "vec(A)'*kron(w, I(m))", "r*kron(A, w')"],
  "kron-of-rows": ["kron(r, w')", "kron(u', r)"],
  "kron-of-columns": ["kron(u, w)"],
  "row-as-matrix": [
    "vec(A)'*F*kron(M, B)",
    "2*vec(A)'*F*diag(vec(B))*F",
    "vec(A)'*F*K(n, m)",
    "(P*vec(Z))'*kron(ones(a_out*b_out), I(h*h*d))",
  ],
  commutation: ["K(m, n)*vec(A)", "2*K(n, m)*vec(A')"],
  "vec-row-commutation": ["vec(A)'*K(n, m)", "3*vec(A')'*K(m, n)*vec(A)"],
  "commutation-inverse": ["K(m, n)*K(n, m)", "K(1, n)", "K(m, n)*K(n, m)*vec(A')"],
  "commutation-swap": ["K(n, m)*kron(A, M)", "K(m, p)*kron(N, A)*vec(Q')"],
  "transpose-of-product": ["(A*M)'", "(2*A*M*N/c)'", "(c*u)'"],
  "transpose-of-sum": ["(A + B)'", "(-(A*M))'", "(A .* B)'"],
  "transpose-of-instances": ["Sum(B)'"],
  "transpose-of-transpose": ["A''"],
  "transpose-of-symmetric": ["I(m)'", "diag(u)'", "K(m, n)'", "c'", "ones(m, n)'", "(u'*v)'"],
  "trace-of-product": ["trace(A*M*N)", "trace(dX*Q)", "trace(Q*dX)/c", "trace(2*F)", "trace(u*u')"],
  "scalar-is-its-transpose": [
    "du'*v",
    "2*du'*A*w",
    "u'*v*du'*A*w",
    "du'*v*u'*v",
    "w'*dX'*u",
    "dr*v",
    "u*du'*v",
    "A*w*dw'*w",
  ],
  "scalar-to-the-end": ["u'*dX*w*u'*v", "u'*du*u'*v"],
  "column-times-number": ["(u'*du)*w", "c*(du'*v)*A*w/e", "du*(v'*u)", "A*dw*(u'*v)", "dX*w*(u'*v)*(w'*w)"],
  identity: ["I(m)*A", "A*I(n)", "2*A*I(n)*M", "I(1)*A"],
  ones: ["ones(m, n)", "ones(n)'*ones(n)", "A .* ones(m, n)", "(ones(m)*ones(n)') .* A", "ones(1)"],
  "diag-times-column": ["diag(u)*v", "N*diag(u)*(A*w)"],
  "hadamard-of-numbers": ["c .* e", "(u'*v) .* (2*c)"],
  "hadamard-as-diag": ["u .* v", "u .* (dX*w)"],
  "vec-row-diag": ["vec(A)'*diag(vec(B))", "u'*diag(v)", "r*diag(v)", "vec(A)'*diag(vec(B'))"],
  "diag-product": ["diag(u)*diag(v)", "diag(ones(m))"],
  distribute: ["A*(M + M)", "(A - B)*M", "2*(A + B)", "(A + B)/c", "-(A - B)*w"],
  collect: ["A*M + B*M", "A*w - 2*A*w", "A*w/c + Sum(B)*w/l", "A*Q*u - A*w"],
  "collect-multiples": [
    "F*vec(A) + 2*vec(A)",
    "u/norm2(u) - u*u'*u/2 + c*u",
    "c*A - A/e",
    "dc*A + e*dc*B",
    "2*dc*e - dc*u'*v",
  ],
  "like-terms": [
    "A + A",
    "A - A",
    "2*A - 3*A + B",
    "2*A/(2*c)",
    "A/2 + A/3",
    "c*A/c",
    "A + 0*B",
    "c*A - A*c",
  ],
  "instances-of-sum": ["Sum(B + v*w')", "Sum(A - B)"],
  "out-of-instances": ["Sum(2*B*w)", "Sum(A'*v)", "Sum(B)", "Sum(c*v/e)", "Sum(N*B*w*u')", "Sum(v'*v*A)"],
  "vec-of-map": ["vec(phi(Z))", "vec(pad(Z + Y))", "vec(pool(Z))", "vec(mean(Z))"],
  "map-as-matrix": ["phi(Z)", "pad(Y)", "pool(Z)"],
  "matrix-as-map": ["P*vec(Z)", "P_pad*vec(Z)", "2*P_pool*vec(Y)"],
  "map-of-sum": ["phi(Z + Y)", "pad(2*Z)", "mean(-Z)"],
  "d-constant": [
    "d(A, X)",
    "d(A + X, X)",
    "d(X - A, X)",
    "d(A - X, X)",
    "d(u, X)",
    "d(u'*v, X)",
    "d(A*drelu(X)'*u, X)",
  ],
  "d-variable": ["d(X, X)", "2*d(X, X)"],
  "d-sum": ["d(X + X, X)", "d(X - X .* X, X)", "d(-X, X)"],
  "d-product": [
    "d(X*M, X)",
    "d(A*X'*X, X)",
    "d(c*X, X)",
    "d(norm2(X)*X, X)",
    "d(c*A, c)",
    "d(u'*X*w*A, X)",
    "d(X*drelu(X)', X)",
  ],
  "d-quotient": [
    "d(X/c, X)",
    "d(X/norm2(X), X)",
    "d(A/c, c)",
    "d(A'*(X/norm2(X))*w, X)",
    "d(2*(-X/trace(X*Q))*w, X)",
    "d(X/((u'*X*w)*(u'*X*w)), X)",
  ],
  "d-linear": [
    "d(vec(X), X)",
    "d(X', X)",
    "d(mat(vec(X), n, m), X)",
    "d(diag(X*w), X)",
    "d(phi(Z), Z)",
    "d(pool(Z + Z), Z)",
    "d(trace(X*Q), X)",
  ],
  "d-instances": ["d(Sum(B*X'), X)"],
  "d-hadamard": ["d(X .* X, X)", "d(A .* X, X)", "d(X .* drelu(X), X)"],
  "d-kron": ["d(kron(X, X), X)", "d(kron(A, X), X)", "d(kron(drelu(X), X), X)"],
  "d-sigma": ["d(sigma(X), X)", "d(sigma(A*X'), X)"],
  "d-dsigma": ["d(dsigma(X), X)", "d(dsigma(A*X'), X)"],
  "d-relu": ["d(relu(X), X)", "d(relu(A*X'), X)"],
  "d-drelu": ["d(drelu(X), X)", "d(drelu(A*X'), X)"],
  "d-norm2": ["d(norm2(X*w - u), X)", "d(norm2(X), X)", "d(norm2(u'*X*w), X)"],
  "d-second-loss": ["d(d(zeta(X*w), X), X)", "d(d(zeta(X*w), w), X)", "d(d(zeta(sigma(u)), u), u)"],
  "d-loss": ["d(xi(X), X)", "d(eta(X*w), X)", "d(xi(sigma(X)), X)"],
};

/** The residues know first derivatives only; these rules are proved and tried instead. */
const secondOrder = new Set(["d-second-loss"]);

/** A small generator (mulberry32): the same expressions every time. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** A random expression of the size of the given one. */
function grown(e: Expression, depth: number, random: (below: number) => number): Expression {
  const deeper = () => grown(e, depth - 1, random);
  if (depth === 0) return e;
  const ways: (() => Expression)[] = [
    () => e,
    () => binary("+", deeper(), e),
    () => binary("-", e, deeper()),
    () => binary(".*", deeper(), deeper()),
    () => binary("*", name("c"), deeper()),
    () => call("sigma", deeper()),
    () => binary("/", deeper(), name("e")),
    () => ({ kind: "unary", op: "-", of: deeper() }),
    () => ({ kind: "unary", op: "'", of: { kind: "unary", op: "'", of: deeper() } }),
  ];
  return ways[random(ways.length)]();
}

/** The expression with some of its matrices replaced by random expressions of the same size. */
function varied(e: Expression, random: (below: number) => number): Expression {
  if (e.kind === "name") return world.matrices.has(e.name) ? grown(e, random(3), random) : e;
  if (e.kind === "call" && ["I", "ones", "K"].includes(e.name)) return e;
  const kept = e.kind === "call" && (e.name === "mat" || e.name === "d") ? 1 : Number.POSITIVE_INFINITY;
  return withChildren(
    e,
    children(e).map((part, k) => (k < kept ? varied(part, random) : part)),
  );
}

function check(rule: string, e: Expression): boolean {
  const result = rewrite(ruleNamed(rule), e, { world });
  if (!result) return false;
  const what = `${rule}: ${print(e)} became ${print(result)}`;
  assert.ok(sameShape(world, shapeOf(world, e), shapeOf(world, result)), what);
  assert.deepEqual(parse(print(result)), result, `${what}, which does not read back`);
  if (secondOrder.has(rule)) {
    assert.equal(proveForAllSizes(world, { left: e, right: result }).status, "proved", what);
    assert.ok(trial(world, { left: e, right: result }).passed, what);
  } else for (const place of places) assertSameValue(world, e, result, place, what);
  return true;
}

describe("a rule", () => {
  it("has samples here, a law that TeX can show, and a source", () => {
    assert.deepEqual(rules.map((rule) => rule.name).sort(), Object.keys(samples).sort());
    for (const { law } of rules) katex.renderToString(law, { throwOnError: true, strict: "error" });
    for (const { name, law, source } of rules)
      assert.ok(law.includes("=") && /mathlib|Magnus|index formula/.test(source), name);
  });

  for (const [rule, texts] of Object.entries(samples)) {
    it(`${rule} keeps the value and the size of random expressions`, () => {
      const random = randomNumbers(7);
      for (const text of texts) {
        const applied = check(rule, parse(text));
        if (text !== "Sum(B)") assert.ok(applied, `${rule} does not apply to ${text}`);
        for (let k = 0; k < 6; k++) check(rule, varied(parse(text), random));
      }
    });
  }

  it("is applied at the outermost place, once", () => {
    assert.equal(rewritten("transpose-of-product", "(A*(M*N*A)')'"), "M * N * A * A'");
    assert.equal(rewritten("vec-of-sum", "vec(A + B) + vec(A - D)"), "vec(A) + vec(B) + vec(A - D)");
  });

  it("can be applied everywhere", () => {
    const e = rewriteEverywhere(ruleNamed("vec-of-sum"), parse("vec(A + B) + vec(A - D - D)"), { world });
    assert.equal(e && print(e), "vec(A) + vec(B) + (vec(A) - vec(D) - vec(D))");
  });

  it("never rewrites a size or what a differential is taken by", () => {
    assert.equal(rewritten("like-terms", "I(m + m)"), undefined);
    assert.equal(rewritten("identity", "d(A*I(n), X)"), "d(A, X)");
  });

  it("keeps the factor that is asked for, else the differential, else the last", () => {
    const kept = (text: string, keep?: string) => {
      const result = rewrite(ruleNamed("vec-of-product"), parse(text), { world, keep });
      return result && print(result);
    };
    assert.equal(kept("vec(A*M)"), "kron(I(p), A) * vec(M)");
    assert.equal(kept("vec(A*M)", "A"), "kron(M', I(m)) * vec(A)");
    assert.equal(kept("vec(dX*M)"), "kron(M', I(m)) * vec(dX)");
    assert.equal(kept("vec(A*sigma(M)*N)", "sigma(M)"), "kron(N', A) * vec(sigma(M))");
    assert.equal(kept("vec(A*M)", "Q"), undefined);
  });

  it("takes the gradient of a loss for no constant: it changes with the loss's argument", () => {
    assert.equal(rewritten("d-constant", "d(G, X)"), undefined);
    assert.equal(rewritten("d-constant", "d(vec(G)'*vec(A), X)"), undefined);
  });
});

describe("a rule's name", () => {
  it("may be an equation's number", () => {
    assert.equal(rewritten("eq (4)", "vec(phi(Z))"), "P * vec(Z)");
    assert.equal(rewritten("eq (4)", "phi(Z)"), "mat(P * vec(Z), h * h * d, a_out * b_out)");
    assert.equal(rewritten("eq (5)", "mat(vec(A), m, n)"), "A");
  });

  it("that is none is refused with those that resemble it", () => {
    assert.throws(
      () => ruleNamed("the vec rule"),
      (error) =>
        error instanceof RuleError &&
        /"the vec rule" is no rule; there are .*vec-of-product/.test(error.message),
    );
  });

  it("that is misspelt is refused with the one that was meant", () => {
    for (const [written, meant] of [
      ["vec-product", "vec-of-product"],
      ["vec of product", "vec-of-product"],
      ["eq(4)", "eq (4)"],
      ["d-porduct", "d-product"],
    ])
      assert.throws(
        () => ruleNamed(written),
        new RegExp(`is no rule; did you mean "${meant.replace(/[()]/g, "\\$&")}"\\?`),
      );
  });

  it("is found by what applies", () => {
    const names = applicableRules(parse("vec(A*phi(Z))"), {
      world: declare(
        "dims h s d a b n; a_out = floor((a - h)/s) + 1; b_out = floor((b - h)/s) + 1\n A : n x h*h*d; Z : d x a*b; phi, P = conv(h, s, d, a, b)",
      ),
    }).map((rule) => rule.name);
    assert.deepEqual(names, ["vec-of-product", "map-as-matrix"]);
  });
});

function rewritten(rule: string, text: string): string | undefined {
  const result = rewrite(ruleNamed(rule), parse(text), { world });
  return result && print(result);
}
