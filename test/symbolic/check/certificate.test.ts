import assert from "node:assert/strict";
import { badgeText, type Caveat, type Level } from "../../../src/symbolic/check/badge.js";
import { verifyCertificate } from "../../../src/symbolic/check/certificate.js";
import { checkStatement } from "../../../src/symbolic/check/check.js";
import { proverVersion } from "../../../src/symbolic/check/proverVersion.js";
import { badgeOf, type Evidence } from "../../../src/symbolic/check/verdict.js";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parse, parseStatement } from "../../../src/symbolic/language/parse.js";

const text = "dims m n\nA : m x n;  M : m x n";
const check = (statement: string) => checkStatement(declare(text), parseStatement(statement));
const plain = (x: unknown) => JSON.parse(JSON.stringify(x));
// outside the index form, and true: the index of the sum is cut at different places
const outside = "(K(m, n) + I(m*n))*vec(A) = vec(A') + vec(A)";

describe("a certificate", () => {
  const proved = plain(check("A + M = M + A").certificate());
  const tried = plain(check(outside).certificate());

  it("says what was checked, how far it reaches, and the bound where there was no proof", () => {
    const { bound, ...rest } = tried;
    assert.deepEqual(
      { ...rest, shapes: rest.shapes.length },
      {
        version: 1,
        prover: proverVersion,
        declarations: text,
        statement: outside.replaceAll("*", " * "),
        level: "here",
        prime: 67108859,
        shapes: 3,
        seeds: [1, 2, 3],
      },
    );
    assert.equal(bound, (1 / 67108859) ** 3);
    assert.ok(!("bound" in proved));
  });

  it("counts only where the level that it says is reached again", () => {
    assert.deepEqual(
      verifyCertificate([proved, tried]).map(({ ok, level }) => [ok, level]),
      [
        [true, "all sizes"],
        [true, "here"],
      ],
    );
    const [higher] = verifyCertificate({ ...tried, level: "all sizes" });
    assert.equal(higher!.ok, false);
    assert.equal(
      higher!.why,
      `reached the level here by prover ${proverVersion}; the certificate says all sizes, by prover ${proverVersion}`,
    );
    for (const level of ["identity", "float"]) {
      const [lower] = verifyCertificate({ ...tried, level });
      assert.deepEqual([lower!.ok, lower!.level], [true, "here"]);
    }
  });

  it("names both provers where its level is not reached: one that proves less cannot confirm the other", () => {
    const [newer] = verifyCertificate({ ...tried, level: "all sizes", prover: 41 });
    assert.match(newer!.why!, new RegExp(`by prover ${proverVersion}; .* by prover 41$`));
    const { prover: _, ...older } = { ...tried, level: "all sizes" };
    assert.match(verifyCertificate(older)[0]!.why!, /by prover 1$/);
    for (const prover of ["2", 0, 1.5])
      assert.throws(() => verifyCertificate({ ...tried, prover }), /prover is/);
  });

  it("says of what does not hold what a check says", () => {
    const [verdict] = verifyCertificate({ ...tried, statement: "A + M = A" });
    assert.match(verdict!.why!, /^the two sides differ at /);
    assert.ok(verdict!.counterexample);
  });

  it("counts where losses stand as in the lines before", () => {
    const world = declare("dims m\nz : m x 1;  g : m x 1\nxi(S) with gradient g");
    const standing = new Map([["xi", parse("z + z")]]);
    const certificate = checkStatement(world, parseStatement("d(xi(2*z), z) = 2*g'*dz"), {
      standing,
    }).certificate();
    const why = (changes: object) => verifyCertificate({ ...plain(certificate), ...changes })[0]!.why;
    assert.deepEqual(plain(certificate).standing, { xi: "z + z" });
    assert.equal(why({}), undefined);
    assert.equal(why({ standing: undefined }), undefined);
    assert.match(why({ standing: { xi: "z" } })!, /^xi stands at z in the lines before and at 2 \* z here/);
  });

  it("is tried with its own seeds and one more", () => {
    const [verdict] = verifyCertificate({ ...tried, seeds: [7, 8] }, 99);
    assert.deepEqual(verdict!.evidence.trials?.seeds, [7, 8, 99]);
    assert.deepEqual(verifyCertificate(tried)[0]!.evidence.trials?.seeds, [1, 2, 3, 1000]);
    assert.deepEqual(verdict!.evidence.trials?.shapes, tried.shapes);
  });

  it("is refused without any of its parts, by the name of the part", () => {
    for (const field of ["version", "declarations", "statement", "level", "shapes", "seeds"]) {
      assert.throws(
        () => verifyCertificate({ ...proved, [field]: undefined }),
        new RegExp(
          `^TypeError: verifyCertificate: ${field} is undefined; this is no certificate of version 1$`,
        ),
      );
    }
    const wrong: [string, unknown][] = [
      ["shapes", []],
      ["shapes", [{ n: "2" }]],
      ["shapes", [2]],
      ["shapes", [null]],
      ["shapes", [[2]]],
      ["shapes", [{ n: 2 }, { n: 1.5 }]],
      ["shapes", [{ n: 2, m: "3" }]],
      ["shapes", { n: 2 }],
      ["seeds", [1, "2"]],
      ["seeds", [1.5]],
      ["seeds", "12"],
      ["declarations", 3],
      ["statement", ["A = A"]],
      ["standing", { xi: "A", rho: 3 }],
      ["standing", "S"],
      ["caveats", "vacuous"],
      ["seeds", []],
      ["seeds", ["1"]],
      ["standing", { xi: 3 }],
      ["standing", ["S"]],
    ];
    for (const [field, value] of wrong)
      assert.throws(
        () => verifyCertificate({ ...proved, [field]: value }),
        new RegExp(`${field} is .*; this is no certificate of version 1`),
        `${field} ${JSON.stringify(value)}`,
      );
    for (const none of [undefined, null, 3, "text"]) {
      assert.throws(
        () => verifyCertificate(none),
        new RegExp(`verifyCertificate: ${none} is no certificate`),
      );
    }
  });
});

describe("a badge says", () => {
  const says = (ok: boolean, level: Level, evidence: Evidence = {}, caveats: readonly Caveat[] = []) =>
    badgeText(badgeOf({ ok, level, evidence, caveats }));

  it("no, whatever there is of evidence", () => assert.equal(says(false, "all sizes"), "✗"));

  it("how far the evidence reaches", () => {
    assert.equal(says(true, "all sizes"), "✓ all sizes");
    assert.equal(says(true, "here", { here: { m: 2, n: 3 } }), "✓ exactly at m=2 n=3");
    assert.equal(says(true, "here", { here: {} }), "✓ exactly");
    assert.equal(says(true, "here"), "✓ exactly");
    assert.equal(says(true, "identity"), "✓ random trials");
    assert.equal(says(true, "float"), "≈ tried on numbers only");
  });

  it("what a reader should know besides", () => {
    const where = { kind: "where", condition: "m ≥ n" } as const;
    assert.equal(
      says(true, "all sizes", {}, [where, { kind: "vacuous" }]),
      "✓ all sizes where m ≥ n, but vacuous: both sides are 0",
    );
    const verdict = check("A - A = M - M");
    assert.equal(badgeText(badgeOf(verdict)), "✓ all sizes, but vacuous: both sides are 0");
    assert.equal("warning" in check("A + M = M + A"), false);
  });
});
