import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
});
