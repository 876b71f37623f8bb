import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Problem } from "../../dist/kernel/pipe/languageWords.js";
import { fastestRuntime } from "../../dist/kernel/place/runtime.js";
import { LanguageProcess } from "../../dist/kernel/server/languageProcess.js";
import { type Client, contentOf, resultText, startKernel } from "./client.js";

describe("what the Node of the cells runs, a cell may say", function () {
  this.timeout(60_000);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "philab-today-")));
  let kernel: Client;
  before(async () => {
    writeFileSync(join(folder, "data.json"), '{ "n": 3 }');
    mkdirSync(join(folder, "lib"));
    writeFileSync(
      join(folder, "lib", "x.ts"),
      "export const x: number = 7;\nexport const here = import.meta.dirname;\n",
    );
    writeFileSync(join(folder, "lib", "near.ts"), "export const near = 9;\n");
    writeFileSync(join(folder, "lib", "far.ts"), 'export const load = () => import("./near.ts");\n');
    writeFileSync(join(folder, "lib", "y.ts"), 'export { x } from "./x.ts";\n');
    kernel = await startKernel({ folder });
  });
  after(async () => {
    await kernel.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const plain = async (code: string): Promise<unknown> => {
    const { iopub, reply } = await kernel.execute(code);
    assert.equal(reply.content.status, "ok", `${code}: ${String(reply.content.evalue)}`);
    return resultText(iopub);
  };

  const texts: Record<string, string> = {
    "new Set([1, 2]).union(new Set([3])).size": "3",
    "Object.groupBy([1, 2], (x) => (x > 1 ? 'a' : 'b')).a": "[ 2 ]",
    "const { promise, resolve } = Promise.withResolvers<number>(); resolve(4); await promise": "4",
    "await Array.fromAsync([Promise.resolve(1)])": "[ 1 ]",
    "Iterator.from([1, 2]).map((x) => x + 1).toArray()": "[ 2, 3 ]",
    "await Promise.try(() => 5)": "5",
    "RegExp.escape('a.b').length > 3": "true",
    "new Float16Array(2).length": "2",
    "[3, 1].toSorted()": "[ 1, 3 ]",
    "navigator.hardwareConcurrency > 0": "true",
    "new URLPattern({ pathname: '/:a' }).test('https://x.y/z')": "true",
    "import data from './data.json' with { type: 'json' }; data.n": "3",
    "(await import('./data.json', { with: { type: 'json' } })).default.n": "3",
    "import { x } from './lib/x.ts'; x": "7",
    "import { x as x2 } from './lib/y.ts'; x2": "7",
    "const twice = (f: any, _: unknown) => function (this: any) { return 2 * f.call(this) }; class D { @twice m() { return 4 } } new D().m()":
      "8",
    "class B { accessor x = 6 } new B().x": "6",
    "declare global { interface Array<T> { second(): T } } Array.prototype.second = function () { return this[1] }; [1, 2].second()":
      "2",
    "[3, 4].second()": "4",
    "import { DatabaseSync } from 'node:sqlite'; new DatabaseSync(':memory:').prepare('select 7 as n').get()!.n":
      "7",
    "import { globSync } from 'node:fs'; globSync('data.*')": "[ 'data.json' ]",
    "import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'; zstdDecompressSync(zstdCompressSync(Buffer.from('z'))).toString()":
      "'z'",
    "import { diff } from 'node:util'; diff('a', 'b').length": "2",
    "JSON.stringify({ n: JSON.rawJSON('1.0') })": "'{\"n\":1.0}'",
    "const { x: seven } = await import('./lib/x.ts'); seven": "7",
    "(await (await import('./lib/far.ts')).load()).near": "9",
    "1; [5, 6].second()": "6",
  };
  for (const [code, result] of Object.entries(texts)) {
    it(code, async () => assert.equal(await plain(code), result));
  }

  it("using: what it holds is disposed of at the cell's end", async () => {
    await kernel.execute(
      "const ends: string[] = []; const held = (name: string) => ({ name, [Symbol.dispose]() { ends.push(name) } })",
    );
    assert.equal(
      await plain("using one = held('one'); const late = () => one.name; [one.name, late(), ...ends]"),
      "[ 'one', 'one' ]",
    );
    assert.equal(await plain("ends"), "[ 'one' ]");
    assert.equal(
      await plain("await using two = { async [Symbol.asyncDispose]() { ends.push('two') } }; ends.length"),
      "1",
    );
    assert.equal(await plain("ends"), "[ 'one', 'two' ]");
    assert.equal(await plain("{ using three = held('three') } ends.at(-1)"), "'three'");
  });

  it("where it lies: import.meta, __dirname, and the same in a module beside it", async () => {
    assert.equal(
      await plain("[import.meta.dirname, __dirname, import.meta.url.startsWith('file://')]"),
      `[ '${folder}', '${folder}', true ]`,
    );
    assert.equal(await plain("import { here } from './lib/x.ts'; here"), `'${join(folder, "lib")}'`);
  });

  it("its own modules, also after process.chdir", async () => {
    await kernel.execute("process.chdir('/'); const before = process.cwd()");
    writeFileSync(join(folder, "lib", "z.ts"), "export const z = 8;\n");
    assert.equal(await plain("import { z } from './lib/z'; z"), "8");
    assert.equal(await plain("(await import('./data.json', { with: { type: 'json' } })).default.n"), "3");
    await kernel.execute(`process.chdir(${JSON.stringify(folder)})`);
  });

  it("every global that is there, with a type", async () => {
    const { iopub } = await kernel.execute(
      "JSON.stringify(Object.getOwnPropertyNames(globalThis).filter((name) => /^[a-zA-Z]/.test(name)))",
    );
    const names = JSON.parse(String(resultText(iopub)).slice(1, -1)) as string[];
    assert.ok(names.includes("navigator") && names.length > 100);
    const { reply, iopub: said } = await kernel.execute(names.map((name) => `void ${name};`).join("\n"));
    assert.equal(
      reply.content.status,
      "ok",
      said.length > 0 && reply.content.status === "error"
        ? JSON.stringify(contentOf(said, "error").traceback)
        : "",
    );
  });

  it("an enum or a namespace at its end, which is no value", async () => {
    for (const code of ["enum Colour { Red }", "namespace Inner { export const one = 1 }"]) {
      const { iopub } = await kernel.execute(code);
      assert.deepEqual(
        iopub.map(({ header }) => header.msg_type),
        ["status", "execute_input", "status"],
      );
    }
    assert.equal(await plain("[Colour.Red, Inner.one]"), "[ 0, 1 ]");
  });

  it("what using held is not known to later cells", async () => {
    await kernel.execute("using gone = { [Symbol.dispose]() {} }; const stays = 1");
    assert.equal((await kernel.execute("gone")).reply.content.ename, "TypeError");
    assert.equal(await plain("stays"), "1");
  });
});

/** Members of Node's globals that a cell's types do not know: what is Node's own business, and what is new this year. */
const unknown = `
  Event.NONE Event.CAPTURING_PHASE Event.AT_TARGET Event.BUBBLING_PHASE
  WritableStreamDefaultController.prototype.signal Blob.prototype.textStream Response.prototype.bytes
  Performance.prototype.onresourcetimingbufferfull performance.onresourcetimingbufferfull
  PerformanceObserver.supportedEntryTypes
  Request.prototype.isReloadNavigation Request.prototype.isHistoryNavigation Request.prototype.bytes Request.prototype.attribute
  SubtleCrypto.supports SubtleCrypto.prototype.getPublicKey SubtleCrypto.prototype.encapsulateBits
  SubtleCrypto.prototype.encapsulateKey SubtleCrypto.prototype.decapsulateBits SubtleCrypto.prototype.decapsulateKey
  WebAssembly.Suspending WebAssembly.promising WebAssembly.SuspendError`
  .trim()
  .split(/\s+/);

/** Prints what the globals of a Node have: [global, whether it is of its instances, member]. */
const walk = `
  const isName = (name) => /^[A-Za-z]\\w*$/.test(name) && !["constructor", "caller", "callee", "arguments", "length", "name", "prototype"].includes(name);
  const found = [];
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    const value = globalThis[name];
    if (!isName(name) || ["globalThis", "global", "process", "Buffer", "module"].includes(name) || Object(value) !== value) continue;
    for (const member of Object.getOwnPropertyNames(value)) found.push([name, false, member]);
    if (typeof value === "function" && value.prototype)
      for (const member of Object.getOwnPropertyNames(value.prototype)) found.push([name, true, member]);
    else for (let each = Object.getPrototypeOf(value); each && Object.getPrototypeOf(each); each = Object.getPrototypeOf(each))
      for (const member of Object.getOwnPropertyNames(each)) found.push([name, false, member]);
  }
  console.log(JSON.stringify(found.filter(([, , member]) => isName(member))));`;

describe("the members of Node's globals", function () {
  this.timeout(60_000);
  it("are known to a cell's types, but for those listed here", async () => {
    const printed = execFileSync(fastestRuntime().node, ["--no-warnings", "-"], {
      encoding: "utf8",
      input: walk,
    });
    const members = JSON.parse(printed) as [string, boolean, string][];
    assert.ok(members.length > 900);
    const language = new LanguageProcess((text) => assert.fail(text));
    try {
      const { declarations } = await language.prelude();
      const { problems } = await language.convert(declarations, members.map(mention).join("\n"));
      const refused = (problems as readonly Problem[]).map(({ line }) => members[line - 1]!);
      const names = refused.map(([name, isOfInstances, member]) =>
        [name, ...(isOfInstances ? ["prototype"] : []), member].join("."),
      );
      assert.deepEqual(
        names.filter((name) => !unknown.includes(name)),
        [],
      );
    } finally {
      language.stop();
    }
  });
});

const primitives: Record<string, string> = {
  Number: "number",
  String: "string",
  Boolean: "boolean",
  Symbol: "symbol",
  BigInt: "bigint",
  Function: "Function",
  Promise: "Promise<any>",
};

function mention([name, isOfInstances, member]: [string, boolean, string]): string {
  if (!isOfInstances) return `void ${name}.${member};`;
  const type =
    primitives[name] ?? `(typeof ${name} extends { prototype: infer Instance } ? Instance : never)`;
  return `void ((x: ${type}) => x.${member});`;
}
