import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readNotebook } from "../../kernel/notebook/format/read.js";
import type { Notebook, Output } from "../../kernel/notebook/format/types.js";
import { packageRoot } from "../../kernel/place/packageRoot.js";

/** How Node writes a string, a list, an object, and one of a class: 'a', [ 1 ], { a: 1 }, Map(1) { … }, Float64Array(2) [ … ]. */
const programmers = /^\s*(?:["'`[{]|[\w$]+(?:\(\d+\))? [[{])/;

/** What a cell wrote that a reader sees as text alone. */
function textAlone(output: Output): string {
  if (output.output_type === "stream") return output.text;
  if (output.output_type === "error") return "";
  const { "text/plain": text, ...richer } = output.data;
  return Object.keys(richer).length === 0 ? String(text ?? "") : "";
}

/** The outputs that are written for programmers, each with its cell. */
function unreadable({ cells }: Notebook): string[] {
  return cells.flatMap((cell, at) => {
    if (cell.cell_type !== "code") return [];
    const written = cell.outputs.map(textAlone).filter((text) => programmers.test(text));
    return written.map((text) => `cell ${at + 1}: ${text.split("\n")[0]}`);
  });
}

describe("a result of the course", () => {
  const folder = join(packageRoot(), "notebooks");
  const files = readdirSync(folder).filter((name) => name.endsWith(".ipynb"));
  for (const file of files)
    it(`is no quoted string, list or object of JavaScript: ${file}`, async () => {
      assert.deepEqual(unreadable(await readNotebook(join(folder, file))), []);
    });

  it("would be seen if it were, but not where it has a form for readers too", () => {
    const of = (data: Record<string, unknown>): Output => ({
      output_type: "display_data",
      data,
      metadata: {},
    });
    const texts = [
      "'d_3 × 1'",
      "[ true, 3 ]",
      "{ engine: 'plain' }",
      "Float64Array(2) [ 1, 2 ]",
      "Verdict {}",
    ];
    const outputs = [...texts, "true", "2.5e-15", "SparseMatrix 48 × 20", "φ(Z) = …"].map((text) =>
      of({ "text/plain": text }),
    );
    const card = of({ "text/plain": "[ 1 ]", "text/markdown": "one" });
    const printed: Output = { output_type: "stream", name: "stdout", text: "{ a: 1 }\n" };
    const cell = { cell_type: "code", execution_count: 1, metadata: {}, source: "" } as const;
    const notebook: Notebook = {
      cells: [{ ...cell, outputs: [...outputs, card, printed] }],
      metadata: {},
      nbformat: 4,
      nbformat_minor: 5,
    };
    assert.deepEqual(
      unreadable(notebook),
      [...texts, "{ a: 1 }"].map((text) => `cell 1: ${text}`),
    );
  });
});
