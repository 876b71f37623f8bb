import assert from "node:assert/strict";
import { lecture } from "../../src/index.js";
import { type Bundle, DERIVATION_MIME, type DerivationPayload } from "../../src/mime/types.js";
import { answersKey } from "../../src/numeric/show.js";

interface Answering {
  readonly about: string;
  answer(question: unknown): { bundle: Bundle; [name: string]: unknown };
}

const L = lecture`dims m n k; A : m x n;  B : n x k`;
const exercise = () =>
  L.exercise("vec(A*B)").blank("vec-of-product").blankEq("kron(I(k), A)*vec(B)", "again");
const desk = (of: object): Answering => (of as unknown as Record<symbol, Answering>)[answersKey] as Answering;
const right = "kron(I(k), A)*vec(B)";

describe("an exercise that answers its view", () => {
  const sheet = (reply: { bundle: Bundle }) => reply.bundle[DERIVATION_MIME] as DerivationPayload;
  const only = () => L.exercise("vec(A*B)").blank("vec-of-product");

  it("is asked by a name that depends on what it is, not on when it was made", () => {
    assert.equal(desk(only()).about, desk(only()).about);
    assert.notEqual(desk(only()).about, desk(exercise()).about);
    assert.match(desk(only()).about, /^exercise [0-9a-f]{16}$/);
  });

  it("previews a line as it is written, with its size, or says why it cannot be read", () => {
    const at = desk(only());
    const { formula, size } = at.answer({ ask: "preview", text: "= kron(I(k), A)" });
    assert.equal((formula as { tex: string }).tex, "\\mathcal{I}_{k} \\otimes A");
    assert.equal(size, "k·m × k·n");
    assert.match(String(at.answer({ ask: "preview", text: "kron(A" }).problem), /\)/);
    assert.match(String(at.answer({ ask: "preview", text: "A*A" }).problem), /n/);
  });

  it("judges a line, keeps what was written, and hints without giving the line away", () => {
    const one = only();
    const wrong = sheet(desk(one).answer({ ask: "answer", line: 2, text: "kron(A, I(k))*vec(B)" }));
    assert.equal(wrong.remark?.outcome, "wrong");
    assert.deepEqual(wrong.exercise?.asked, [
      { line: 2, text: "kron(A, I(k))*vec(B)", outcome: "wrong", hints: 0 },
    ]);
    const hinted = sheet(desk(one).answer({ ask: "hint", line: 2 }));
    assert.equal(hinted.exercise?.asked[0]?.hints, 1);
    assert.doesNotMatch(JSON.stringify(hinted), /kron\(I\(k\), A\)/);
    const done = sheet(desk(one).answer({ ask: "answer", line: 2, text: right }));
    assert.equal(done.remark?.outcome, "right");
    assert.equal(done.lines[1]?.text, "kron(I(k), A) * vec(B)");
    assert.ok(done.lines[1]?.certificate);
  });

  it("shows the solution with a mark that it was looked at, and the reader's own sheet again", () => {
    const one = only();
    const solution = sheet(desk(one).answer({ ask: "solution" }));
    assert.equal(solution.exercise?.solutionShown, true);
    assert.equal(solution.lines[1]?.text, "kron(I(k), A) * vec(B)");
    assert.equal(sheet(desk(one).answer({ ask: "sheet" })).lines[1]?.open, true);
  });

  it("takes answers again that were kept, and begins anew", () => {
    const one = only();
    const kept = sheet(
      desk(one).answer({
        ask: "restore",
        answers: [
          { line: 2, text: right },
          { line: 9, text: "A" },
        ],
      }),
    );
    assert.equal(kept.exercise?.asked[0]?.outcome, "right");
    assert.equal(sheet(desk(one).answer({ ask: "reset" })).exercise?.asked[0]?.text, undefined);
  });

  it("is asked by whatever shows its sheet, as cells that end with an answer or a hint do", () => {
    const one = only();
    for (const shown of [one.answer("□"), one.hint()]) {
      assert.equal(desk(shown).about, desk(one).about);
      const reply = desk(shown).answer({ ask: "answer", line: 2, text: right });
      assert.equal(sheet(reply).remark?.outcome, "right");
    }
    assert.equal(one.complete, true);
    assert.equal(desk(L.exercise("vec(A*B)").by("vec-of-product")), undefined);
  });

  it("leaves the sheet as it is for what is no question", () => {
    for (const question of [
      null,
      7,
      {},
      { ask: "answer", line: 99, text: "A" },
      { ask: "restore", answers: 3 },
    ])
      assert.equal(sheet(desk(only()).answer(question)).lines[1]?.open, true);
  });
});
