/** Where a notebook defines what a failed test was about: its cell and its line, in the trace of the failure. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { packageRoot } from "../../kernel/place/packageRoot.js";

/** Puts a line "at NAME (notebooks/….ipynb/CELL:LINE)" on top of a failure's trace, for each exported name that the test uses. */
export function namesCells(stem: string): void {
  afterEach(function () {
    const { currentTest } = this;
    if (currentTest?.state !== "failed" || !currentTest.err) return;
    const used = definitions(stem).filter(({ name }) => new RegExp(`\\b${name}\\b`).test(currentTest.body));
    const lines = used.map(({ name, place }) => `\n    at ${name} (${place})`).join("");
    const { message, stack = message } = currentTest.err;
    const end = stack.indexOf(message) + message.length;
    currentTest.err.stack = stack.slice(0, end) + lines + stack.slice(end);
  });
}

/** The exported names of the notebook's module, and where each is written. */
export function definitions(stem: string): { readonly name: string; readonly place: string }[] {
  const text = readFileSync(join(packageRoot(), "notebooks", "generated", `${stem}.ts`), "utf8");
  const [, data = ""] = /sourceMappingURL=data:application\/json;base64,(\S+)/.exec(text) ?? [];
  const map = new TraceMap(Buffer.from(data, "base64").toString());
  return text.split("\n").flatMap((line, at) => {
    const [, start, name] = /^(export (?:function|const) )(\w+)/.exec(line) ?? [];
    if (start === undefined || name === undefined) return [];
    const { source, line: row } = originalPositionFor(map, { line: at + 1, column: start.length });
    return [{ name, place: `${decodeURIComponent(source ?? stem).replace(/^\.\./, "notebooks")}:${row}` }];
  });
}
