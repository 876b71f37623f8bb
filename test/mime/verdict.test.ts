import assert from "node:assert/strict";
import katex from "katex";
import { VERDICT_MIME } from "../../src/mime/types.js";
import { verdictBundle } from "../../src/mime/verdict.js";
import type { VerdictRecord } from "../../src/symbolic/derive/derivationRecord.js";

const record: VerdictRecord = {
  version: 1,
  declarations: "dims m n; A : m x n",
  tag: "50 % of $x$",
  statement: { text: "A = A''", tex: "A = A^{TT}" },
  level: "here",
  badge: { mark: "holds", claim: "here", bound: { at: { a_out: 2, n: 3 } }, caveats: [{ kind: "vacuous" }] },
  evidence: { here: { a_out: 2, n: 3 } },
  certificate: { version: 1 },
};

describe("a checked statement's output", () => {
  const bundle = verdictBundle(record);

  it("holds the record for a view of its own, as plain JSON", () => {
    assert.deepEqual(JSON.parse(JSON.stringify(bundle[VERDICT_MIME])), record);
  });

  it("is one line of TeX, its name and the names of its sizes taken for text", () => {
    const latex = bundle["text/latex"] as string;
    assert.equal(
      latex,
      "$$\\text{50 ％ of ＄x＄}\\quad A = A^{TT} \\qquad " +
        "\\checkmark\\ \\text{exactly at a＿out=2 n=3}\\text{, but }\\text{vacuous: both sides are 0}$$",
    );
    katex.renderToString(latex.replaceAll("$$", ""), { displayMode: true, throwOnError: true });
  });

  it("is text: name, statement, badge", () => {
    assert.equal(
      bundle["text/plain"],
      "50 % of $x$  A = A''   [✓ exactly at a_out=2 n=3, but vacuous: both sides are 0]",
    );
  });
});
