import assert from "node:assert/strict";
import { badgeText } from "../../../src/symbolic/check/badge.js";
import { verifyCertificate } from "../../../src/symbolic/check/certificate.js";
import { type Certificate, checkStatement, holdsForAllSizes } from "../../../src/symbolic/check/check.js";
import { proverVersion } from "../../../src/symbolic/check/proverVersion.js";
import { badgeOf, type Verdict } from "../../../src/symbolic/check/verdict.js";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parse, parseStatement } from "../../../src/symbolic/language/parse.js";
import type { TrialOptions } from "../../../src/symbolic/trial/trial.js";
import { lecture } from "../lectureWorld.js";

const check = (text: string) => checkStatement(lecture, parseStatement(text));

describe("a statement that holds", () => {
  it("is proved for all sizes where the index form reaches", () => {
    const verdict = check("phi(Z) = mat(P*vec(Z), h*h*d_in, a_out*b_out)");
    assert.deepEqual([verdict.ok, verdict.level], [true, "all sizes"]);
    assert.deepEqual(badgeOf(verdict), { mark: "holds", claim: "all sizes", caveats: [] });
  });

  it("is tried where it does not reach, and says so", () => {
    // vec(W) and vec(W') cut the index of their sum at different places: outside the index form, and true
    const n = "h*h*d_in";
    const verdict = check(`(K(d_out, ${n}) + I(d_out*${n}))*vec(W) = vec(W') + vec(W)`);
    assert.deepEqual([verdict.ok, verdict.level], [true, "here"]);
    assert.match(verdict.evidence.outOfReach ?? "", /two indices are cut at different places/);
    assert.ok((verdict.evidence.trials?.bound ?? 1) < 1e-20);
  });

  it("is said to be vacuous where both sides are 0", () => {
    const verdict = check("W - W = W - W");
    assert.deepEqual(verdict.caveats, [{ kind: "vacuous" }]);
    assert.equal(verdict.warning, "vacuous: both sides are 0");
    assert.deepEqual(badgeOf(verdict), {
      mark: "holds",
      claim: "all sizes",
      caveats: [{ kind: "vacuous" }],
    });
  });
});

describe("a statement that does not hold", () => {
  it("comes with a small counterexample and a verified suggestion", () => {
    const verdict = check("vec(W*phi(Z)) = kron(I(d_out), phi(Z)')*vec(W)");
    assert.equal(verdict.ok, false);
    assert.match(
      verdict.why ?? "",
      /the two sides differ at .*entry \(\d+, \d+\) is \d+ on the left, \d+ on the right/,
    );
    assert.deepEqual(
      verdict.suggestions?.map(({ expression }) => expression),
      ["kron(phi(Z)', I(d_out)) * vec(W)"],
    );
    assert.throws(() => verdict.certificate(), /does not hold: there is nothing to certify/);
  });

  it("names both sizes where they differ for all values", () => {
    const verdict = check("W*phi(Z) = phi(Z)'*W'");
    assert.match(
      verdict.why ?? "",
      /the left side is d_out × a_out·b_out, the right side a_out·b_out × d_out/,
    );
  });
});

describe("a certificate", () => {
  const certificate = JSON.parse(
    JSON.stringify(check("vec(W*phi(Z)) = kron(I(a_out*b_out), W)*P*vec(Z)").certificate()),
  );

  it("is plain JSON from which the statement is verified again", () => {
    const [verdict] = verifyCertificate(certificate);
    assert.deepEqual([verdict.ok, verdict.level], [true, "all sizes"]);
  });

  it("does not hold once a word of it was changed", () => {
    const forged = { ...certificate, statement: certificate.statement.replace("W)", "W')") };
    assert.equal(verifyCertificate(forged)[0].ok, false);
    const other = {
      ...certificate,
      declarations: certificate.declarations.replace("W : d_out x h*h*d_in", "W : d_out x d_out"),
    };
    assert.equal(verifyCertificate(other)[0].ok, false);
  });

  it("carries the caveats of its badge, and does not hold where one is left out", () => {
    const vacuous = JSON.parse(JSON.stringify(check("W - W = W - W").certificate()));
    assert.deepEqual(vacuous.caveats, [{ kind: "vacuous" }]);
    assert.equal(verifyCertificate(vacuous)[0].ok, true);
    const { caveats: _, ...silent } = vacuous;
    const [verdict] = verifyCertificate(silent);
    assert.equal(verdict.ok, false);
    assert.match(verdict.why ?? "", /does not state: vacuous: both sides are 0/);
    assert.equal(certificate.caveats, undefined);
  });

  it("is refused where it is none", () => {
    assert.throws(() => verifyCertificate(null), /null is no certificate/);
    assert.throws(
      () => verifyCertificate({ ...certificate, version: 2 }),
      /version is 2; this is no certificate of version 1/,
    );
    assert.throws(() => verifyCertificate({ ...certificate, level: "certain" }), /level is "certain"/);
    const caveats = [{ kind: "sworn" }];
    assert.throws(() => verifyCertificate({ ...certificate, caveats }), /caveats is \[\{"kind":"sworn"\}\]/);
  });
});

describe("a statement that divides", () => {
  const world = declare("dims m n; x : n x 1; y : n x 1; scalars c e");
  const said = (text: string) => checkStatement(world, parseStatement(text));

  it("is refused in words where a divisor is 0 whatever the numbers are", () => {
    for (const text of ["1/(c - c) = 1/(e - e)", "x/(m - m) = x/(m - m)", "0/(c - c) = 0"]) {
      const { ok, why } = said(text);
      assert.deepEqual([ok, why], [false, "a divisor is 0 wherever it was tried"], text);
    }
    assert.match(said("x/0 = x/0").why ?? "", /a divisor is 0/);
  });

  it("is tried with other numbers where a divisor was drawn as 0", () => {
    for (const text of [
      "relu(c/e)*e*e = relu(c*e)",
      "relu(x/(c*c)) = relu(x)/(c*c)",
      "drelu(c/e) = drelu(c*e)",
    ])
      assert.equal(badgeText(badgeOf(said(text))), "✓ all sizes", text);
    assert.match(said("relu(c/e)*e = relu(c)").why ?? "", /the two sides differ/);
  });

  it("is not called vacuous for the first numbers that were drawn, nor for the last", () => {
    for (const text of [
      "relu(c)*c = relu(c)*relu(c)",
      "relu(c*e) = relu(c)*relu(e) + relu(-c)*relu(-e)",
      "relu(-c)*relu(e) = relu(e)*relu(-c)",
    ])
      assert.equal(badgeText(badgeOf(said(text))), "✓ all sizes", text);
    const later = "(m - 1)*relu(-c)*relu(-e) = (m - 1)*relu(-e)*relu(-c)"; // 0 = 0 with five seeds of six
    const { caveats } = checkStatement(world, parseStatement(later), { shapes: [{ m: 1 }, { m: 2 }] });
    assert.equal(caveats, undefined); // all was 0 = 0 at m = 1
    assert.equal(
      badgeText(badgeOf(said("relu(c)*relu(-c) = 0"))),
      "✓ all sizes, but vacuous: both sides are 0",
    );
  });

  it("differs where one matrix is 0 and others are not: that is tried too", () =>
    assert.match(
      said("drelu(x'*x*y) = drelu(y)").why ?? "",
      /the two sides differ at n=1.*\n.*x = \[0\], y = \[1\]/,
    ));
});

describe("a statement that is false by a multiple of the prime alone", () => {
  const world = declare("dims n m; x : n x 1; y : n x 1; e : n x 1 each; scalars t r");
  const said = (text: string) => checkStatement(world, parseStatement(text));
  const large = "4503599627370496"; // squared so large that doubles do not tell it from what is a prime more

  it("is refused where it cannot be multiplied out, at whatever shape it is one", () => {
    for (const more of ["67108859", "67108859*67108859", "67108859*(n - 2)", "67108859*(n - 3)*(n - 2)"]) {
      const { ok, why } = said(`${large}*${large}*x/(1 + y'*y) = (${large}*${large} + ${more})*x/(1 + y'*y)`);
      assert.deepEqual([ok, /entries differ in GF\(\d+\) at n=\d/.test(why ?? "")], [false, true], more);
    }
    assert.equal(said("(t*t - r*r)/(t - r) = t + r").level, "all sizes");
    // What is divided by differs from instance to instance.
    assert.equal(said("Sum((e'*e)*e/norm2(e)) + Sum(e) = 2*Sum(e)").level, "identity");
  });
});

describe("what is said of a statement, exactly:", () => {
  const declarations = `dims m n d q a b; u = floor(a/q); v = floor(b/q)
    A : m x n;  x : m x 1;  z : m x 1;  M : m x m;  E : m-n x 1;  Z : d x a*b
    g : m x 1;  xi(S) with gradient g;  pool, P_pool = maxpool(q, d, a, b)`;
  const world = declare(declarations);
  const said = (text: string, options: TrialOptions = {}) =>
    checkStatement(world, parseStatement(text), options);
  const refusal = (text: string, statement: string, more: Partial<Verdict>) => {
    const { certificate, ...rest } = said(text);
    assert.deepEqual(rest, {
      ok: false,
      level: "identity",
      statement,
      suggestions: [],
      evidence: {},
      ...more,
    });
    assert.throws(certificate, new Error(`${statement} does not hold: there is nothing to certify`));
  };

  it("sizes that do not fit, of its sides or of its parts", () => {
    refusal("A = A'", "A = A'", { why: "the left side is m × n, the right side n × m" });
    const why = "A is m × n and x is m × 1; n is not m\n  in A * x";
    refusal("A*x = x", "A * x = x", { why, misfit: true });
  });

  it("a letter with no one meaning, without a word of numbers", () => {
    const { certificate, suggestions, ...rest } = said("d(g, z) = M*dz");
    assert.match(rest.why!, /^g depends on the argument of xi, which stands nowhere here/);
    const two = said("d(xi(z) + xi(x), z) = g'*dz");
    assert.equal(two.why, "xi stands at z and at x: g belongs to one argument");
    for (const { ok, level, evidence } of [rest, two])
      assert.deepEqual([ok, level, evidence], [false, "identity", {}]);
    assert.throws(two.certificate, /there is nothing to certify/);
    assert.equal(said("d(xi(z + x) + xi(x + z), z) = 2*g'*dz").ok, true);
    for (const text of ["d(g, z) = d(g, z)", "0*d(g, z) = 0*z"]) assert.equal(said(text).why, rest.why, text);
  });

  it("sizes that do not exist", () => {
    const none = "ones(m - n, n - m - 1) = ones(m - n, n - m - 1)";
    assert.match(said(none).why!, /^no sizes were found that fit: m − n is 0; needed 1 at least/);
  });

  it("numbers that show that it is false, as text and as a record", () => {
    const { why, evidence, counterexample } = said("x = z");
    assert.equal(why, counterexample?.text);
    assert.deepEqual(evidence, { counterexample: { sizes: { m: 1 }, entry: [1, 1], left: "1", right: "0" } });
    const sigma = said("sigma(x) = x").evidence.counterexample?.sigma;
    assert.match(sigma ?? "", /^σ\(x\) = /);
  });

  it("a proof, its caveats and its certificate", () => {
    const { certificate, evidence, ...rest } = said("E + E = 2*E", { seeds: [7] });
    const caveats = [{ kind: "where", condition: "m ≥ n" }];
    const statement = "E + E = 2 * E";
    assert.deepEqual(rest, { ok: true, level: "all sizes", statement, caveats, warning: "m ≥ n" });
    assert.deepEqual(Object.keys(evidence), ["normalForm"]);
    const { shapes, ...written } = certificate() as Certificate;
    const fields = {
      version: 1,
      prover: proverVersion,
      prime: 67108859,
      seeds: [7],
      level: "all sizes",
      caveats,
    };
    assert.deepEqual(written, { ...fields, declarations, statement });
    assert.ok(shapes.length > 1 && shapes.every(({ m, n }) => m! >= n!));
    assert.equal(
      said("pool(sigma(Z)) - sigma(pool(Z)) = 0*pool(Z)").warning,
      "σ does not decrease; vacuous: both sides are 0",
    );
  });

  it("trials in fractions, where signs decide and no proof reaches", () => {
    const shapes = [{ m: 2 }, { m: 3 }];
    const { level, evidence, certificate } = said("drelu(norm2(x))*x = x", { shapes, seeds: [1, 2] });
    const outOfReach = "the normal forms of the two sides differ";
    assert.deepEqual(
      [level, evidence],
      ["float", { outOfReach, numbers: { shapes, seeds: [1, 2] }, float: [{ method: "float64", error: 0 }] }],
    );
    const { bound, standing, caveats, ...rest } = certificate() as Certificate;
    assert.deepEqual(
      [bound, standing, caveats, rest.shapes, rest.seeds],
      [undefined, undefined, undefined, shapes, [1, 2]],
    );
  });

  it("where its losses stand in the lines before, in its certificate", () => {
    const standing = new Map([["xi", parse("z + x")]]);
    const { ok, certificate } = said("d(xi(z + x), z) = g'*dz", { standing });
    assert.deepEqual([ok, (certificate() as Certificate).standing], [true, { xi: "z + x" }]);
    assert.equal(said("d(xi(z), z) = g'*dz", { standing }).ok, false);
  });

  it("whether it is proved for all sizes, in one word", () => {
    const isProved = (text: string) => holdsForAllSizes(world, parseStatement(text));
    for (const text of ["x + z = z + x", "x*0 = 0", "A*A'*x = A*(x'*A)'"]) assert.ok(isProved(text), text);
    for (const text of ["A = A'", "x = z", "A*x = x", "drelu(norm2(x))*x = x", "x/(m - m) = x/(m - m)"])
      assert.ok(!isProved(text), text);
  });
});
