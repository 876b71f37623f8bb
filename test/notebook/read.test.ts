import assert from "node:assert/strict";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { NotebookError } from "../../kernel/notebook/format/error.js";
import { parseNotebook, readNotebook } from "../../kernel/notebook/format/read.js";
import { formatNotebook, writeNotebook } from "../../kernel/notebook/format/write.js";
import { cases } from "../cases.js";
import { code, markdown, notebook } from "./build.js";
import { removeTempFolders, tempFolder } from "./tempFolder.js";

after(removeTempFolders);

/** The text of a valid notebook with another value at `path`; undefined removes the field. */
function broken(path: string, value: unknown): string {
  const output = { output_type: "stream" as const, name: "stdout", text: "1\n" };
  const json: unknown = JSON.parse(formatNotebook(notebook(markdown("# A"), code("1 + 1", {}, [output]))));
  const steps = path.split(".");
  const last = steps.pop() as string;
  const holder = steps.reduce((part, step) => (part as Record<string, unknown>)[step], json);
  (holder as Record<string, unknown>)[last] = value;
  return JSON.stringify(json);
}

function refuses(text: string | Uint8Array, message: RegExp): void {
  assert.throws(
    () => parseNotebook(text, "a.ipynb"),
    (error) => error instanceof NotebookError && message.test(error.message),
    `wanted ${message}`,
  );
}

describe("a notebook that is not one", () => {
  it("is no device and no pipe, which might never end", async () => {
    await assert.rejects(readNotebook("/dev/null"), /\/dev\/null: the file: no file but a device or a pipe/);
  });

  it("is refused with the file, the field and what to do", () => {
    refuses("", /^a\.ipynb: the text: the file is empty/);
    refuses('{\n "cells": [\n  1 2\n]}', /^a\.ipynb: line 3: not JSON/);
    refuses('{\n<<<<<<< HEAD\n "cells": []\n}', /unfinished merge/);
    refuses("[]", /^a\.ipynb: the notebook: a list; needed an object/);
    refuses("{}", /^a\.ipynb: nbformat: missing/);
    refuses(new Uint8Array([0x7b, 0xff, 0x7d]), /not UTF-8/);
  });

  it("of format 3 is sent to Jupyter, of format 5 refused", () => {
    refuses('{"nbformat": 3, "worksheets": []}', /nbformat: 3 is an old format; open the file in Jupyter/);
    refuses('{"nbformat": 5}', /only nbformat 4/);
    refuses('{"nbformat": "4"}', /nbformat: "4"; only nbformat 4/);
  });

  it("is refused at the first field of a wrong type", () => {
    refuses(broken("cells", undefined), /a\.ipynb: cells: missing/);
    refuses(broken("cells.0.source", null), /cells\[0\]\.source: null; needed a string or a list/);
    refuses(broken("cells.0.source", ["a", 1]), /cells\[0\]\.source: a list/);
    refuses(broken("cells.0.cell_type", "heading"), /cells\[0\]\.cell_type: "heading"/);
    refuses(
      broken("cells.1.id", "twin").replace(/cell-\d+/, "twin"),
      /cells\[1\]\.id: .* already the id of cells\[0\]/,
    );
    refuses(broken("cells.1.id", "../x"), /cells\[1\]\.id/);
    refuses(broken("cells.1.outputs.0.text", {}), /cells\[1\]\.outputs\[0\]\.text: an object/);
    refuses(broken("cells.1.outputs.0.output_type", "pyout"), /output_type: "pyout"; needed "stream"/);
    refuses(broken("cells.1.metadata.tags", [1]), /cells\[1\]\.metadata\.tags: 1; needed a string/);
    refuses(broken("nbformat_minor", 1.5), /nbformat_minor: 1.5/);
  });

  it("with half a character or endless nesting is refused", () => {
    refuses(
      broken("cells.0.source", "a\ud800b"),
      /cells\.?\[0\]\.source: half a character .*U\+D800\) at position 1/,
    );
    refuses(`{"nbformat":4,"metadata":${'{"a":'.repeat(1e5)}1${"}".repeat(1e5)}}`, /nested/);
  });

  it("that is not there says so", async () => {
    await assert.rejects(readNotebook("/nowhere/a.ipynb"), /\/nowhere\/a\.ipynb: the file: not found/);
  });
});

describe("a notebook written", () => {
  it("has Jupyter's form: sorted keys, one space, lists of lines, a newline at the end", () => {
    const text = formatNotebook({
      ...notebook(),
      cells: [{ cell_type: "markdown", id: "a", metadata: { "10": 1, "9": [] }, source: "x\n\ny" }],
    });
    const wanted = `{
 "cells": [
  {
   "cell_type": "markdown",
   "id": "a",
   "metadata": {
    "10": 1,
    "9": []
   },
   "source": [
    "x\\n",
    "\\n",
    "y"
   ]
  }
 ],`;
    assert.ok(text.startsWith(wanted), text);
    assert.ok(text.endsWith(' "nbformat": 4,\n "nbformat_minor": 5\n}\n'));
  });

  it("reads back the same, whatever texts, keys and data it holds", () => {
    fc.assert(
      fc.property(anyNotebook, (written) => {
        const text = formatNotebook(written);
        const read = parseNotebook(text, "a.ipynb");
        assert.deepEqual(read, written);
        assert.equal(formatNotebook(read), text);
      }),
      cases(200),
    );
  });

  it("keeps a key __proto__ as data", () => {
    const text = formatNotebook(notebook(code("1"))).replace(
      '"metadata": {}',
      '"metadata": {"__proto__": {"tags": ["x"]}}',
    );
    const read = parseNotebook(text, "a.ipynb");
    assert.equal(read.cells[0]?.metadata.tags, undefined);
    assert.match(formatNotebook(read), /"__proto__"/);
  });

  it("leaves no other file, and the old one whole when it cannot be written", async () => {
    const folder = await tempFolder();
    const file = join(folder, "a.ipynb");
    await writeNotebook(file, notebook(markdown("one")));
    await assert.rejects(writeNotebook(join(folder, "no", "b.ipynb"), notebook()), /ENOENT/);
    assert.deepEqual(await readdir(folder), ["a.ipynb"]);
    assert.equal((await readNotebook(file)).cells[0]?.source, "one");
    await writeFile(file, "{");
    await assert.rejects(readNotebook(file), /: not JSON/);
  });
});

/** A record as JSON.parse makes it, with the usual prototype. */
const record = <T>(parts: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record(parts, { noNullPrototype: true }) as fc.Arbitrary<T>;
const text = fc.string({ unit: "binary" }).filter((value) => !/\p{Surrogate}/u.test(value));
const anyJson = fc
  .jsonValue({ maxDepth: 2, stringUnit: "grapheme" })
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown); // −0 is 0 in JSON
const json = fc.dictionary(text, anyJson, { noNullPrototype: true });
const mimeBundle = record({ "text/plain": text, "image/png": text, "application/json": anyJson });
const count = fc.option(fc.nat());
const anyOutput = fc.oneof(
  record({ output_type: fc.constant("stream" as const), name: fc.constantFrom("stdout", "stderr"), text }),
  record({ output_type: fc.constant("display_data" as const), data: mimeBundle, metadata: json }),
  record({
    output_type: fc.constant("execute_result" as const),
    data: mimeBundle,
    metadata: json,
    execution_count: count,
  }),
  record({
    output_type: fc.constant("error" as const),
    ename: text,
    evalue: text,
    traceback: fc.array(text),
  }),
);
const anyCode = fc.record({
  cell_type: fc.constant("code" as const),
  metadata: json.filter((metadata) => !("tags" in metadata)),
  source: text,
  execution_count: count,
  outputs: fc.array(anyOutput, { maxLength: 3 }),
});
const anyText = fc.record({
  cell_type: fc.constantFrom("markdown" as const, "raw" as const),
  metadata: json.filter((metadata) => !("tags" in metadata)),
  source: text,
  attachments: fc.dictionary(text, mimeBundle, { noNullPrototype: true }),
});
const anyNotebook = fc
  .record({ cells: fc.array(fc.oneof(anyCode, anyText), { maxLength: 4 }), metadata: json })
  .map(({ cells, metadata }) => ({
    cells: cells.map((cell, at) => ({ ...cell, id: `c${at}` })),
    metadata,
    nbformat: 4 as const,
    nbformat_minor: 5,
  }));
