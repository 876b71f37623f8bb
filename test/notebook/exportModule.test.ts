import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import fc from "fast-check";
import ts from "typescript";
import { NotebookError } from "../../kernel/notebook/format/error.js";
import type { Cell } from "../../kernel/notebook/format/types.js";
import { writeNotebook } from "../../kernel/notebook/format/write.js";
import { exportModules, staleModules, writeModules } from "../../kernel/notebook/module/exportModule.js";
import { cases } from "../cases.js";
import { code, markdown, notebook, raw } from "./build.js";
import { removeTempFolders, tempFolder } from "./tempFolder.js";

after(removeTempFolders);

const exported = (text: string, label = "one"): Cell =>
  code(`//| export: true\n//| label: ${label}\n${text}`);

async function save(cells: readonly Cell[], name = "02-vec.ipynb"): Promise<string> {
  const file = join(await tempFolder(), name);
  await writeNotebook(file, notebook(...cells));
  return file;
}

/** The one module of a notebook of these cells, without the line of its map. */
async function moduleOf(...cells: Cell[]): Promise<string> {
  const [module] = await exportModules(await save(cells));
  return (module as { text: string }).text.replace(/^\/\/# sourceMappingURL.*\n/m, "");
}

async function refuses(cells: readonly Cell[], message: RegExp): Promise<void> {
  await assert.rejects(
    exportModules(await save(cells)),
    (error) => error instanceof NotebookError && message.test(error.message),
    `wanted ${message}`,
  );
}

describe("an exported module", () => {
  it("has the exported cells' declarations with `export`, and no other cell", async () => {
    const text = await moduleOf(
      markdown("# Title"),
      raw("raw"),
      code("const hidden = 1;"),
      exported("/** Doc. */\nfunction f(): number {\n  return 1;\n}\nexport const a = 1, { b } = { b: 2 };"),
      exported(
        "async function g() {}\nclass C {}\ninterface I {}\ntype T = I;\nenum E { A }\nlet [x] = [1];",
        "two",
      ),
    );
    assert.equal(
      text,
      `// Generated from 02-vec.ipynb by "philab export --to ts". Edit the notebook, not this file.

//| export: true
//| label: one
/** Doc. */
export function f(): number {
  return 1;
}
export const a = 1, { b } = { b: 2 };

//| export: true
//| label: two
export async function g() {}
export class C {}
export interface I {}
export type T = I;
export enum E { A }
export let [x] = [1];
`,
    );
  });

  it("hoists and merges the imports that it uses, wherever in the notebook they stand", async () => {
    const text = await moduleOf(
      code('import * as path from "node:path";\nimport { readFile, writeFile } from "node:fs/promises";'),
      exported(
        'import { readFile, open as openFile } from "node:fs/promises";\nconst a = () => [readFile, openFile];',
      ),
      exported(
        'import type { Stats } from "node:fs"; import "./effect.js";\nconst b = (s: Stats) => path.sep;',
        "two",
      ),
      exported(
        'import d, { type K, k } from "./data.json" with { type: "json" };\nconst c: K = [d, k];',
        "three",
      ),
    );
    const imports = text.split("\n").filter((line) => /^\s*import\b/.test(line));
    assert.deepEqual(imports, [
      'import "../effect.js";',
      'import d from "../data.json" with { type: "json" };',
      'import { type K, k } from "../data.json" with { type: "json" };',
      'import type { Stats } from "node:fs";',
      'import { open as openFile, readFile } from "node:fs/promises";',
      'import * as path from "node:path";',
    ]);
  });

  it("imports the public names that its cells use freely from philab, types as types", async () => {
    const text = await moduleOf(
      exported(
        "function f(Z: Matrix, vec: number): Matrix {\n  const ones = { phi: 1, eye: vec }; return transpose(Z, ones.phi); }",
      ),
    );
    assert.match(text, /^import \{ type Matrix, transpose \} from "philab";$/m);
  });

  it("has relative imports, also dynamic ones, lead to where they led from the notebook", async () => {
    const text = await moduleOf(
      exported('const load = () => import("./data.js");\nexport * from "../other.js";'),
    );
    assert.match(text, /import\("\.\.\/data\.js"\)/);
    assert.match(text, /from "\.\.\/\.\.\/other\.js"/);
  });

  it("goes to the module that a cell names, and modules import from each other", async () => {
    const file = await save([
      code("//| export: true\n//| module: first\ninterface Size { h: number }\nconst h = 3;"),
      code("//| export: true\nconst f = (size: Size) => size.h + h;"),
    ]);
    const modules = await exportModules(file);
    assert.deepEqual(
      modules.map((module) => basename(module.file)),
      ["first.ts", "02-vec.ts"],
    );
    assert.match(modules[1]?.text ?? "", /^import \{ type Size, h \} from "\.\/first\.js";$/m);
  });

  it("means what the cells mean, whatever their strings hold", async () => {
    const nasty = fc.oneof(
      fc.constantFrom(
        "*/",
        "</script>",
        "`",
        "${",
        "$\u007b1}",
        "//# sourceMappingURL=x",
        "\u2028",
        "\\",
        "\r\n",
        "'\"",
        "-->",
      ),
      fc.string({ unit: "binary" }).filter((text) => !/\p{Surrogate}/u.test(text)),
    );
    const property = fc.asyncProperty(fc.array(nasty, { maxLength: 6 }), async (parts) => {
      const text = parts.join("");
      const template = text.replace(/[\\`]|\$\{/g, "\\$&");
      const source = `/* ${text.replaceAll("*/", "* /")} */ const a = ${JSON.stringify(text)};\nconst b = () => \`${template}\${a.length}\`;`;
      const text1 = await moduleOf(exported(source));
      const found = await import(`data:text/javascript,${encodeURIComponent(javascript(text1))}`);
      const wanted = new Function(`${javascript(source)}; return [a, b()];`)();
      assert.deepEqual([found.a, found.b()], wanted);
    });
    await fc.assert(property, cases(60));
  });
});

const javascript = (text: string): string =>
  ts.transpileModule(text, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 },
  }).outputText;

/** All signs that turn the direction of writing, end a line unseen, or command a terminal. */
const deceiving = /[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|(?![\t\n\r])\p{Cc}/u;

describe("exported code reads as it runs", () => {
  const values = async (text: string): Promise<Record<string, unknown>> =>
    import(`data:text/javascript,${encodeURIComponent(javascript(text))}`);

  it("with signs that turn the direction of writing as numbers, in texts and comments, and the same values", async () => {
    const text = await moduleOf(
      exported(
        'const a = "user\u202e \u2066// only admins\u2069 \u2066"; /* \u202a */ // \u202b\nconst b = () => `\u2067$\u007ba}\u2068\x1b[2J`;\nconst c = /\u200f/.test("\u200f");\n// last \u202d',
      ),
    );
    assert.doesNotMatch(text, deceiving);
    const { a, b, c } = await values(text);
    assert.equal(a, "user\u202e \u2066// only admins\u2069 \u2066");
    assert.equal((b as () => string)(), `\u2067${a}\u2068\x1b[2J`);
    assert.equal(c, true);
  });

  it("also in imports that are moved, and in paths that are written anew", async () => {
    const text = await moduleOf(
      exported(
        'import { x } from "./a\u202e.js";\nimport "./b\u2066.js";\nconst a = () => [x, import("./c\u2069.js")];',
      ),
    );
    assert.doesNotMatch(text, deceiving);
    for (const part of ["a\\u202e.js", "b\\u2066.js", "c\\u2069.js"]) assert.ok(text.includes(part), text);
  });

  it("and is refused, with the line, where one stands between words, in a name, or where it is read raw", async () => {
    const refused = [
      "const a = 1;\u2028const b = 2;",
      "// safe \u2028 const b = 2;",
      "const a\u200d = 1;",
      "const { b, \u3164 } = { b: 1, \u3164: 2 };",
      "const a =\u000b1;",
      "const a = String.raw`\u202e`;",
      "const a = String.raw`$\u007b1}\u202e$\u007b2}`;",
      'const a = "\\\u2028";',
    ];
    for (const text of refused)
      await refuses([exported(text)], /cell 1 \(one\): line \d: the sign U\+[\dA-F]{4}, by which code reads/);
  });

  it("keeps what joins letters and pictures in texts", async () => {
    const text = await moduleOf(exported('const a = "👩‍🔬 \u200d \u00ad ❤️";'));
    assert.ok(text.includes('"👩‍🔬 \u200d \u00ad ❤️"'));
  });
});

describe("an exported cell is refused by name", () => {
  it("when it says, waits for or decides something at top level", async () => {
    await refuses(
      [markdown(""), exported("const a = 1;\na + 1;")],
      /02-vec\.ipynb: cell 2 \(one\): line 4: an expression statement/,
    );
    await refuses(
      [exported("const a = await Promise.resolve(1);")],
      /cell 1 \(one\): line 3: a top-level await/,
    );
    await refuses([exported("for await (const x of []) {}")], /top-level await/);
    await refuses([exported("if (true) {}")], /declares nothing/);
    await refuses([exported('import fs = require("fs");')], /import … from/);
  });

  it("when a name is exported twice", async () => {
    await refuses(
      [exported("const a = 1;"), exported("function a() {}", "two")],
      /cell 2 \(two\): a is exported twice, first by cell 1 \(one\)/,
    );
    await refuses([exported("const a = 1;\nexport { a };")], /a is exported twice/);
    await refuses(
      [exported("const a = 1;"), exported("const b = 1;")],
      /cell 2 \(one\): the label is already that of cell 1/,
    );
  });

  it("but not for overloads, a type beside its value, or await inside a function", async () => {
    const text = await moduleOf(
      exported(
        "function f(x: 1): 1;\nfunction f(x: 2): 2;\nfunction f(x: number) { return x; }\ninterface A {}\nconst A = 1;\nasync function g() { await 1; }",
      ),
    );
    assert.equal(text.match(/export function f/g)?.length, 3);
  });

  it("when it uses what a cell that is not exported declares, or what nothing has", async () => {
    await refuses(
      [code("const Z = 1;"), exported("const a = () => Z;")],
      /cell 2 \(one\): line 3: uses Z, which cell 1 .* declares and does not export/,
    );
    await refuses(
      [exported("const a = () => display(1);")],
      /cell 1 \(one\): line 3: uses display, which no exported cell/,
    );
  });

  it("when one name is imported from two modules", async () => {
    await refuses(
      [code('import { a } from "x";'), exported('import { a } from "y";\nconst b = a;')],
      /cell 2 \(one\): a is imported from "y" here and from "x" in cell 1/,
    );
  });

  it("when it is not TypeScript", async () => {
    await refuses([exported("%%js\nalert(1)")], /cell 1 \(one\): %%js cannot be exported/);
    await refuses([exported("!rm -rf /")], /!rm cannot be exported/);
    await refuses([exported("const = 1;")], /cell 1 \(one\): line 3: /);
    await refuses([code("//| export: yes\nconst a = 1;")], /export: yes; needed true or false/);
    await refuses([code("const a = 1;")], /none is exported/);
  });
});

describe("the name of an exported module", () => {
  const named = (module: string): Cell => code(`//| export: true\n//| module: ${module}\nconst a = 1;`);

  it("cannot lead out of its folder or be a device", async () => {
    for (const name of ["../../x", "/etc/x", "a/b", "a\\b", "a\0b", "..", ".hidden", "C:x", "x."]) {
      await refuses([named(name)], /module ".*; needed a plain name/);
    }
    for (const name of ["CON", "nul.x", "com1", "LPT9"]) await refuses([named(name)], /name of a device/);
  });

  it("cannot differ from another in case alone", async () => {
    const other = code("//| export: true\n//| module: vec\nconst b = 1;");
    await refuses([named("Vec"), other], /vec and Vec differ in case alone/);
  });

  it("cannot be a link, and its folder cannot be a link to elsewhere", async () => {
    const file = await save([named("vec")]);
    const elsewhere = await tempFolder();
    const folder = join(file, "..");
    await symlink(elsewhere, join(folder, "generated"));
    await assert.rejects(writeModules(file), /outside/);
    const out = join(folder, "out");
    await mkdir(out);
    await symlink(join(elsewhere, "x.ts"), join(out, "vec.ts"));
    await assert.rejects(writeModules(file, out), /symbolic link/);
    assert.deepEqual(await readdir(elsewhere), []);
  });

  it("cannot be that of a file of another hand", async () => {
    const file = await save([named("vec")]);
    const target = join(file, "..", "vec.ts");
    await writeFile(target, "export const mine = 1;\n");
    await assert.rejects(writeModules(file, target), /is not of this notebook/);
    assert.equal(await readFile(target, "utf8"), "export const mine = 1;\n");
  });
});

describe("a module beside its notebook", () => {
  it("is stale when missing or when the notebook has changed", async () => {
    const file = await save([exported("const a = 1;")]);
    const target = join(file, "..", "generated", "02-vec.ts");
    assert.deepEqual(await staleModules(file), [target]);
    assert.deepEqual(await writeModules(file), [target]);
    assert.deepEqual(await staleModules(file), []);
    await writeNotebook(file, notebook(exported("const a = 2;")));
    assert.deepEqual(await staleModules(file), [target]);
  });

  it("has mocha name the notebook, the cell, the line and the column of a failure", async () => {
    const file = await save(
      [
        exported(
          "const x = 1;\nfunction f(): number {\n  if (x) throw new Error('no');\n  return 1;\n}",
          "eq-4",
        ),
      ],
      "02 vec & mat.ipynb",
    );
    const [module] = await writeModules(file);
    const test = join(file, "..", "a.test.ts");
    await writeFile(test, `import { f } from ${JSON.stringify(module)};\nit("works", () => { f(); });\n`);
    const report = await mocha(test);
    assert.match(report, /Error: no\n\s+at .*02 vec & mat\.ipynb\/eq-4:5:16\)?\n/);
  });
});

async function mocha(test: string): Promise<string> {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const options = ["--no-config", "--node-option", "import=tsx", "--node-option", "enable-source-maps"];
  const run = promisify(execFile)(
    process.execPath,
    [join(root, "node_modules/mocha/bin/mocha.js"), ...options, test],
    { cwd: root },
  );
  return run.then(
    ({ stdout }) => stdout,
    (error: { stdout: string }) => error.stdout,
  );
}

describe("an export that would mean something else is refused, by the cell's name", () => {
  const cases: Record<string, [cells: readonly Cell[], message: RegExp]> = {
    "a name that another exported cell declares is imported": [
      [
        exported('import { join } from "node:path";\nexport const p = () => join("a", "b");'),
        exported("export const join = (a: string) => a;", "two"),
      ],
      /cell 1 \(one\): .*imports join from "node:path", and cell 2 \(two\) declares another join; rename one/,
    ],
    "a type is of nobody": [
      [exported("export const f = (x: Nowhere): number => Number(x);")],
      /cell 1 \(one\): .*line 3: uses Nowhere, which no exported cell, no import, philab or JavaScript has/,
    ],
    "a cell needs at once what one further down declares": [
      [exported("export const b = a + 1;"), exported("export const a = 1;", "two")],
      /cell 1 \(one\): .*needs a when it is loaded, which cell 2 \(two\) declares further down/,
    ],
    "a cell calls at once a function that needs what one further down declares": [
      [
        exported("function f() { return a }\nexport const b = f();"),
        exported("export class C { static x = 1 }\nexport const a = C.x;", "two"),
      ],
      /needs a when it is loaded/,
    ],
    "a variable of another module is stepped": [
      [
        code("//| export: true\n//| module: other\n//| label: one\nexport let n = 0;"),
        exported("export const step = () => ++n;", "two"),
      ],
      /cell 2 \(two\): .*line 3: assigns n, which is of "\.\/other\.js"/,
    ],
    "a variable of another module is assigned in a pattern": [
      [
        code("//| export: true\n//| module: other\n//| label: one\nexport let n = 0;"),
        exported("export const set = (v: { a: number[] }) => ({ a: [n = 1] } = v);", "two"),
      ],
      /assigns n, which is of/,
    ],
  };
  for (const [what, [cells, message]] of Object.entries(cases)) {
    it(what, () => refuses(cells, message));
  }

  it("and what is used later, or is the language's own, is not", async () => {
    const text = await moduleOf(
      exported("export const later = () => a + new C().x;\nexport class C { x = a }"),
      exported("export const a = 1;", "two"),
      exported(
        "export const types = (x: Record<string, Buffer>, y: AbortSignal, z: NodeJS.Timeout, w: Awaited<Promise<Set<number>>>) => [x, y, z, w];",
        "three",
      ),
      exported("let n = 0;\nexport const step = () => ++n;", "four"),
    );
    assert.match(text, /export const later/);
  });
});
