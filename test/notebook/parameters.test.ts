import assert from "node:assert/strict";
import { readParameter } from "../../kernel/notebook/commands/readParameter.js";
import { injectParameters, unknownParameters } from "../../kernel/notebook/format/parameters.js";
import type { Notebook } from "../../kernel/notebook/format/types.js";
import { UsageError } from "../../kernel/usageError.js";
import { code, markdown, notebook } from "./build.js";

const sources = ({ cells }: Notebook): string[] => cells.map(({ source }) => source);

describe("a parameter of a run", () => {
  it("is JSON, a number that JSON does not know, or text", () => {
    const values = ["5", "-1e-3", "true", "null", '"5"', "[1, 2]", "Infinity", "NaN", "text", "a=b", ""];
    assert.deepEqual(
      values.map((value) => readParameter(`x=${value}`).value),
      [5, -0.001, true, null, "5", [1, 2], Number.POSITIVE_INFINITY, Number.NaN, "text", "a=b", ""],
    );
  });

  it("is refused without a name of a variable", () => {
    for (const argument of ["x", "=5", "a b=5", "1x=5", "class=5", "x;y=5", "x //=5", "let x=5"]) {
      assert.throws(() => readParameter(argument), UsageError, argument);
    }
    assert.equal(readParameter("π=3").name, "π");
  });

  it("goes after the cell tagged parameters, with the type that is declared there", () => {
    const declaring = code('const h: number = 3;\nlet mode: "a" | "b" = "a", n = 1;', {
      tags: ["parameters"],
    });
    const injected = injectParameters(
      notebook(markdown("# A"), declaring, code("h")),
      ["h=5", "mode=b", "n=2", "C=Infinity"].map(readParameter),
    );
    assert.deepEqual(sources(injected), [
      "# A",
      declaring.source,
      '// Parameters\nlet h: number = 5;\nlet mode: "a" | "b" = "b";\nlet n = 2;\nlet C = Infinity;',
      "h",
    ]);
    assert.deepEqual(injected.cells[2]?.metadata, { tags: ["injected-parameters"] });
  });

  it("takes the place of what an earlier run injected, and stands first where no cell is tagged", () => {
    const once = injectParameters(notebook(code("a")), [readParameter("h=5")]);
    const twice = injectParameters(once, [readParameter("h=7")]);
    assert.deepEqual(sources(twice), ["// Parameters\nlet h = 7;", "a"]);
    assert.deepEqual(injectParameters(once, []), once);
  });

  it("that the tagged cell does not declare is told as a slip", () => {
    const given = ["h=5", "hh=5"].map(readParameter);
    const tagged = notebook(code("let h = 3;", { tags: ["parameters"] }));
    assert.deepEqual(unknownParameters(tagged, given), ["hh"]);
    assert.deepEqual(unknownParameters(notebook(code("let h = 3;")), given), ["h", "hh"]);
  });

  it("can hold any text without becoming code", () => {
    const hostile = '"; process.exit(1); //\n`$\u007b1}`\u2028';
    const { cells } = injectParameters(notebook(), [{ name: "x", value: hostile }]);
    const found = new Function(`${cells[0]?.source}\nreturn x;`)() as string;
    assert.equal(found, hostile);
  });
});
