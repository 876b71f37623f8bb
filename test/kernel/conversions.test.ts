import assert from "node:assert/strict";
import { Conversions } from "../../kernel/language/conversions.js";
import type { Converted } from "../../kernel/pipe/languageWords.js";

describe("conversions made before", () => {
  const made: string[] = [];
  const answer = (code: string): Converted =>
    code === "wrong"
      ? { problems: [{ file: undefined, line: 1, column: 1, code: 2304, message: "wrong" }] }
      : { problems: [], script: undefined, declarations: code };
  const newOnes = () =>
    new Conversions((declarations, code) => {
      made.push(declarations + code);
      return answer(code);
    });
  beforeEach(() => {
    made.length = 0;
  });

  it("are given again for the same cell after the same declarations, and for nothing else", () => {
    const conversions = newOnes();
    assert.deepEqual(conversions.convert("let a: 1;", "a"), conversions.convert("let a: 1;", "a"));
    conversions.convert("let a: 2;", "a");
    conversions.convert("let a: 1;", "a ");
    conversions.convert("let a: 1;a", "");
    assert.deepEqual(made, ["let a: 1;a", "let a: 2;a", "let a: 1;a ", "let a: 1;a"]);
  });

  it("are forgotten when a file has changed", () => {
    const conversions = newOnes();
    conversions.convert("", "a");
    conversions.forget();
    conversions.convert("", "a");
    assert.equal(made.length, 2);
  });

  it("are not kept of a cell with problems, nor without end", () => {
    const conversions = newOnes();
    for (const code of ["wrong", "wrong"]) conversions.convert("", code);
    assert.equal(made.length, 2);
    for (let cell = 0; cell < 100; cell++) conversions.convert("", String(cell));
    conversions.convert("", "0");
    conversions.convert("", "99");
    assert.equal(made.length, 2 + 100 + 1);
    const long = "x".repeat(2 ** 20);
    for (let cell = 0; cell < 5; cell++) conversions.convert(long, String(cell));
    conversions.convert(long, "4");
    conversions.convert(long, "0");
    assert.equal(made.length, 103 + 5 + 1);
  });
});
