import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { documents } from "./documents.js";
import { root } from "./imports.js";

/** Written by programs, from docstrings of which some are alike. */
const generated = new Set(["docs/api.md", "docs/rules.md"]);

describe("a paragraph", () => {
  it("stands once in all documents: one truth has one home, and merging files puts none in twice", () => {
    const homes = new Map<string, string[]>();
    for (const file of documents.filter((name) => !generated.has(name))) {
      const paragraphs = readFileSync(join(root, file), "utf8").split(/\n\s*\n/);
      for (const text of paragraphs.filter(({ length }) => length > 120)) {
        homes.set(text, [...(homes.get(text) ?? []), file]);
      }
    }
    const twice = [...homes].filter(([, { length }]) => length > 1);
    assert.deepEqual(
      twice.map(([text, where]) => `${where.join(", ")}: ${text.slice(0, 60)}`),
      [],
    );
  });
});
