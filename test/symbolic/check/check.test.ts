import assert from "node:assert/strict";
import { badgeText } from "../../../src/symbolic/check/badge.js";
import { verifyCertificate } from "../../../src/symbolic/check/certificate.js";
import { checkStatement } from "../../../src/symbolic/check/check.js";
import { badgeOf } from "../../../src/symbolic/check/verdict.js";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
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

  it("is not called vacuous for the first numbers that were drawn", () => {
    for (const text of ["relu(c)*c = relu(c)*relu(c)", "relu(c*e) = relu(c)*relu(e) + relu(-c)*relu(-e)"])
      assert.equal(badgeText(badgeOf(said(text))), "✓ all sizes", text);
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
