import assert from "node:assert/strict";
import {
  questionRestorer,
  questionShortener,
  shortAnswer,
  wholeValue,
} from "../../kernel/pipe/knownDeclarations.js";
import type { Request } from "../../kernel/pipe/languageWords.js";

describe("declarations on the pipe", () => {
  const questions: readonly Request[] = [
    { id: 1, operation: "convert", args: ["let a: 1;", "a"] },
    { id: 2, operation: "complete", args: ["let a: 1;", "a", 1] },
    { id: 3, operation: "isComplete", args: ["let a: 1;"] },
    { id: 4, operation: "settle", args: ["let a: 1;", "let a: 2;", ["a"]] },
    { id: 5, operation: "convert", args: ["let a: 1;", "b"] },
    { id: 6, operation: "inspect", args: ["", "b", 0] },
    { id: 7, operation: "inspect", args: ["", "b", 1] },
    { id: 8, operation: "convert", args: ["let a: 1;", "b"] },
  ];

  it("are sent with the first of the questions that begin with them, and heard with each", () => {
    const sent = questions.map(questionShortener());
    assert.deepEqual(sent.map(questionRestorer()), questions);
    assert.deepEqual(
      sent.filter(({ args }) => args[0] === undefined).map(({ id }) => id),
      [2, 5, 7],
    );
  });

  it("are left out of an answer that leaves them as they are", () => {
    const [question] = questions as [Request];
    for (const declarations of ["let a: 1;", "let a: 2;", ""]) {
      const value = { problems: [] as const, script: undefined, declarations };
      const short = shortAnswer(question, { id: 1, value });
      const isLeftOut = (short as { value: typeof value }).value.declarations === undefined;
      assert.equal(isLeftOut, declarations === "let a: 1;");
      assert.deepEqual(wholeValue(question, (short as { value: unknown }).value), value);
    }
    const problems = { id: 1, value: { problems: [] } };
    assert.deepEqual(
      wholeValue(question, (shortAnswer(question, problems) as typeof problems).value),
      problems.value,
    );
    assert.deepEqual(shortAnswer(question, { id: 1, error: "none" }), { id: 1, error: "none" });
  });
});
