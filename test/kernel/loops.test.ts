import assert from "node:assert/strict";
import ts from "typescript";
import { LanguageProcess } from "../../dist/kernel/server/languageProcess.js";
import { checkName, defineName, flagName, variableName } from "../../kernel/pipe/cellNames.js";

/** Programs that return what their loops made; the checks must not change it. */
const programs: Record<string, string> = {
  "counts up": "let s = 0; for (let i = 0; i < 40_000; i++) s += i; return s",
  "counts to a bound included": "let s = 0; for (let i = 1; i <= 16_384; i++) s += i; return s",
  "counts down":
    "const seen: number[] = []; for (let i = 40_000 - 1; i >= 0; i--) seen[i] = i; return seen.length + seen[39_999]!",
  "counts down to a bound excluded": "let s = 0; for (let i = 20_000; i > 3; i--) s += i; return s",
  "counts by twos": "let s = 0; for (let i = 0; i < 50_001; i += 2) s += i; return s",
  "breaks and continues":
    "let s = 0; for (let i = 0; i < 1e6; i++) { if (i % 2) continue; if (i > 30_000) break; s += i } return s",
  "breaks out of a switch only":
    "let s = 0; for (let i = 0; i < 20_000; i++) { switch (i % 3) { case 0: break; default: s++ } } return s",
  "breaks to a label":
    "let s = 0; outer: for (let i = 0; i < 10; i++) { for (let j = 0; j < 10; j++) { if (j > i) continue outer; if (i > 5) break outer; s++ } } return s",
  "changes its own counter": "let s = 0; for (let i = 0; i < 50_000; i++) { s++; i += 2 } return s",
  "changes its bound":
    "let n = 10, s = 0; for (let i = 0; i < n; i++) { s++; if (s < 20_000) n = n + 1 } return s",
  "grows the array it walks":
    "const a = [0]; for (let i = 0; i < a.length; i++) { if (i < 20_000) a[i + 1] = i } return a.length",
  "shortens the array it walks":
    "const a = new Array<number>(30_000); let s = 0; for (let i = 0; i < a.length; i++) { s++; a.length = 20_000 } return s",
  "counts in bigints": "let s = 0n; for (let i = 0n; i < 20_000n; i++) s += i; return String(s)",
  "closes over each turn's variable":
    "const f: (() => number)[] = []; for (let i = 0; i < 3; i++) f[i] = () => i; return f.map((g) => g()).join()",
  "has two variables": "let s = 0; for (let i = 0, n = 20_000; i < n; i++) s += n - i; return s",
  "has no body": "let i = 0; for (; i < 20_000; i++); return i",
  "never runs": "let s = 0; for (let i = 5; i < 5; i++) s++; return s",
  "has a bound that is not a number": "let s = 0; const n = NaN; for (let i = 0; i < n; i++) s++; return s",
  "goes on for ever until it breaks":
    "let s = 0; for (let i = 0; i < Infinity; i++) { if (i === 40_000) break; s++ } return s",
  "walks, while and do":
    "let s = 0; for (const x of [1, 2]) s += x; for (const k in { a: 1 }) s += k.length; while (s < 100) s++; do s++; while (s < 200); return s",
  nests:
    "let s = 0; for (let i = 0; i < 300; i++) for (let j = i; j < 300; j++) for (let k = 0; k < 2; k++) s += j - i; return s",
  "is in a generator, an arrow, a method, a static block":
    "function* g() { for (let i = 0; i < 3; i++) yield i } class C { static s = 0; static { for (let i = 0; i < 5; i++) C.s += i } m() { 'use strict'; let t = 0; for (let i = 0; i < 4; i++) t += i; return t } } const f = (n: number) => { let t = 0; while (t < n) t++; return t }; return [...g()].join() + C.s + new C().m() + f(7)",
};

describe("interrupt checks in loops", function () {
  this.timeout(30_000);
  const language = new LanguageProcess((text) => assert.fail(text));
  after(() => language.stop());
  const compile = async (body: string): Promise<string> => {
    const converted = await language.convert("", `function program(): any { ${body} }`);
    assert.deepEqual(converted.problems, []);
    return (converted as { script: { code: string } }).script.code;
  };
  const run = (javascript: string, flag: 0 | 1, check: () => void): unknown =>
    new Function(
      "exports",
      defineName,
      variableName,
      flagName,
      checkName,
      `${javascript}; return program();`,
    )(
      {},
      () => undefined,
      () => ({}),
      flag,
      check,
    );

  for (const [what, body] of Object.entries(programs)) {
    it(`change nothing in a loop that ${what}`, async () => {
      const plain = ts.transpile(body, { target: ts.ScriptTarget.ES2022 });
      const code = await compile(body);
      const wanted: unknown = new Function(plain)();
      assert.deepEqual(
        run(code, 0, () => assert.fail()),
        wanted,
      );
      assert.deepEqual(
        run(code, 1, () => undefined),
        wanted,
        "looking at every turn",
      );
    });
  }

  const endless: Record<string, string> = {
    "for (;;)": "for (;;);",
    "while (true)": "while (true) { }",
    "do … while": "let x = 0; do x++; while (x > 0);",
    "a counted loop to Infinity": "for (let i = 0; i < Infinity; i++);",
    "a counted loop that stays": "for (let i = 0; i < 1; ) { i = 0 }",
    "an iterator without end": "for (const x of (function* () { for (;;) yield 1 })());",
    "nested loops of no turns": "for (;;) for (let i = 0; i < 0; i++);",
    "a recursive function": "const again = (): void => { try { again() } catch { again() } }; again();",
  };
  for (const [what, body] of Object.entries(endless)) {
    it(`stop ${what}`, async () => {
      const code = await compile(body);
      const stop = (): void => {
        throw new TypeError("stopped");
      };
      assert.throws(() => run(code, 1, stop), /stopped/);
    });
  }
});

describe("a loop that calls something", function () {
  this.timeout(30_000);
  const language = new LanguageProcess((text) => assert.fail(text));
  after(() => language.stop());
  const cell = "let sum = 0; const term = (x: number) => 2 * x; for (let i = 0; i < 9; i++) sum += term(i);";
  const copy = /let sum = __philab_of_sum\.v/;

  async function scriptOf(
    declarations: string,
    code: string,
  ): Promise<{ code: string; declarations: string }> {
    const converted = await language.convert(declarations, code);
    assert.ok("declarations" in converted && converted.script, JSON.stringify(converted.problems));
    return { code: converted.script.code, declarations: converted.declarations };
  }

  it("keeps its variable in a copy when its cell is run again, until a function of a cell mentions it", async () => {
    const first = await scriptOf("", cell);
    const again = await scriptOf(first.declarations, cell);
    for (const { code } of [first, again]) assert.match(code, copy);
    assert.equal(again.declarations, first.declarations);
    const known = await scriptOf(again.declarations, "const peek = () => sum; peek()");
    assert.doesNotMatch((await scriptOf(known.declarations, cell)).code, copy);
    const later = await scriptOf(known.declarations, "type Later = 1; let later: Later = 1; later");
    assert.doesNotMatch((await scriptOf(later.declarations, cell)).code, copy);
  });

  it("keeps none where a cell that ended half way has a function that does", async () => {
    const before = (await scriptOf("", cell)).declarations;
    const half = await scriptOf(before, "[() => sum++].forEach((f) => f()); throw 1");
    for (const assigned of [[], ["sum"]]) {
      const settled = await language.settle(before, half.declarations, assigned);
      assert.doesNotMatch((await scriptOf(settled, cell)).code, copy, settled);
    }
  });
});
