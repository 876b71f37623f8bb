import assert from "node:assert/strict";
import { outputDifferences, withStoredMeasures } from "../../kernel/notebook/format/differences.js";
import type { CodeCell, Notebook, Output } from "../../kernel/notebook/format/types.js";
import { code, notebook } from "./build.js";

const withOutputs = (...outputs: Output[]): Notebook =>
  notebook({ cell_type: "code", id: "a", metadata: {}, source: "", execution_count: 1, outputs });

const print = (text: string): Output => ({ output_type: "stream", name: "stdout", text });
const result = (plain: string, svg = "<svg/>", execution_count = 1): Output => ({
  output_type: "execute_result",
  data: { "text/plain": plain, "image/svg+xml": svg },
  metadata: {},
  execution_count,
});

describe("what a run changed", () => {
  it("is nothing when the texts are the same, whatever the counts", () => {
    assert.deepEqual(outputDifferences(withOutputs(result("1")), withOutputs(result("1", "<svg/>", 7))), []);
  });

  it("is nothing when only the order of keys differs: files keep them sorted", () => {
    const figure = (data: object): Output => ({
      output_type: "display_data",
      data: { "a/b+json": data },
      metadata: {},
    });
    const [before, after] = [figure({ x: 1, y: [2] }), figure({ y: [2], x: 1 })];
    assert.deepEqual(outputDifferences(withOutputs(before), withOutputs(after)), []);
    assert.equal(outputDifferences(withOutputs(before), withOutputs(figure({ x: 1, y: [3] }))).length, 1);
  });

  it("is shown by lines, without what is the same before and after", () => {
    const found = outputDifferences(withOutputs(print("a\nb\nc\nd")), withOutputs(print("a\nx\ny\nd")));
    assert.deepEqual(found, ["cell 1 (a): stdout\n  - b\n  - c\n  + x\n  + y"]);
  });

  it("names outputs that came or went, and pictures that differ", () => {
    assert.deepEqual(outputDifferences(withOutputs(), withOutputs(print("a"))), [
      "cell 1 (a): stdout\n  - \n  + a",
    ]);
    const [picture] = outputDifferences(withOutputs(result("1")), withOutputs(result("1", "<svg></svg>")));
    assert.equal(picture, "cell 1 (a): image/svg+xml\n  6 characters before, 11 now, not the same");
  });

  it("leaves out what a cell tagged as measured has measured, but not that it is there", () => {
    const measured = (...outputs: Output[]): Notebook => {
      const [cell] = withOutputs(...outputs).cells;
      return notebook({ ...cell!, metadata: { tags: ["measured"] } });
    };
    assert.deepEqual(
      outputDifferences(measured(result("1 ms")), measured(result("2 ms", "<svg></svg>"))),
      [],
    );
    assert.equal(outputDifferences(measured(result("1 ms")), measured(print("1 ms"))).length, 3);
    assert.equal(outputDifferences(measured(result("1 ms")), measured()).length, 2);
  });

  it("is not stored over what a cell tagged as measured has, unless it has nothing", () => {
    const cells = (text: string, tags: string[]) =>
      notebook(code("1", { tags }, text === "" ? [] : [print(text)]));
    const outputs = (before: string, tags: string[]) =>
      withStoredMeasures(cells(before, tags), cells("new", tags)).cells.map((cell) =>
        cell.cell_type === "code" ? cell.outputs : [],
      );
    assert.deepEqual(outputs("old", ["measured"]), [[print("old")]]);
    assert.deepEqual(outputs("", ["measured"]), [[print("new")]]);
    assert.deepEqual(outputs("old", []), [[print("new")]]);
  });

  it("keeps what was measured under the number that its cell has now", () => {
    const measured = (source: Output, count: number): Notebook =>
      notebook({
        ...{
          cell_type: "code",
          id: "a",
          metadata: { tags: ["measured"] },
          source: "",
          execution_count: count,
        },
        outputs: [source, print("beside")],
      });
    const kept = withStoredMeasures(measured(result("old"), 1), measured(result("new", "<svg/>", 8), 8));
    assert.deepEqual((kept.cells[0] as CodeCell).outputs, [result("old", "<svg/>", 8), print("beside")]);
  });

  it("is shortened when it is long", () => {
    const [found] = outputDifferences(withOutputs(print("")), withOutputs(print("x\n".repeat(100))));
    assert.ok((found as string).split("\n").length < 20);
    assert.match(found as string, /… 88 more lines|… 89 more lines/);
  });
});
