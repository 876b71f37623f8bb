import assert from "node:assert/strict";
import katex from "katex";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { derive } from "../../../src/symbolic/derive/derive.js";
import { changeOf } from "../../../src/symbolic/derive/lineChange.js";
import { recordOf } from "../../../src/symbolic/derive/record.js";
import { fresh, spotsBetween } from "../../../src/symbolic/derive/spots.js";
import { parse } from "../../../src/symbolic/language/parse.js";
import { print } from "../../../src/symbolic/language/print.js";
import { ruleNamed, rules } from "../../../src/symbolic/rules/all.js";
import { lawPatterns } from "../../../src/symbolic/rules/lawPatterns.js";
import { bookkeeping, ruleWords } from "../../../src/symbolic/rules/ruleWords.js";

const world = declare(`
  dims m n p d h s a b
  a_out = floor((a - h)/s) + 1;  b_out = floor((b - h)/s) + 1
  A : m x n;  B : n x p;  C : m x n;  D : m x n;  Z : d x a*b;  W : m x h*h*d
  phi, P = conv(h, s, d, a, b)`);

/** The parts that differ, as texts. */
function differing(before: string, after: string): [string[], string[]] {
  const spots = spotsBetween(fresh(parse(before)), fresh(parse(after)));
  const texts = (side: "before" | "after") => spots.flatMap((spot) => spot[side].map(print));
  return [texts("before"), texts("after")];
}

describe("what differs between two lines", () => {
  const cases: [why: string, before: string, after: string, from: string[], to: string[]][] = [
    ["nothing in equal lines", "A*B", "A*B", [], []],
    ["a factor, whatever stands around it", "A*(B + B)*B'", "A*(B + D)*B'", ["B"], ["D"]],
    ["a part deep inside", "vec(A + (C + D)')", "vec(A + (C' + D'))", ["(C + D)'"], ["C'", "D'"]],
    ["terms that came, beside one that stayed", "A + C", "A + D - C", ["C"], ["D", "C"]],
    ["a sign alone", "A - C", "A + C", ["C"], ["C"]],
    ["a function around the same argument", "vec(A)", "diag(A)", ["vec(A)"], ["diag(A)"]],
    ["neighbours that became one", "A*B*B'*D", "A*C*D", ["B", "B'"], ["C"]],
  ];
  for (const [why, before, after, from, to] of cases)
    it(`is ${why}`, () => assert.deepEqual(differing(before, after), [from, to]));

  it("is told by parts of each line alone: no part of a fresh line stands in two places", () => {
    const A = parse("A");
    const twice = fresh({ kind: "binary", op: "+", left: A, right: A });
    assert.ok(twice.kind === "binary" && twice.left !== twice.right);
  });
});

describe("the change of a line", () => {
  const change = (before: string, after: string, rule?: string) =>
    changeOf(world, { before: parse(before), after: parse(after), ...(rule && { rule: ruleNamed(rule) }) });

  it("marks what differs by 0 and what the letters of the law stand for by their numbers", () => {
    const found = change("vec(A*B)", "kron(I(p), A)*vec(B)", "vec-of-product");
    assert.deepEqual(
      found?.letters.map(({ letter, words }) => [letter, words]),
      [
        ["A", "A"],
        ["X", "B"],
      ],
    );
    assert.equal(
      found?.markedBefore,
      "\\textcolor{#c24000}{\\operatorname{vec}(\\textcolor{#c24001}{A} \\textcolor{#c24002}{B})}",
    );
    assert.equal(
      found?.markedAfter,
      "(\\textcolor{#c24000}{\\mathcal{I}_{p} \\otimes \\textcolor{#c24001}{A}}) " +
        "\\textcolor{#c24000}{\\operatorname{vec}(\\textcolor{#c24002}{B})}",
    );
    assert.match(
      found?.markedLaw ?? "",
      /vec\}\(\\textcolor\{#c24001\}\{A\} \\textcolor\{#c24002\}\{X\} B\)/,
    );
  });

  it("binds a letter to several factors, and Aᵀ to what is transposed", () => {
    const found = change("vec(A*B*B'*C'*D)", "kron(D', A*B)*vec(B'*C')", "vec-of-product");
    const bound = Object.fromEntries(found?.letters.map(({ letter, words }) => [letter, words]) ?? []);
    assert.deepEqual(bound, { A: "A times B", X: "B transposed times C transposed", B: "D" });
  });

  it("knows a differential of a variable, a map and its matrix", () => {
    const product = change("d(W*phi(Z), W)", "dW*phi(Z)", "d-product");
    assert.deepEqual(
      product?.letters.map(({ letter, tex }) => [letter, tex]),
      [
        ["A", "W"],
        ["B", "\\phi(Z)"],
      ],
    );
    const map = change("W*phi(Z)", "W*mat(P*vec(Z), h*h*d, a_out*b_out)", "eq (4)");
    assert.ok(map?.letters.some(({ letter, tex }) => letter === "Z" && tex === "Z"));
  });

  it("has no letters where no form of the law is written so, and still what differs", () => {
    const found = change("A + C", "C + A", "vec-of-product");
    assert.deepEqual(found?.letters, []);
    assert.match(found?.markedAfter ?? "", /#c24000/);
    assert.equal(change("A", "A"), undefined);
  });

  it("is TeX that KaTeX sets", () => {
    const found = change("vec((A*B)')", "vec(B'*A')", "transpose-of-product");
    for (const tex of [found?.markedBefore, found?.markedAfter, found?.markedLaw])
      assert.doesNotThrow(() => katex.renderToString(tex as string, { throwOnError: true }), tex);
  });
});

describe("rules as readers see them", () => {
  it("have words each", () => {
    assert.deepEqual(
      rules.map(({ name }) => name).filter((name) => !Object.hasOwn(ruleWords, name)),
      [],
    );
  });

  it("have patterns and bookkeeping by names that there are", () => {
    for (const name of [...Object.keys(lawPatterns), ...bookkeeping])
      assert.equal(ruleNamed(name).name, name);
    for (const sides of Object.values(lawPatterns).flat(2)) assert.doesNotThrow(() => parse(sides), sides);
  });
});

describe("folded lines", () => {
  it("are bookkeeping that is proved, and compared with the last line before them", () => {
    const derivation = derive(world, "vec((A')'*B)", ({ left, right }) => ({
      ok: true,
      level: "all sizes",
      statement: "",
      evidence: {},
      certificate: () => ({ left, right }),
    }))
      .by("vec-of-product")
      .by("transpose-of-transpose");
    const [, made, tidied] = recordOf(derivation).lines;
    assert.equal(made.rule?.bookkeeping, undefined);
    assert.equal(tidied?.rule?.bookkeeping, true);
    assert.match(tidied?.foldedChange?.markedBefore ?? "", /operatorname\{vec\}/);
    assert.doesNotMatch(tidied?.change?.markedBefore ?? "", /textcolor\{#c24000\}\{\\operatorname\{vec\}/);
    const [, , unproved] = recordOf(derive(world, "vec(A*B)").eq("vec(A*B)").by("vec-of-product")).lines;
    assert.equal(unproved.rule?.bookkeeping, undefined);
  });
});
