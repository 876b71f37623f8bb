import assert from "node:assert/strict";
import ts from "typescript";
import { relative, sources } from "./sources.js";

/** Where the signs of badges may be written: where text is made of a badge, looked for in a text, and said of an answer. */
const homes = [
  "src/symbolic/check/badge.ts",
  "src/symbolic/check/showsBadge.ts",
  "kernel/lab/views/derivation.ts",
];

/** Texts and patterns of a file, without its comments. */
function literalsOf(source: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isStringLiteralLike(node) ||
      ts.isTemplateLiteralToken(node) ||
      ts.isRegularExpressionLiteral(node)
    )
      found.push(node.getText(source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

describe("a badge", () => {
  const files = sources();

  it("becomes text in one place, and no text or pattern elsewhere has its signs or its bound", () => {
    const words = /[✓✗≈]|error ≤|≤ ?1e|["`]not checked/;
    const elsewhere = files
      .filter((source) => !homes.includes(relative(source)))
      .flatMap((source) => literalsOf(source).map((text) => ({ file: relative(source), text })))
      .filter(({ text }) => words.test(text));
    assert.deepEqual(elsewhere, []);
  });

  it("is never cut apart: nothing is matched, searched or split that is called a badge", () => {
    const cut =
      /\bbadge(Text\([^)]*\))?\)?\??\.(match|replace|split|slice|startsWith|includes|indexOf|search)/;
    const tested = /\.(exec|test)\(\s*(\w+\.)?badge/;
    const offending = files.filter(({ text }) => cut.test(text) || tested.test(text));
    assert.deepEqual(offending.map(relative), []);
  });
});
