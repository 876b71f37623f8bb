import assert from "node:assert/strict";
import { cellScript } from "../../kernel/live/cellScript.js";
import { shownText } from "../../kernel/live/shown.js";

/** Runs cells one after the other over the same names, as the worker does; the value of the last. */
async function ran(...sources: string[]): Promise<unknown> {
  const names: Record<string, unknown> = Object.assign(Object.create(null), {
    __philab: { kron: "kron of philab" },
  });
  const AsyncFunction = (async () => {}).constructor as new (
    ...parts: string[]
  ) => (...values: unknown[]) => Promise<unknown>;
  let value: unknown;
  for (const source of sources) {
    const { code, names: declared } = cellScript(source);
    for (const name of declared) if (!(name in names)) names[name] = undefined;
    value = await new AsyncFunction("names", `with (names) { return await (async () => {${code}\n})(); }`)(
      names,
    );
  }
  return value;
}

describe("a cell as a script of a page", () => {
  const cells: [title: string, sources: string[], value: unknown][] = [
    ["keeps names from cell to cell", ["const a = 2; let b: number = 3;", "b = b + a;", "[a, b]"], [2, 5]],
    ["returns the value of its last expression alone", ["1;\n2 + 3 // five"], 5],
    ["takes an object in parentheses for what it is", ["({ a: 1 })"], { a: 1 }],
    [
      "takes patterns apart",
      ["const { x, y: [z, ...rest], w = 7 } = { x: 1, y: [2, 3, 4] };", "[x, z, rest, w]"],
      [1, 2, [3, 4], 7],
    ],
    [
      "has its functions before its first line",
      ["const f = g();\nfunction g(): number { return 4; } // late", "f + g()"],
      8,
    ],
    [
      "keeps classes, enums and generics",
      [
        "class A<T> { constructor(readonly t: T) {} }\nenum E { One = 1, Two }",
        "[new A<number>(3).t, E.Two]",
      ],
      [3, 2],
    ],
    ["lets functions see a later value", ["let n = 1; const f = () => n;", "n = 9;", "f()"], 9],
    ["awaits at its top level", ["const v = await Promise.resolve(6) as number;", "v"], 6],
    [
      "leaves types, interfaces and satisfies out",
      ["interface P { x: number }\ntype Q = P;\nconst p = { x: 1 } satisfies Q;", "(p as P).x!"],
      1,
    ],
    [
      "imports from philab",
      ['import { kron as k } from "philab";\nimport type { Matrix } from "philab";\nk'],
      "kron of philab",
    ],
    [
      "exports nothing but the name",
      ["//| export: true\nexport const c = 5;\nexport function d() { return c; }", "d()"],
      5,
    ],
    ["begins a name without a value anew", ["let u = 1;", "let u;", "u"], undefined],
  ];
  for (const [title, sources, value] of cells)
    it(title, async () => assert.deepEqual(await ran(...sources), value));

  it("refuses modules that a page has not, and what is no TypeScript", () => {
    assert.throws(() => cellScript('import fs from "node:fs";'), /"node:fs" is not in this page/);
    assert.throws(() => cellScript("const x = ;"), SyntaxError);
  });
});

describe("a value as text in a page", () => {
  it("is written as Node writes it, within bounds", () => {
    const circle: Record<string, unknown> = { a: 1 };
    circle.self = circle;
    const wanted: [unknown, string][] = [
      [[1, 2, 3], "[ 1, 2, 3 ]"],
      [{ a: 1, b: "x" }, "{ a: 1, b: 'x' }"],
      [new Float64Array([1, 2]), "Float64Array(2) [ 1, 2 ]"],
      [new Map([["k", 1]]), "Map(1) { 'k' => 1 }"],
      [-0, "-0"],
      [3n, "3n"],
      [circle, "{ a: 1, self: [Circular *1] }"],
    ];
    for (const [value, text] of wanted) assert.equal(shownText(value), text);
    assert.match(shownText(Array.from({ length: 1e5 }, (_, k) => k)), /\.\.\. 99900 more items/);
  });
});
