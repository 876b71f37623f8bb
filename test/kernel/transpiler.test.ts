import assert from "node:assert/strict";
import ts from "typescript";
import { cellTransformers } from "../../dist/kernel/language/cellTransformers.js";
import { transpiler } from "../../dist/kernel/language/transpiler.js";

const sources = [
  "1 + 2;\nexport {};",
  "let a = 1; function f() { return a++ }\nexport { a, f };",
  "import { join } from 'node:path'; import * as fs from 'node:fs'; import all from './all'; join(fs.sep, all());\nexport const x = join('a'); export { all };",
  "const m = require('node:fs'); m.sep; const { join } = require('node:path'); join;\nexport { m, join };",
  "exports.old.n++; const n = exports.old; n;\nexport { n };",
  "class A { #p = 1; static s = A.name; m() { return new A() } }\nexport { A };",
  "var Color; (function (Color) { Color[Color['red'] = 0] = 'red' })(Color || (Color = {}));\nexport { Color };",
  "for (const x of [1]) { let y = x; setTimeout(() => y) } try { y } catch (e) { e }\nexport {};",
  "const v = await import('node:fs'); import.meta.url; for await (const x of v) x;\nexport { v };",
  "export * from './other'; export default class {}",
  "var alone = 1; alone; module.exports = { alone };",
  "function shadow(exports, a) { { let a = exports; return a } }\nexport { shadow };",
];

describe("the transpiler", () => {
  const notes = { noteFlow: () => undefined, noteInFunctions: () => undefined, isInFunctions: () => false };
  const options = (target: ts.ScriptTarget): ts.TranspileOptions => ({
    fileName: "custom.js",
    compilerOptions: { module: ts.ModuleKind.CommonJS, esModuleInterop: true, sourceMap: true, target },
    transformers: cellTransformers(ts, notes),
  });

  it("writes each file, with its map, as TypeScript's own writes it alone, whatever files came before", () => {
    const transpile = transpiler(ts);
    for (const target of [ts.ScriptTarget.ESNext, ts.ScriptTarget.ES2022]) {
      for (const source of [...sources, ...sources.toReversed()]) {
        const { outputText, sourceMapText } = transpile(source, options(target));
        const own = ts.transpileModule(source, options(target));
        assert.deepEqual([outputText, sourceMapText], [own.outputText, own.sourceMapText], source);
      }
    }
  });

  it("makes one checker for many files", () => {
    const own = { ...ts };
    let programs = 0;
    own.transpileModule = (...args) => {
      programs++;
      return ts.transpileModule(...args);
    };
    const transpile = transpiler(own);
    for (let i = 0; i < 20; i++) transpile(`${i};\nexport {};`, options(ts.ScriptTarget.ESNext));
    assert.equal(programs, 1);
    for (let i = 0; i < 3; i++)
      transpile(`"${"x".repeat(2 ** 19)}";\nexport {};`, options(ts.ScriptTarget.ESNext));
    assert.equal(programs, 2, "it forgets what it has read when that has become much");
  });
});
