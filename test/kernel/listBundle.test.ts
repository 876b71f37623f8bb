import assert from "node:assert/strict";
import { bundleOf } from "../../kernel/runner/bundle.js";
import { lecture, matrix, shownStatements } from "../../src/index.js";
import { type ListedVerdict, VERDICT_MIME } from "../../src/mime/types.js";

const L = lecture`dims m n k; A : m x n;  B : n x k;  G : m x k;  xi(S) with gradient G`;
const CARD = "application/vnd.philab.card.v1+json";
const lines = (value: unknown): unknown[] => {
  const bundle = bundleOf(value) as Record<string, { sections: { lines: unknown[] }[] }>;
  return bundle[CARD]?.sections[0]?.lines ?? [];
};

describe("a list of values that are mathematics", () => {
  it("of statements is one of checked statements, each with its certificate; by names where they have some", () => {
    const list = [L.check("(T)", "(A*B)' = B'*A'"), L.check("(A)", "A'' = A")];
    const bundle = bundleOf(list) as Record<string, string>;
    const { statements } = bundle[VERDICT_MIME] as unknown as { statements: ListedVerdict[] };
    assert.deepEqual(
      statements.map(({ verdict }) => [verdict.tag, verdict.badge.mark, typeof verdict.certificate]),
      [
        ["(T)", "holds", "object"],
        ["(A)", "holds", "object"],
      ],
    );
    assert.match(bundle["text/plain"] ?? "", /^\(T\) {2}.*\[✓ all sizes\]\n\(A\) /);
    const named = bundleOf({ transposed: list[0] }) as Record<string, string>;
    assert.match(named["text/plain"] ?? "", /^transposed: \(T\) /);
    for (const shown of [bundle, named])
      assert.deepEqual(
        shownStatements(shown).flatMap((statement) => statement.problems(7)),
        [],
      );
  });

  it("of statements is refused by verify where a form, a name or a badge of it was changed", () => {
    const bundle = bundleOf({ one: L.check("(T)", "(A*B)' = B'*A'") }) as Record<string, string>;
    const problems = (other: object): string[] =>
      shownStatements({ ...bundle, ...other }).flatMap((statement) => statement.problems(7));
    assert.equal(problems({}).length, 0);
    assert.notEqual(problems({ "text/plain": "one: (T)  A = A'   [✓ all sizes]" }).length, 0);
    const listed = JSON.stringify(bundle[VERDICT_MIME]);
    for (const [from, to] of [
      ['"name":"one"', '"name":"two"'],
      ['"tag":"(T)"', '"tag":"(U)"'],
      ['"certificate":', '"certificates":'],
    ] as const)
      assert.notEqual(problems({ [VERDICT_MIME]: JSON.parse(listed.replace(from, to)) }).length, 0, to);
  });

  it("of a statement among other formulas has no badge, for which it has no certificate", () => {
    const [line] = lines([L.check("(T)", "(A*B)' = B'*A'"), L.size("A")]) as [unknown[]];
    assert.equal(line.length, 2);
    assert.equal((line[1] as { tex: string }).tex, "(A B)^{T} = B^{T} A^{T}");
    assert.doesNotMatch(JSON.stringify(bundleOf([L.size("A"), L.check("(A)", "A'' = A")])), /✓/);
  });

  it("by names of gradients is what each came to", () => {
    const [line] = lines({ A: L.gradient("xi(A*B)", "A") }) as [unknown[]];
    assert.equal(line[0], "A: ");
    assert.match(
      (line[1] as { tex: string }).tex,
      /^\\frac\{\\partial \\xi\}\{\\partial \\operatorname\{vec\}\(A\)\^\{T\}\} = /,
    );
  });

  it("of sizes and matrices is set too, and its text is as before", () => {
    assert.equal(lines([L.size("A*B"), L.size("A")]).length, 2);
    const bundle = bundleOf([matrix([[1, 2]]), matrix([[3]])]) as Record<string, string>;
    assert.match(bundle["text/latex"] ?? "", /begin\{array\}.*1 & 2/s);
    assert.match(bundle["text/plain"] ?? "", /^\[/);
  });

  it("that has another value in it, or is none, is text alone", () => {
    for (const value of [[L.size("A"), 1], [], {}, [1, 2], { a: "x" }, new Map([[1, L]]), null])
      assert.deepEqual(Object.keys(bundleOf(value)), ["text/plain"]);
  });

  it("is looked at without running its code, and a large value without looking through it", () => {
    class Watched extends Array<unknown> {
      override map(): never {
        throw new Error("the list's own code ran");
      }
    }
    assert.equal(lines(Watched.from([L.size("A"), L.size("B")])).length, 2);
    const large = [new Float64Array(1e7), new Array(1e7).fill(L), Buffer.alloc(1e7)];
    const from = process.cpuUsage();
    for (const value of large) assert.deepEqual(Object.keys(bundleOf(value)), ["text/plain"]);
    const { user, system } = process.cpuUsage(from);
    assert.ok(user + system < 1e6, `${(user + system) / 1e3} ms`);
  }).retries(2);
});
