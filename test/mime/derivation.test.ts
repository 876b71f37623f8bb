import assert from "node:assert/strict";
import katex from "katex";
import { derivationBundle } from "../../src/mime/derivation.js";
import { DERIVATION_MIME } from "../../src/mime/types.js";
import type { DerivationRecord } from "../../src/symbolic/derive/derivationRecord.js";

const record: DerivationRecord = {
  version: 1,
  declarations: "dims m n; A : m x n",
  statement: { text: "vec(A * B) = kron(I(n), A) * vec(B)", tex: "" },
  level: "identity",
  lines: [
    { text: "vec(A * B)", tex: "\\operatorname{vec}(A B)", reason: "" },
    {
      text: "kron(I(n), A) * vec(B)",
      tex: "(\\mathcal{I}_{n} \\otimes A) \\operatorname{vec}(B)",
      reason: "vec-of-product",
      badge: { mark: "holds", claim: "all sizes", caveats: [] },
    },
    {
      text: "C",
      tex: "C",
      reason: "as $\\href{javascript:x}{written}$ & 100%_^~#",
      badge: {
        mark: "holds",
        claim: "identity",
        bound: { shapes: 3, error: 8.9e-22 },
        caveats: [{ kind: "vacuous" }],
      },
    },
    { text: "D", tex: "D", reason: "by hand", badge: { mark: "nearly", claim: "float", caveats: [] } },
  ],
};

describe("a derivation's output", () => {
  const bundle = derivationBundle(record);

  it("holds the record for a view of its own, as plain JSON", () => {
    assert.deepEqual(JSON.parse(JSON.stringify(bundle[DERIVATION_MIME])), record);
  });

  it("is aligned LaTeX with one badge a line", () => {
    const lines = (bundle["text/latex"] as string).split("\n");
    assert.equal(lines[0], "$$\\begin{aligned}");
    assert.equal(lines[1], "& \\operatorname{vec}(A B) \\\\");
    assert.equal(
      lines[2],
      "&= (\\mathcal{I}_{n} \\otimes A) \\operatorname{vec}(B) && \\checkmark\\ \\text{all sizes} \\quad \\text{vec-of-product} \\\\",
    );
    assert.match(
      lines[3],
      /&& \\checkmark\\ \\text\{3 shapes, error\} \\le 10\^\{-21\}\\text\{, but \}\\text\{vacuous: both sides are 0\}/,
    );
    assert.match(lines[4], /&& \\approx\\ \\text\{tried on numbers only\}/);
    assert.equal(lines[5], "\\end{aligned}$$");
  });

  it("takes what a reader wrote for text, never for TeX", () => {
    const tex = (bundle["text/latex"] as string).replaceAll("$$", "");
    assert.doesNotMatch(tex, /href\{|\$/);
    assert.match(katex.renderToString(tex, { displayMode: true, strict: false }), /written/);
  });

  it("is text with the badges in a column", () => {
    assert.equal(
      bundle["text/plain"],
      `  vec(A * B)
  = kron(I(n), A) * vec(B)   [✓ all sizes; vec-of-product]
  = C                        [✓ 3 shapes, error ≤ 1e-21, but vacuous: both sides are 0; as $\\href{javascript:x}{written}$ & 100%_^~#]
  = D                        [≈ tried on numbers only; by hand]`,
    );
  });
});

describe("an exercise's output", () => {
  const [first, second] = record.lines;
  const open = { text: "□", tex: "\\square", reason: "", open: true as const };
  const law = "\\operatorname{vec}(A X B) = (B^{T} \\otimes A) \\operatorname{vec}(X)";
  const parts = [{ text: "line 3: use $a rule$" }, { text: "it says", tex: law }];
  const bundle = derivationBundle({
    ...record,
    lines: [first, second, open],
    remark: { outcome: "hint", parts },
  });

  it("shows what was said, then the lines, an open one as □ without badge", () => {
    assert.equal(
      bundle["text/plain"],
      `line 3: use $a rule$\nit says: ${law}\n
  vec(A * B)
  = kron(I(n), A) * vec(B)   [✓ all sizes; vec-of-product]
  = □`,
    );
  });

  it("is TeX in which what was said is text, and a law a formula", () => {
    const lines = (bundle["text/latex"] as string).split("\n");
    assert.deepEqual(lines.slice(1, 4), [
      "&\\text{line 3: use ＄a rule＄} \\\\",
      "&\\text{it says} \\\\",
      `&\\quad ${law} \\\\`,
    ]);
    assert.equal(lines[lines.length - 2], "&= \\square");
    katex.renderToString(lines.join("\n").replaceAll("$$", ""), { displayMode: true, throwOnError: true });
  });
});
