import assert from "node:assert/strict";
import fc from "fast-check";
import { lecture, shownStatements } from "../../src/index.js";
import { derivationBundle } from "../../src/mime/derivation.js";
import {
  CARD_MIME,
  DERIVATION_MIME,
  PHI_MIME,
  PLOTLY_MIME,
  type Shown,
  VERDICT_MIME,
} from "../../src/mime/types.js";
import { displayKey } from "../../src/numeric/show.js";
import type { DerivationRecord } from "../../src/symbolic/derive/derivationRecord.js";
import { rightWords } from "../../src/symbolic/exercise/exerciseAnswer.js";
import { cases } from "../cases.js";
import { forgedOutputs, honestOutputs, type Json, problemsOf } from "./forgedOutputs.js";

describe("what an output shows", () => {
  const outputs = honestOutputs();

  for (const [name, bundle] of Object.entries(outputs)) {
    it(`follows from its words, all of it, where nobody has changed it: ${name}`, () => {
      assert.deepEqual(problemsOf(bundle), []);
    });
  }

  it("is refused where one field is forged (test/long has every field)", () => {
    const { statement = {} } = outputs;
    const forged = [...forgedOutputs(statement)];
    fc.assert(
      fc.property(fc.constantFrom(...forged), ({ name, bundle }) =>
        assert.notDeepEqual(problemsOf(bundle), [], name),
      ),
      cases(40),
    );
  });

  it("is refused where a badge has no certificate, however it is written and wherever it stands", () => {
    const holds = { mark: "holds", claim: "all sizes", caveats: [] };
    const card = {
      version: 1,
      kind: "lecture",
      title: [{ text: "A B = B A", tex: "AB = BA" }],
      sections: [],
    };
    for (const bundle of [
      { "text/html": "A B = B A <b>✓ all sizes</b>", "text/plain": "x" },
      { "text/html": "A B = B A &#x2713;&nbsp;<i>al</i>l si<b></b>zes" },
      { "text/html": "A B = B A &check;\nall&#32;sizes" },
      { "text/latex": "$$A B = B A \\quad \\checkmark\\ \\text{all sizes}$$" },
      { "text/latex": "$$A B = B A \\quad \\checkmark~\\text{all}\\ \\mathrm{sizes}$$" },
      { "text/latex": '$$A B = B A \\quad \\char"2713 \\text{ all sizes}$$' },
      { "text/markdown": "A B = B A ✅ ａｌｌ ｓｉｚｅｓ" },
      { "text/plain": "A B = B A ✓ a\u200bll si\u00adzes" },
      { "text/plain": "A B = B A ✓ \u0430ll \u0455iz\u0435s" },
      { "text/plain": "A B = B A ✓ 3 shapes, error ≤ 1e-21" },
      { "text/plain": "A B = B A <✓ all sizes>" },
      { "text/plain": "<!-- A B = B A ✓ all sizes" },
      { "text/plain": "A B = B A ✓ a\u0307ll s\u0131\u0307zes".replace("\u0131", "i") },
      { "text/html": `A B = B A ✓<!-- ${"x".repeat(400)} --> all sizes` },
      { "text/html": "A B = B A ✓ all si<i hidden>q</i>zes" },
      { "text/html": `A B = B A ✓ all si<i title="${"y".repeat(600)}" style="display: none">q</i>zes` },
      { "text/html": "A B = B A &radic;&ThinSpace;all&NewLine;sizes" },
      { "image/svg+xml": "<svg><text>A B = B A ✓ <tspan>all</tspan> <tspan>sizes</tspan></text></svg>" },
      { "text/latex": "$$A B = B A \\checkmark\\kern 1pt \\mathrm{a}\\mathrm{l}\\mathrm{l}\\ sizes$$" },
      { "application/json": { shown: [{ text: "A B = B A ✓ all sizes" }] } },
      { [PLOTLY_MIME]: { data: [], layout: { title: { text: "A B = B A ✓ all sizes" } } } },
      { [CARD_MIME]: { ...card, badge: { of: holds, text: "" } } },
      { [CARD_MIME]: { ...card, sections: [{ lines: [["✓ all sizes"]] }] } },
    ])
      assert.match(problemsOf(bundle).join(), /a badge without a certificate/, JSON.stringify(bundle));
    for (const text of ["✓ done", "all sizes", "√2 = 1.41", "✓ 3 of 3 lines are right, all of them"])
      assert.deepEqual(shownStatements({ "text/plain": text }), [], text);
  });

  it("is refused where it has a form besides, which may show anything", () => {
    for (const honest of [outputs.statement, outputs.derivation])
      for (const form of ["image/png", "image/svg+xml", "text/html", "text/markdown", PHI_MIME, CARD_MIME])
        assert.match(problemsOf({ ...honest, [form]: "A B = B A" }).join(), /a form that is not held/, form);
  });

  it("is refused where a view would show more than was checked", () => {
    const [verdict, derivation] = [outputs.statement?.[VERDICT_MIME], outputs.derivation?.[DERIVATION_MIME]];
    const rule = { name: "x", law: "A B = B A", source: "x" };
    for (const more of [{ rule }, { reason: "A B = B A" }, { open: true }, { shown: "A B = B A" }]) {
      const [first] = [{ ...(verdict as Json), ...more }];
      assert.notDeepEqual(
        problemsOf({ ...outputs.statement, [VERDICT_MIME]: first }),
        [],
        JSON.stringify(more),
      );
      const other = { ...(derivation as Json), ...more };
      assert.notDeepEqual(problemsOf({ ...outputs.derivation, [DERIVATION_MIME]: other }), []);
    }
  });

  it("may say of a line what its answer said, with the line's badge, and no more", () => {
    const derivation = outputs.derivation?.[DERIVATION_MIME] as DerivationRecord;
    const remarked = (text: string) =>
      problemsOf(
        derivationBundle({ ...derivation, remark: { outcome: "right", parts: [{ text }] } }) as Json,
      );
    const { reason, badge } = derivation.lines[1]!;
    const answer = `line 2: ${rightWords(reason, badge!)}`;
    assert.deepEqual(remarked(answer), []);
    for (const text of [
      "A B = B A ✓ all sizes",
      `${answer}. A B = B A ✓ all sizes`,
      answer.replace("line 2", "line 3"),
      answer.replace(reason, "A B = B A"),
    ])
      assert.match(remarked(text).join(), /what is said of the lines has a badge/, text);
  });
});

describe("what a derivation came to", () => {
  const L = lecture`dims m n; W : m x n; z : n x 1; u : m x 1; r : 1 x 1; G : m x 1; xi(S) with gradient G`;
  const honest = {
    gradient: L.gradient("xi(W*z)", "W"),
    jacobian: L.jacobian("W*z", "W"),
    jv: L.jv("W*z", ["W", "z"]),
    jtu: L.jtu("W*z", "W", "u"),
    gaussNewton: L.gaussNewton("norm2(W*z)", "W"),
    "a gradient that is 0": L.gradient("xi(W*z)", "u"),
  };
  const { tex: lie } = resultIn(bundled(L.gradient("2*xi(W*z)", "W")));

  for (const [name, formula] of Object.entries(honest)) {
    it(`is derived again from what was asked: ${name}`, () =>
      assert.deepEqual(problemsOf(bundled(formula)), []));

    it(`is refused where it is another formula in words and in TeX: ${name}`, () => {
      const bundle = bundled(formula);
      const { result, ...rest } = bundle[DERIVATION_MIME] as Json;
      const { asked } = result as Json;
      const other = { text: "d/d(vec(W)') = 2 * vec(G * z')'", tex: lie, asked };
      const shown = derivationBundle({ ...rest, result: other } as never);
      assert.match(problemsOf(shown as Json).join(), /result\.text is shown as/);
    });

    it(`is refused where something else was asked, or nothing: ${name}`, () => {
      for (const asked of [
        { of: "gradient", e: "norm2(u)", X: "u" },
        { of: "x" },
        { of: "jv", e: "W*z" },
        undefined,
      ]) {
        const bundle = bundled(formula);
        const record = bundle[DERIVATION_MIME] as Json;
        const shown = {
          ...bundle,
          [DERIVATION_MIME]: { ...record, result: { ...(record.result as Json), asked } },
        };
        assert.notDeepEqual(problemsOf(shown), [], JSON.stringify(asked));
      }
    });
  }
});

it("what a derivation came to is refused where it is what another derivation came to", () => {
  const L = lecture`dims m n; W : m x n; z : n x 1; G : m x 1; xi(S) with gradient G`;
  const other = bundled(L.gradient("2*xi(W*z)", "W"))[DERIVATION_MIME] as Json;
  const own = bundled(L.gradient("xi(W*z)", "W"))[DERIVATION_MIME] as Json;
  const shown = derivationBundle({ ...own, result: other.result } as never);
  assert.match(problemsOf(shown as Json).join(), /the lines that lead to it/);
});

function bundled(value: unknown): Json {
  return JSON.parse(JSON.stringify((value as Shown)[displayKey]()));
}

function resultIn(bundle: Json): { tex: string } {
  return (bundle[DERIVATION_MIME] as { result: { tex: string } }).result;
}
