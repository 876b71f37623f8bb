import assert from "node:assert/strict";
import type { Converted } from "../../dist/kernel/pipe/languageWords.js";
import { LanguageProcess } from "../../dist/kernel/server/languageProcess.js";
import { type Client, resultText, startKernel } from "./client.js";
import { declarationsOf, isPlain } from "./programs.js";

const declaring = `let n = 3, m = 4; let text = "a"; const o = { n: { x: 1 }, get bad(): number { throw new RangeError("bad") }, f(this: unknown) { return this } };
function twice(x: number): number { return 2 * x }
function who(this: unknown): unknown { return this }
class Point { constructor(readonly x = 0) {} get far(): Point { throw new Error("far") } }
const nothing = undefined as unknown as { a: { b: number }; g: (x?: unknown) => number }, list = [3, 1, 2];
let no = undefined as unknown as () => number, calls: number[] = [];
const note = (x: number) => { calls.push(x); return x };
let either: number | string = 1; let h: ((x: number) => number) | undefined;
enum Colour { red, green }
const enum Size { small = 7 }`;

/** Cells that run as they are written. */
const plain: readonly string[] = [
  "1 + 2",
  "n",
  "n + m * 2 // a comment\n",
  "/* before */ n /* after */",
  "n += 2; m = n ** 2; m--; ++n",
  "twice(twice(n))",
  "twice\n(n)",
  "text\ntwice(1)",
  "text\n;[n].length",
  "n++, m",
  "(n++, twice)(3)",
  "(twice)(3)",
  "who()",
  "(who)()",
  "who?.()",
  "o.f() === o",
  "(0, o.f)()",
  "({ n, m: n, twice: [twice], [text]: 1, ...o.n })",
  "[...list, , n]",
  "list.map((x) => x * n)",
  "list.map((x, i, all) => twice(x) + i + all.length)",
  "list.map((n) => n)",
  "list.map((x = n, ...rest) => [x, rest.length])",
  "list.map((x) => ({ x, n }))",
  "((x) => (y) => x + y + n)(1)(2)",
  "`\x24{n} and \x24{twice(m)} and \x24{`\x24{text}`}`",
  "n > 1 ? text : m",
  "typeof n === 'number' && !(m in list) || void 0",
  "new Point(n).x",
  "new Point",
  "o?.n?.['x']",
  "n.toString(2)",
  "list",
  "note(1); note(2);\nnote(3); calls.join()",
  "/n+/gv.test('nn')",
  "10n ** 20n",
  "n = m = 2",
  "either = 'text'",
  "'use strict'; n",
  "o.n.x = n, o.n",
  "Math.max(...list, n)",
  "JSON.stringify({ 'n': n })",
  "phi.length >= 0 && matrix(2, 2, [1, 2, 3, 4])",
  "list.sort((a, b) => a - b)[0]",
  "nothing.a.b",
  "nothing.a\n  .b + 1",
  "1 + nothing.g() + n",
  "no()",
  "twice(no())",
  "n; twice(n) + no() + twice(\n  no())",
  "list.map((x) => no() + x)",
  "list\n  .map((x) => nothing.g(x))",
  "nothing.g(twice(n))",
  "o.bad + n",
  "new Point().far.x",
  "JSON.parse('{')",
  "h?.(1)",
  "Colour.green",
];

/** Cells that are printed anew, each for a reason. */
const printed: readonly string[] = [
  "",
  "// a comment alone",
  "n as number",
  "n satisfies number",
  "twice!(1)",
  "list.map((x: number) => x)",
  "Array.of<number>(n)",
  "n <!--m\n",
  "h = (x) => x",
  "h ??= ((x) => x)",
  "[n, m] = [m, n]",
  "({ n } = { n: 1 })",
  "[[1]].map(([x]) => x)",
  "list.map((x) => { return x })",
  "Promise.resolve(n).then((x) => x)",
  "Promise.reject(1).catch(() => n)",
  "await n",
  "await import('node:fs')",
  "require('node:fs').constants.F_OK",
  "Size.small",
  "Size['small']",
  "({ valueOf() { return 1 } })",
  "({ get x() { return n } }).x",
  "new Proxy({}, {})",
  "({ valueOf: () => n })",
  "Object.defineProperty({}, 'x', { value: n })",
  "this",
  "n;;",
  "for (const x of list) n += x",
  "const fresh = 1",
  "exports.n",
  "async () => n",
  "() => function () { return n }",
  "String.raw`\x24{n}`",
  "missing",
];

describe("a cell that runs as it is written", function () {
  this.timeout(60_000);
  const language = new LanguageProcess(() => undefined);
  let declared = "";
  let kernel: Client;
  before(async () => {
    const { declarations } = await language.prelude();
    declared = declarationsOf(await language.convert(declarations, declaring));
    await language.convert(declared, "for (;;) break");
    kernel = await startKernel();
    const { reply } = await kernel.execute(declaring);
    assert.equal(reply.content.status, "ok");
  });
  after(() => Promise.all([language.stop(), kernel.stop()]));

  const convert = (code: string): Promise<Converted> => language.convert(declared, code);

  it("is one of expressions that the transformers would leave alone, and no other", async () => {
    const wrong: string[] = [];
    for (const code of plain) if (!isPlain(await convert(code))) wrong.push(`printed: ${code}`);
    for (const code of printed) {
      if (isPlain(await convert(code))) wrong.push(`plain: ${code}`);
      await convert("for (;;) break"); // one that is wrong has taken the program with it
    }
    assert.deepEqual(wrong, []);
  });

  it("gives what it gives when it is printed: value, variables and errors with their places", async () => {
    const state = "JSON.stringify([n, m, text, o.n, list, calls, either])";
    const reset =
      "n = 3; m = 4; text = 'a'; o.n.x = 1; list.splice(0, 9, 3, 1, 2); calls.length = 0; either = 1";
    const outcome = async (code: string, linesBefore: number): Promise<unknown> => {
      const { iopub, reply } = await kernel.execute(code, { user_expressions: { state } });
      const label = new RegExp(`In\\[${reply.content.execution_count}\\]:(\\d+)`, "g");
      const seen = iopub.filter(({ header }) => !["status", "execute_input"].includes(header.msg_type));
      const told = seen.map(
        ({ content }) => content.data ?? [content.ename, content.evalue, content.traceback],
      );
      const after = JSON.stringify(reply.content.user_expressions ?? "");
      if (!after.includes(start)) await kernel.execute(reset);
      return [
        JSON.stringify(told).replaceAll(label, (_, line) => `In[n]:${Number(line) - linesBefore}`),
        after,
      ];
    };
    const start = resultText((await kernel.execute(state)).iopub) as string;
    for (const code of plain) assert.deepEqual(await outcome(code, 0), await outcome(`;\n${code}`, 1), code);
  });

  it("notes which variables its functions mention, for loops of later cells", async () => {
    assert.match(
      declarationsOf(await convert("list.map((x) => x * n + twice(m))")),
      /\/\/ functions mention .*\bm n\b.* twice/,
    );
    assert.equal(declarationsOf(await convert("n + m")), declared);
  });

  it("says whether it may run code of others", async () => {
    const runsOther = async (code: string): Promise<unknown> => {
      const converted = await convert(code);
      return "script" in converted && converted.script?.runsOther;
    };
    for (const code of ["1 + 2", "n", "n += m", "[n, { text }]", "(x = n) => x"])
      assert.equal(await runsOther(code), false, code);
    for (const code of [
      "twice(n)",
      "o.bad",
      "list[0]",
      "new Point",
      "[...list]",
      "`\x24{n}`",
      "let fresh = 1",
    ])
      assert.equal(await runsOther(code), true, code);
  });

  it("looks in arrow functions that call something whether it is to stop", async () => {
    const code = async (cell: string): Promise<string> => JSON.stringify(await convert(cell));
    assert.match(await code("list.map((x) => twice(x))"), /=> \(__philab_flag !== 0 && __philab_check\(\), /);
    assert.doesNotMatch(await code("list.map((x) => x + 1)"), /__philab_flag/);
  });
});
