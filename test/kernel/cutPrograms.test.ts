import assert from "node:assert/strict";
import fc from "fast-check";
import ts from "typescript";
import { cases } from "../cases.js";
import { type Client, resultText, startKernel } from "./client.js";

/** A random program: statements at the top level, and before which of them a new cell begins. */
interface Program {
  readonly statements: readonly string[];
  readonly cuts: readonly boolean[];
}

const name = fc.constantFrom("a", "b", "c");
const digit = fc.integer({ min: 0, max: 9 }).map(String);
const plain = fc.oneof(
  digit,
  name,
  fc.tuple(name, digit).map(([v, k]) => `(${v} * 3 + ${k}) % 97`),
);
const operator = fc.constantFrom("=", "+=", "-=", "??=", "||=", "&&=");

/** Statements that call nothing: also what functions are made of. */
const simple = fc.oneof(
  fc.tuple(name, operator, plain).map((words) => `${words.join(" ")};`),
  name.map((v) => `${v}++;`),
  name.map((v) => `--${v};`),
  fc
    .tuple(name, name, plain)
    .map(([v, w, e]) => (v === w ? `[${v}] = [${e}];` : `[${v}, ${w}] = [${w}, ${e}];`)),
  fc.tuple(name, plain).map(([v, e]) => `({ x: ${v} = ${e} } = {} as { x?: number });`),
  fc.tuple(name, digit).map(([v, e]) => `{ let ${v} = ${e}; ${v}++; log.push(${v}); }`),
  fc.tuple(name, name, digit).map(([v, w, k]) => `for (let i = 0; i < ${k}; i++) { ${v} += i; ${w}--; }`),
  fc.tuple(name, plain).map(([v, e]) => `for (const ${v} of [1, 2]) log.push(${v} + 1, ${e === v ? 0 : 1});`),
  fc.tuple(name, name, plain).map(([v, w, e]) => `${v} = (${w}++, ${e}) > 4 ? ${w} : -${v} % 7;`),
  fc
    .tuple(name, name, plain)
    .filter(([v, w]) => v !== w)
    .map(([v, w, e]) => `({ p: [${v} = ${e}] = [], ...({ q: ${w} = 2 } = {}) } = { p: [] } as any);`.replace(/, \.\.\.\(([^)]*)\)/, "")), // biome-ignore format: one pattern
  fc
    .tuple(name, plain)
    .map(([v, e]) => `switch (Number(${e})) { case 3: ${v}++; case 4: ${v} += 2; break; default: ${v}--; }`),
  fc
    .tuple(name, name, digit)
    .map(
      ([v, w, k]) =>
        `out: for (let i = 0; i < 4; i++) { for (let j = 0; j < 3; j++) { if (j === ${k}) continue out; if (i === 3) break out; ${v} += j; } ${w}++; }`,
    ),
  fc
    .tuple(name, plain)
    .map(
      ([v, e]) =>
        `(({ x = ${v} }: { x?: number } = {}, y = () => x + ${v}) => { ${v} = ${e}; d += y(); })();`,
    ),
);

const call = fc.oneof(
  plain.map((e) => `f(${e})`),
  plain.map((e) => `g(${e})`),
  fc.constantFrom("new K().m()", "K.s()", "o.sum", "gen.next().value"),
  fc.constantFrom("new P().p", "P.t", "E.y", "N.up()", "N.n", "tag`\x24{a}x\x24{b}`", "(maybe?.(c) ?? 0)"),
);

/** Statements of the program itself. */
const statement = fc.oneof(
  simple,
  call.map((e) => `log.push(${e});`),
  fc.tuple(name, call).map(([v, e]) => `${v} += ${e};`),
  fc
    .tuple(name, call, digit)
    .map(([v, e, k]) => `for (let i = 0; i < ${k}; i++) { ${v} = ${v} % 7 + ${e}; }`),
  fc.tuple(name, simple).map(([v, inner]) => `for (${v} of [4, 2]) { ${v}--; ${inner} }`),
  fc.tuple(name, digit).map(([v, k]) => `for (var i = 0; i < ${k}; i++) ${v} += i; log.push(i);`),
  fc.tuple(name, digit).map(([v, k]) => `for (${v} = 0; ${v} < ${k}; ${v}++) d += ${v};`),
  fc
    .tuple(simple, plain, simple, simple)
    .map(
      ([first, e, second, last]) =>
        `try { ${first} for (let i = 0; i < 5; i++) { d++; if (i === ${e}) throw i; } ${second} } catch (a) { let b = 1; b++; log.push(b); } finally { ${last} }`,
    ),
  fc.tuple(name, plain).map(([v, e]) => `((${v}: number) => { ${v}++; log.push(${v}); })(${e});`),
  fc.tuple(plain, call).map(([e, f]) => `o.sum = ${e}; log.push(${f});`),
  fc.tuple(plain, simple, simple).map(([e, yes, no]) => `if (${e} > 3) { ${yes} } else { ${no} }`),
  fc.tuple(plain, simple, call).map(([e, inner, f]) => `{ using r = held(${e}); ${inner} log.push(${f}); }`),
  fc.tuple(name, plain, call).map(([v, e, f]) => `${v} += (await later(${e})) + ${f};`),
  fc.tuple(name, plain).map(([v, e]) => `for await (${v} of [later(${e}), 2]) d += ${v} % 5;`),
  fc
    .tuple(name, plain)
    .map(
      ([v, e]) =>
        `try { await fails(${e}); } catch ({ message }: any) { ${v} += message.length; } finally { ${v}--; }`,
    ),
  simple.map((inner) => `void Promise.resolve().then(() => { ${inner} });`),
  fc.tuple(name, digit).map(([v, k]) => `for (let i = 0; i < ${k} % 4; i++) kept.push(() => (${v} += i));`),
  fc.constant("for (const each of kept) log.push(each() % 97);"),
  fc
    .tuple(name, simple)
    .map(([v, inner]) => `log.push([3, 1].toSorted().findLast((x) => { ${inner} return x < ${v}; }) ?? 0);`),
  fc
    .tuple(name, simple)
    .map(
      ([v, inner]) => `log.push("aXbx".replace(/x/dgi, () => { ${inner} return String(${v} % 7); }).length);`,
    ),
  plain.map((e) => `new P().p = ${e};`),
  plain.map((e) => `maybe = (x) => { a += x; return ${e}; };`),
  plain.map((e) => `var c: number = ${e};`),
  fc.constant("var c: number;"),
);

const program: fc.Arbitrary<Program> = fc
  .record({
    f: simple,
    g: simple,
    m: simple,
    s: simple,
    y: simple,
    rest: fc.array(statement, { minLength: 4, maxLength: 9 }),
  })
  .map(({ f, g, m, s, y, rest }) => [
    "let a = 1, [b, d] = [2, 0]; const log: number[] = [];",
    "var c = 3;",
    `function f(x: number): number { ${f} return a + x; }`,
    `const g = (x: number): number => { ${g} return b - f(x); };`,
    `class K { v = a; m(): number { ${m} return this.v + c; } static s(): number { ${s} return a++; } }`,
    `function* walk(): IterableIterator<number> { for (;;) { ${y} yield c++; } } const gen = walk();`,
    "const held = (x: number) => ({ [Symbol.dispose]() { d += x; log.push(a); } });",
    "const later = async (x: number) => { a++; await null; b += x % 5; return a + x; };",
    "const fails = async (x: number) => { d = x; throw new Error('x'.repeat(a & 3)); };",
    "enum E { x = 2, y } namespace N { export let n = 1; export const up = () => { n++; a += n % 5; return n; }; }",
    "class P { #p = a; static t = 0; static { P.t = b; } get p() { c++; return this.#p; } set p(x) { this.#p = x; a = x; } }",
    "const kept: (() => number)[] = []; let maybe: ((x: number) => number) | undefined;",
    "const tag = (words: TemplateStringsArray, ...values: number[]) => { c++; return values.length + words.length + a; };",
    "const o = { get sum(): number { return a + b + c + d; }, set sum(x: number) { a = x; d = x; } };",
    ...rest,
  ])
  .chain((statements) =>
    fc.record({
      statements: fc.constant(statements),
      cuts: fc.array(fc.boolean(), { minLength: statements.length, maxLength: statements.length }),
    }),
  );

const outcome = "JSON.stringify([a, b, c, d, log])";

/** Between two cells, what has been promised is done. */
const pause = "await new Promise(setImmediate);";

async function asOneScript({ statements, cuts }: Program): Promise<unknown> {
  const text = [...statements.map((each, i) => (cuts[i] ? `${pause}\n${each}` : each)), pause].join("\n");
  const body = `return (async () => { ${text}\nreturn ${outcome}; })();`;
  return new Function(`"use strict"; ${ts.transpile(body, { target: ts.ScriptTarget.ES2022 })}`)();
}

function cellsOf({ statements, cuts }: Program): string[] {
  const cells: string[] = [];
  for (const [i, text] of statements.entries()) {
    if (i === 0 || cuts[i]) cells.push(text);
    else cells[cells.length - 1] += `\n${text}`;
  }
  return cells;
}

/** The same program with names that no program before it had. */
function renamed({ statements, cuts }: Program, suffix: string): Program {
  const names = /\b(a|b|c|d|f|g|i|o|K|P|E|N|log|gen|walk|held|later|fails|kept|maybe|tag)\b(?!'|\w*X)/g;
  return { statements: statements.map((text) => text.replace(names, `$1${suffix}`)), cuts };
}

describe("a program cut into cells", function () {
  this.timeout(300_000);
  let kernel: Client;
  let count = 0;
  before(async () => {
    kernel = await startKernel();
  });
  after(() => kernel.stop());

  async function inCells(cells: readonly string[]): Promise<string> {
    for (const cell of cells.slice(0, -1)) {
      const { reply } = await kernel.execute(cell);
      assert.equal(reply.content.status, "ok", `${cell}: ${String(reply.content.evalue)}`);
    }
    return String(resultText((await kernel.execute(cells.at(-1) as string)).iopub));
  }

  it("gives what it gives as one script, with names of its own and with those of the program before", async () => {
    await fc.assert(
      fc.asyncProperty(program, async (drawn) => {
        const suffix = ++count % 2 === 0 ? "" : `_${count}`;
        const { statements, cuts } = renamed(drawn, suffix);
        const last = outcome.replace(/\b(a|b|c|d|log)\b/g, `$1${suffix}`);
        const shown = await inCells([...cellsOf({ statements, cuts }), last]);
        assert.equal(shown, `'${String(await asOneScript(drawn))}'`);
      }),
      cases(12),
    );
  });
});
