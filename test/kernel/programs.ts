/** Cells that are converted by the program that lives and by one of their own, and what is compared of them. */
import assert from "node:assert/strict";
import ts from "typescript";
import type { Converted } from "../../dist/kernel/pipe/languageWords.js";
import { LanguageProcess } from "../../dist/kernel/server/languageProcess.js";

const declaring = `let n = 1, w: 2 | 1 = 1; const Z = matrix(2, 2, [1, 2, 3, 4]); type Kind = "b" | "a";
enum Colour { red, green }
class Box<T> { constructor(readonly value: T) {} }
const either = (x: boolean) => x ? "b" : "a";
namespace Inner { export const depth = 3 }
declare global { interface Array<T> { everySecond(): T[] } }
function twice(x: number): number { return 2 * x }`;

/** Cells that declare nothing, in an order in which each could hear from the one before it. */
export const quiet: readonly string[] = [
  "1 + 2",
  "",
  "// a comment alone",
  "n + 1",
  "w = 2; n += w",
  "n = 'text'",
  "n = 'text'",
  "n + 2",
  "Z",
  "either(true) satisfies 'a' | 'b'",
  "either(true) satisfies 'c'",
  "[either, 'a', 'b'].map((x) => typeof x === 'string' ? x : x(true))",
  "new Box(n).value.toFixed(2)",
  "new Box(n).value.toUpperCase()",
  "Colour.green",
  "Inner.depth + [1, 2].everySecond().length",
  "[n, w] = [w === 1 ? 1 : 2, 2]",
  "({ n, w })",
  "for (const x of [1, 2]) { let y = x; n += y }",
  "for (let i = 0; i < 3; i++) setTimeout(() => console.log(i, n))",
  "if (n > 1) console.log(`n is \x24{n}`); else throw new Error('none')",
  "try { twice(1) } catch (e) { console.log(e) }",
  "await Promise.resolve(n)",
  "for await (const x of [1]) console.log(x)",
  "await import('node:fs')",
  "require('node:fs').existsSync('.')",
  "(await import('node:path')).join('a', 'b')",
  "import.meta.url",
  "typeof missing",
  "missing",
  "missing",
  "this is no cell",
  "// @ts-expect-error\nn = 'text'",
  "// @ts-expect-error\nn = 3",
  "label: for (;;) { break label }",
  "(() => { class Inside { @logged m() {} } function logged(f: () => void, _: ClassMethodDecoratorContext) { return f } return new Inside() })()",
  "{ using held = { [Symbol.dispose]() {} }; }",
  "n as unknown as string",
  "/(?<year>\\d+)/v.exec('1')!.groups!.year",
  "export default n",
  "export { n }",
  "throw twice",
];

/** Cells that declare, each after the same declarations. */
export const loud: readonly string[] = [
  "const fresh = either(true)",
  "let n = 'text'; n",
  "const pair = [Z, { n, w }] as const; pair",
  "function twice(x: string): string { return x + x }",
  "class Box {}",
  "type Kind = 3",
  "import { join } from 'node:path'; join('a')",
  "var { a, b: [c] } = { a: 1, b: ['c'] }",
  "for (var i = 0; i < 3; i++) n += i",
  "interface Named { name: string }",
  "namespace Inner { export const width = 4 }",
  "declare global { interface Array<T> { everyThird(): T[] } }",
  "enum Colour { blue }",
  "const hidden: number = 'text'",
];

/** A language process, and what a cell declares that the others come after. */
export class BothWays {
  readonly language: LanguageProcess = new LanguageProcess(() => undefined);
  declared = "";
  #count = 0;

  async begin(): Promise<void> {
    const { declarations } = await this.language.prelude();
    this.declared = declarationsOf(await this.language.convert(declarations, declaring));
  }

  /** By a program of its own: its declarations were never there before. */
  alone(code: string, before: string = this.declared): Promise<Converted> {
    return this.language.convert(`declare const own${++this.#count}: number;\n${before}`, code);
  }

  /** Cells that declare nothing, one after the other, and each alone. */
  async compareQuiet(codes: readonly string[]): Promise<void> {
    const together: Converted[] = [];
    await this.language.inspect(this.declared, "missing.length", 3); // its checker has noted an error
    for (const code of codes) together.push(await this.language.convert(this.declared, code));
    const wrong = together.filter(({ problems }) => problems.length > 0);
    assert.ok(wrong.length > 0 && wrong.length < codes.length / 2, `${wrong.length} examples are wrong`);
    for (const [i, code] of codes.entries()) compare(together[i]!, await this.alone(code), code);
  }

  /** Cells that declare something: after a pause in which the program was made, without one, and alone. */
  async compareLoud(codes: readonly string[]): Promise<void> {
    for (const code of codes) {
      const other = await this.alone(code);
      await this.language.convert(`${this.declared}\n`, "'a' as 'a' | 'b'"); // "a" comes first for its checker
      const atOnce = await this.language.convert(`${this.declared}\n`, code);
      await this.language.convert(this.declared, "this is no cell"); // from now on it waits for a cell after these
      await new Promise((resolve) => setTimeout(resolve, 100));
      const ahead = await this.language.convert(this.declared, code);
      for (const each of [atOnce, ahead]) compare(each, other, code);
    }
  }
}

function compare(one: Converted, other: Converted, code: string): void {
  assert.deepEqual(scriptOf(one), scriptOf(other), code);
  if (one.problems.length === 0 && isPlain(one) === isPlain(other))
    assert.deepEqual(mapsOf(one), mapsOf(other), code);
  assert.equal(declaredBy(one), declaredBy(other), code);
}

/** The declarations after a cell, without those that `alone` adds. */
function declaredBy(converted: Converted): string {
  const text = "declarations" in converted ? converted.declarations : "";
  const file = ts.createSourceFile("declarations.d.ts", text, ts.ScriptTarget.Latest);
  const printed = file.statements.map((statement) =>
    ts.createPrinter().printNode(ts.EmitHint.Unspecified, statement, file),
  );
  return printed.filter((each) => !each.startsWith("declare const own")).join("\n");
}

export function declarationsOf(converted: Converted): string {
  assert.deepEqual(converted.problems, []);
  return "declarations" in converted ? converted.declarations : "";
}

/** What a script says and how it runs; positions are compared by what errors say of them (plainCell.test.ts). */
export function scriptOf(converted: Converted): unknown {
  if (!("script" in converted) || !converted.script) return converted.problems;
  const { code, flow, lastExpression, imports, modules } = converted.script;
  return { code: meaningOf(code), flow, lastExpression, imports, modules };
}

function mapsOf(converted: Converted): unknown {
  return "script" in converted && converted.script && [converted.script.maps, converted.script.insertions];
}

/** Whether the cell runs as it was written. */
export function isPlain(converted: Converted): boolean {
  return "script" in converted && converted.script !== undefined && converted.script.maps === undefined;
}

/** JavaScript without brackets, comments and what says nothing; the variables that it asks for in the order of the alphabet. */
function meaningOf(code: string): string {
  const strip: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
    const visit = (node: ts.Node): ts.Node | undefined => {
      if (
        ts.isEmptyStatement(node) ||
        (ts.isStatement(node) && /^__philab_define\("__esModule/.test(node.getText(file)))
      )
        return undefined;
      const inner = ts.visitEachChild(node, visit, context);
      if (ts.isVariableDeclarationList(inner) && node.getText(file).startsWith("const __philab_of_"))
        return context.factory.updateVariableDeclarationList(
          inner,
          inner.declarations.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)),
        );
      return ts.isParenthesizedExpression(inner) ? inner.expression : inner;
    };
    return ts.visitEachChild(file, visit, context);
  };
  const file = ts.createSourceFile("script.js", code, ts.ScriptTarget.Latest, true);
  const printed = ts
    .createPrinter({ removeComments: true })
    .printFile(ts.transform(file, [strip]).transformed[0]!);
  return printed.replaceAll(/\s+/g, " ").replaceAll(/[()]/g, "");
}

function nameOf({ name }: ts.VariableDeclaration): string {
  return name.getText();
}
