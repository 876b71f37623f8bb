import assert from "node:assert/strict";
import view from "../../kernel/lab/views/derivation.js";
import { levelMeanings, noBadgeSays } from "../../kernel/lab/views/facts.js";
import { formula, type Typeset } from "../../kernel/lab/views/typeset.js";
import { lecture } from "../../src/index.js";
import { DERIVATION_MIME, type DerivationPayload, type Shown } from "../../src/mime/types.js";
import { displayKey } from "../../src/numeric/show.js";
import { derivationPayload, exercisePayload } from "./derivationPayload.js";
import { all, mount, one, usePage } from "./page.js";

/** Sets a formula as what a test can read. */
const typeset: Typeset = (place, tex) => {
  place.textContent = `⟦${tex}⟧`;
};
const shown = (payload: unknown): HTMLElement => mount(view, payload, { typeset }).node;
const facts = (line: HTMLElement): Record<string, string> => {
  const terms = all(line, "dt").map(({ textContent }) => textContent ?? "");
  const texts = all(line, "dd").map(({ textContent }) => textContent ?? "");
  return Object.fromEntries(terms.map((term, k) => [term, texts[k] as string]));
};
const opened = (node: HTMLElement, line: number): HTMLElement => {
  const details = all(node, "li > details")[line] as HTMLDetailsElement;
  details.open = true;
  if (!details.querySelector("dl")) details.dispatchEvent(new Event("toggle"));
  return details;
};

describe("the view of a derivation", () => {
  usePage();

  it("shows of a wrong answer its card, and above it what a card does not say", () => {
    const L = lecture`dims m n p; A : m x n; B : n x p`;
    const wrong = L.exercise("vec(A*B)").blank("vec-of-product", "B").answer("kron(I(m), B')*vec(A)");
    const remark = one(shown((wrong as unknown as Shown)[displayKey]()[DERIVATION_MIME]), ".philab-remark");
    assert.equal(one(remark, "p").textContent, "line 2: it does not follow");
    assert.match(one(remark, ".philab-card-title").textContent ?? "", /does not hold/);
    assert.ok(!/\[1; 0\]|vec\(A \* B\)/.test(remark.textContent ?? ""), remark.textContent ?? "");
  });

  it("shows each line after the first behind a sign of equality, with its formula, badge and reason", () => {
    const node = shown(derivationPayload);
    const rows = all(node, "li").map((line) => [
      one(line, ".philab-equals").textContent,
      one(line, ".philab-formula").textContent,
      all(line, ".philab-badge").map(({ textContent }) => textContent)[0] ?? "",
      all(line, ".philab-reason").map(({ textContent }) => textContent)[0] ?? "",
    ]);
    assert.deepEqual(rows, [
      ["", "⟦\\operatorname{vec}(A B)⟧", "", ""],
      ["=", "⟦(\\mathcal{I}_{n} \\otimes A) \\operatorname{vec}(B)⟧", "✓ all sizes", "vec-of-product"],
      ["=", "⟦C⟧", "✓ 3 shapes, error ≤ 1e-21", "as written"],
      ["=", "⟦D⟧", "≈ tried on numbers only", "by hand"],
      ["=", "⟦E⟧", "✗", "no reason"],
      ["=", "⟦F⟧", "not checked", ""],
      ["=", "⟦0⟧", "✓ all sizes, but vacuous: both sides are 0", "zero"],
    ]);
  });

  it("tells proofs, trials, floating point, refusals and unchecked lines apart by class and by words", () => {
    const badges = all(shown(derivationPayload), ".philab-badge");
    assert.deepEqual(
      badges.map(({ className }) => className.replace("philab-badge philab-", "")),
      ["proved", "tried", "weak", "wrong", "unchecked", "weak"],
    );
    assert.ok(badges.every(({ textContent }) => textContent !== ""));
  });

  it("opens a line to its rule, its source and what it was proved by", () => {
    const line = opened(shown(derivationPayload), 0);
    const { claim } = levelMeanings["all sizes"]!;
    assert.deepEqual(facts(line), {
      Rule: "vec-of-product: ⟦\\operatorname{vec}(A X B) = (B^{T} \\otimes A) ⟧⟦{}\\operatorname{vec}(X)⟧",
      Source: "mathlib Matrix.kronecker_mulVec_vec",
      Evidence: `${levelMeanings["all sizes"]!.text}What the badge claims${claim} ${noBadgeSays}`,
      "Normal form": "A[r0; x0] B[x0; r1]",
      Certificate: "at m=2 n=3; m=4 n=5; modulo 67108859, seeds 1, 2, 3 and a fresh one",
      "As typed": "kron(I(n), A) * vec(B)",
    });
  });

  it("tells below all lines, once, what each entry is, and no line by the prover's form", () => {
    const entry = { at: "k; p", text: "Σ_n A[k; n]", tex: "\\sum_{n} A_{k;n}" };
    const node = shown({ ...derivationPayload, entry });
    assert.equal(facts(opened(node, 0))["Normal form"], undefined);
    const shared = one(node, ".philab-shared") as HTMLDetailsElement;
    shared.open = true;
    if (!shared.querySelector("dl")) shared.dispatchEvent(new Event("toggle"));
    assert.deepEqual(facts(shared), { "Entry (k; p)": "⟦\\sum_{n} A_{k;n}⟧" });
  });

  it("opens a line to its sizes, primes and bound, to its differences, and to its counterexample", () => {
    const node = shown(derivationPayload);
    const tried = facts(opened(node, 1));
    assert.equal(
      tried.Tried,
      "at m=2 n=3; m=3 n=2; modulo 67108859, seeds 1, 2; a false statement passes with a chance of at most 8.9e-22",
    );
    assert.equal(tried["Not proved"], "digits of another size");
    assert.equal(tried["Exactly at"], "m=2 n=3");
    assert.equal(tried.float64, "relative difference 1.2e-16");
    assert.equal(
      facts(opened(node, 3)).Differs,
      "at m=1 n=2: entry (2, 1) is 8 on the left, 16 on the right",
    );
  });

  it("is opened by a summary, which the keyboard reaches", () => {
    const node = shown(derivationPayload);
    assert.equal(all(node, "details > summary").length, 6);
  });

  it("keeps the space behind a sign of equality whose other side is set in a place of its own", () => {
    assert.equal(formula({ tex: "Z = ", text: "Z = " }, typeset).textContent, "⟦Z = {}⟧");
    assert.equal(formula({ tex: "Z = A", text: "Z = A" }, typeset).textContent, "⟦Z = A⟧");
  });

  it("keeps each line that is to be written: what tidies up behind it is a row of its own", () => {
    const L = lecture`dims m n p; A : m x n; X : n x p; G : m x p`;
    const sheet = L.exercise("vec(G)'*vec(A*X)")
      .blank("vec-of-product", "X")
      .blank("vec-row-kron")
      .by("identity");
    const payload = (sheet as unknown as Shown)[displayKey]()[DERIVATION_MIME] as DerivationPayload;
    assert.ok(payload.lines.at(-1)!.rule?.bookkeeping);
    const rows = all(shown(payload), "li").map((row) => one(row, ".philab-formula").textContent);
    assert.deepEqual(rows.slice(1, 3), ["⟦\\square⟧", "⟦\\square⟧"]);
    assert.equal(rows.length, 4);
    assert.match(rows[3]!, /vec/);
  });

  it("shows an open line of an exercise as □, and what was said above the lines", () => {
    const node = shown(exercisePayload);
    assert.equal(one(node, ".philab-open .philab-formula").textContent, "⟦\\square⟧");
    assert.equal(all(node, ".philab-open summary").length, 0);
    const remark = one(node, "[role=status]");
    assert.equal(remark.dataset.outcome, "hint");
    assert.deepEqual(
      all(remark, ".philab-outcome, p").map(({ textContent }) => textContent),
      ["→ hint", "line 3: use $a$ rule", "it says: ⟦A = B⟧"],
    );
  });

  it("writes formulas as text where nothing sets them", () => {
    const { node } = mount(view, derivationPayload);
    assert.equal(one(all(node, "li")[0] as HTMLElement, "code").textContent, "vec(A * B)");
  });

  it("gives TeX that would leave its formula, and all other text, as text", () => {
    for (const tex of [
      "x$ y",
      "\\href{javascript:x}{y}",
      "\\htmlStyle{x}{y}",
      "\\require{x}",
      "\\def\\a{b}",
      "\\) x",
    ]) {
      const lines = [{ text: "typed", tex, reason: "<b>r</b>" }];
      const node = shown({ ...derivationPayload, lines });
      assert.equal(one(node, "code").textContent, "typed", tex);
      assert.equal(all(node, "b, a").length, 0);
    }
    const line = {
      text: "t",
      tex: "\\left(\\hat{a}\\right)",
      reason: "<img src=x onerror=y>",
      badge: "<i>✓</i>",
    };
    const node = shown({ ...derivationPayload, lines: [line, line] });
    assert.equal(all(node, "code, i, img").length, 0);
  });

  const [first, second] = derivationPayload.lines;
  const bad: [title: string, payload: unknown, reason: RegExp][] = [
    ["null", null, /the payload is null; needed an object/],
    ["an unknown version", { ...derivationPayload, version: 2 }, /version is 2; needed 1/],
    ["no lines", { ...derivationPayload, lines: [] }, /lines is \[\]; needed at least one line/],
    ["a line that is none", { ...derivationPayload, lines: [first, 7] }, /lines\[1\] is 7; needed an object/],
    [
      "TeX that is no text",
      { ...derivationPayload, lines: [{ ...first, tex: {} }] },
      /lines\[0\]\.tex is \{\}; needed a text/,
    ],
    [
      "evidence of another form",
      { ...derivationPayload, lines: [first, { ...second, evidence: { trials: { prime: 7, shapes: 3 } } }] },
      /lines\[1\]\.shapes is 3; needed a list/,
    ],
    [
      "a rule without a law",
      { ...derivationPayload, lines: [first, { ...second, rule: { name: "x" } }] },
      /rule\.law is/,
    ],
    [
      "a remark without parts",
      { ...derivationPayload, remark: { outcome: "right" } },
      /remark\.parts is undefined/,
    ],
    [
      "an entry without its letters",
      { ...derivationPayload, entry: { text: "x", tex: "x" } },
      /entry\.at is undefined/,
    ],
    ["too many lines", { ...derivationPayload, lines: Array(2_001).fill(first) }, /at most 2000/],
  ];
  for (const [title, payload, reason] of bad) {
    it(`shows ${title} as a box with the reason and the raw data`, () => {
      const node = shown(payload);
      assert.match(one(node, ".philab-problem-reason").textContent ?? "", reason);
      assert.ok(one(node, "pre").textContent);
    });
  }

  it("leaves nothing behind when it is disposed of", async () => {
    const { node, cleanup } = mount(view, derivationPayload, { typeset });
    (await cleanup)?.();
    assert.equal(node.childNodes.length, 0);
  });

  it("reads what a lecture writes", () => {
    const L = lecture`dims m n k; A : m x n;  B : n x k`;
    const bundle = (value: object) => (value as { [displayKey](): Record<string, unknown> })[displayKey]();
    const exercise = L.exercise("vec(A*B)").blank("vec-of-product");
    for (const value of [
      L.derive("vec(A*B)").by("vec-of-product"),
      exercise,
      exercise.answer("A"),
      exercise.hint(),
    ]) {
      const payload = JSON.parse(JSON.stringify(bundle(value)[DERIVATION_MIME])) as DerivationPayload;
      assert.equal(all(shown(payload), ".philab-problem").length, 0);
    }
  });
});
