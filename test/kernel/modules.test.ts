import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Client, resultText, startKernel, streamText } from "./client.js";

describe("modules in cells", () => {
  let kernel: Client;
  const write = (path: string, text: string): void => {
    const file = join(kernel.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  const plain = async (code: string): Promise<unknown> => {
    const { reply, iopub } = await kernel.execute(code);
    assert.equal(
      reply.content.status,
      "ok",
      [reply.content.evalue, ...((reply.content.traceback as string[]) ?? [])].join("\n"),
    );
    return resultText(iopub);
  };
  before(async () => {
    kernel = await startKernel();
    const esm = {
      name: "esm-only",
      version: "1.0.0",
      type: "module",
      exports: { ".": { import: "./index.js", types: "./index.d.ts" } },
    };
    write("node_modules/esm-only/package.json", JSON.stringify(esm));
    write(
      "node_modules/esm-only/index.js",
      "export const five = 5; export default function twice(x) { return 2 * x; }",
    );
    write(
      "node_modules/esm-only/index.d.ts",
      "export declare const five: number; export default function twice(x: number): number;",
    );
    write("node_modules/esm-waits/package.json", JSON.stringify({ ...esm, name: "esm-waits" }));
    write("node_modules/esm-waits/index.js", "export const late = await Promise.resolve(7);");
    write("node_modules/esm-waits/index.d.ts", "export declare const late: number;");
    write(
      "node_modules/plain-cjs/package.json",
      JSON.stringify({ name: "plain-cjs", version: "1.0.0", main: "index.js", types: "index.d.ts" }),
    );
    write("node_modules/plain-cjs/index.js", "module.exports = { three: 3 };");
    write("node_modules/plain-cjs/index.d.ts", "export declare const three: number;");
  });
  after(() => kernel.stop());

  it("imports a package that is an ES module only, static, with its default, and dynamic", async () => {
    assert.equal(await plain('import twice, { five } from "esm-only"; twice(five)'), "10");
    assert.equal(await plain('import * as whole from "esm-only"; whole.default(whole.five)'), "10");
    assert.equal(await plain('const dynamic = await import("esm-only"); dynamic.five + 1'), "6");
  });

  it("imports an ES module that itself awaits at top level", async () => {
    assert.equal(await plain('import { late } from "esm-waits"; late'), "7");
    assert.equal(await plain("late + 1"), "8");
  });

  it("requires and imports CommonJS", async () => {
    assert.equal(await plain('import { three } from "plain-cjs"; three'), "3");
    assert.equal(await plain('(require("plain-cjs") as { three: number }).three'), "3");
  });

  it("imports a local .ts module typed, its own imports too, and sees when it changes", async () => {
    write("lib/inner.ts", "export const base: number = 10;");
    write(
      "lib/outer.ts",
      'import { base } from "./inner";\nexport interface Pair { a: number; b: string }\nexport function pair(a: number): Pair { return { a: a + base, b: "x" }; }',
    );
    assert.equal(await plain('import { pair } from "./lib/outer"; pair(1).a'), "11");
    const { reply } = await kernel.execute('pair("no")');
    assert.match(String(reply.content.evalue), /TS2345/);
    write("lib/inner.ts", "export const base: number = 20;");
    assert.equal(await plain('import { pair } from "./lib/outer"; pair(1).a'), "21");
  });

  it("finds a module that is written after its import failed", async () => {
    assert.equal((await kernel.execute('import { born } from "./later"')).reply.content.status, "error");
    write("later.ts", "export const born = 1;");
    assert.equal(await plain('import { born } from "./later"; born'), "1");
  });

  it("names the place of an error in a local module", async () => {
    write("bad.ts", "export const fine = 1;\nexport const wrong: number = 'text';");
    const { reply } = await kernel.execute('import { fine } from "./bad"; fine');
    assert.match(String(reply.content.evalue), /^bad\.ts:2:14 - error TS2322/);
    write(
      "throws.ts",
      "interface Long { a: number }\n\nexport function fails(): never {\n  throw new Error('inside');\n}",
    );
    const thrown = await kernel.execute('import { fails } from "./throws"; fails()');
    assert.match((thrown.reply.content.traceback as string[]).join("\n"), /throws\.ts:4:9/);
  });

  it("imports JSON by relative path, and sees when it changes", async () => {
    write("data.json", '{ "size": 3 }');
    assert.equal(await plain('import data from "./data.json"; data.size + 1'), "4");
    write("data.json", '{ "size": 30 }');
    assert.equal(await plain('import data from "./data.json"; data.size + 1'), "31");
  });

  it("knows tslab's display, for notebooks that were written for it", async () => {
    const { iopub, reply } = await kernel.execute(
      'import * as tslab from "tslab"; tslab.display.html("<b>old</b>"); tslab.display.png(new Uint8Array([1])); const later = tslab.newDisplay(); later.text("a"); later.text("b")',
    );
    assert.equal(reply.content.status, "ok", String(reply.content.evalue));
    const shown = iopub
      .filter(({ header }) => /display_data/.test(header.msg_type))
      .map(({ header, content }) => [header.msg_type, content.data]);
    assert.deepEqual(shown, [
      ["display_data", { "text/html": "<b>old</b>" }],
      ["display_data", { "image/png": "AQ==" }],
      ["display_data", { "text/plain": "a" }],
      ["update_display_data", { "text/plain": "b" }],
    ]);
  });

  it("says which package is missing", async () => {
    const { reply } = await kernel.execute('import x from "no-such-package"');
    assert.match(String(reply.content.evalue), /no-such-package/);
    const dynamic = await kernel.execute('await import("no-such-" + "package")');
    assert.match(String(dynamic.reply.content.evalue), /no-such-package/);
    assert.equal(streamText(dynamic.iopub, "stderr"), "");
  });
});
