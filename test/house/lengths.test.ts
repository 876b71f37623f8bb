/** Functions are short, or say why they are not. */
import assert from "node:assert/strict";
import ts from "typescript";
import { relative, sources } from "./sources.js";

const most = 40;
const reason = "// Over 40 lines: ";

/** The functions of a file that are too long and give no reason, as "file: name, lines". */
function tooLong(file: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isFunction = ts.isFunctionLike(node) && "body" in node && node.body !== undefined;
    if (isFunction && file.text.slice(node.pos, node.getStart(file)).includes(reason)) return; // with what is in it
    if (isFunction && linesOf(file, node) > most)
      found.push(`${relative(file)}: ${nameOf(node, file)}, ${linesOf(file, node)} lines`);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function linesOf(file: ts.SourceFile, node: ts.Node): number {
  const line = (at: number) => file.getLineAndCharacterOfPosition(at).line;
  return line(node.end) - line(node.getStart(file)) + 1;
}

function nameOf(node: ts.SignatureDeclaration, file: ts.SourceFile): string {
  return node.name?.getText(file) ?? "a function without a name";
}

describe("a function of src, kernel and checker", () => {
  it(`is at most ${most} lines long, or has the reason written above it`, () =>
    assert.deepEqual(sources(["src", "kernel", "checker"]).flatMap(tooLong), []));

  it("is seen where it is longer", () => {
    const text = `function long() {\n${"  f();\n".repeat(most)}}\n`;
    const parse = (code: string) => ts.createSourceFile("/x.ts", code, ts.ScriptTarget.Latest, true);
    assert.equal(tooLong(parse(text)).length, 1);
    assert.deepEqual(tooLong(parse(`${reason}it must be.\n${text}`)), []);
  });
});
