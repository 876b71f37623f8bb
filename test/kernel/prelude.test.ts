import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { LanguageProcess } from "../../dist/kernel/server/languageProcess.js";
import type { Json } from "../../kernel/wire/wire.js";
import { type Client, contentOf, resultText, startKernel } from "./client.js";

describe("the prelude, in an empty folder elsewhere", () => {
  let kernel: Client;
  before(async () => {
    kernel = await startKernel();
  });
  after(() => kernel.stop());

  const plain = async (code: string): Promise<unknown> => {
    const { reply, iopub } = await kernel.execute(code);
    assert.equal(reply.content.status, "ok", String(reply.content.evalue));
    return resultText(iopub);
  };

  it("starts there with nothing beside the notebook", () => {
    assert.deepEqual(
      readdirSync(kernel.folder).filter((name) => /node_modules|package\.json/.test(name)),
      [],
    );
  });

  it("completes phi with its signature", async () => {
    const { reply } = await kernel.request("shell", "complete_request", { code: "ph", cursor_pos: 2 });
    assert.ok((reply.content.matches as string[]).includes("phi"));
    const typed = (reply.content.metadata as Json)._jupyter_types_experimental as Json[];
    assert.equal(typed.find(({ text }) => text === "phi")?.type, "function");
    const { data } = (await kernel.request("shell", "inspect_request", { code: "phi(", cursor_pos: 4 })).reply
      .content;
    const text = (data as Json)["text/plain"] as string;
    assert.match(text, /phi\b.*Z: .*shape: ConvShape.*: /s);
    assert.match(text, /eq\. \(4\)/);
  });

  it("completes math.", async () => {
    const { reply } = await kernel.request("shell", "complete_request", { code: "math.eva", cursor_pos: 8 });
    assert.ok((reply.content.matches as string[]).includes("evaluate"), String(reply.content.matches));
  });

  it("refuses a wrong type with its place", async () => {
    const { reply } = await kernel.execute(
      "const M0: Matrix = matrix(2, 2, [1, 2, 3, 4]);\nconst x: number = vec(M0)",
    );
    assert.match(String(reply.content.evalue), /^In\[\d+\]:2:7 - error TS2322/);
  });

  it("computes with the public names, and shows values by their own bundles", async () => {
    await kernel.execute(
      "const M: Matrix = matrix(2, 2, [1, 2, 3, 4]); const shape: ConvShape = convShape({ a: 3, b: 3, d: 1, h: 2 })",
    );
    assert.equal(await plain("vec(M).rows"), "4");
    assert.equal(await plain("math.evaluate('2 + 3')"), "5");
    const { iopub } = await kernel.execute("M");
    assert.match(String((contentOf(iopub, "execute_result").data as Json)["text/plain"]), /2 × 2/);
  });

  it("lets a cell declare a prelude name anew", async () => {
    assert.equal(await plain("const relu = 7; relu + 1"), "8");
    assert.equal(await plain("relu"), "7");
    assert.equal(await plain("function kron(x: string): string { return x } kron('mine')"), "'mine'");
  });

  it("imports philab and mathjs from any folder, typed", async () => {
    assert.equal(
      await plain('import { vec as toColumn } from "philab"; toColumn(matrix(1, 2, [5, 6])).rows'),
      "2",
    );
    assert.equal(
      await plain(
        'import { add, create, all } from "mathjs"; String(add(1, 2)) + typeof create(all!).evaluate',
      ),
      "'3function'",
    );
    assert.equal(await plain('import * as whole from "mathjs"; whole.sqrt(16)'), "4");
    assert.equal(await plain('const lazily = await import("philab"); lazily.eye(2).rows'), "2");
    const { reply } = await kernel.execute('import { noSuchName } from "philab"');
    assert.match(String(reply.content.evalue), /noSuchName/);
  });

  it("has Node's types and modules", async () => {
    assert.equal(await plain('import { join } from "node:path"; join("a", "b")'), "'a/b'");
    assert.equal(await plain("Buffer.from('x').length + (typeof setTimeout).length"), "9");
  });

  it("knows globals of Node that the compiler's libraries lack", async () => {
    assert.equal(
      await plain("[3, 1, 2].toSorted().with(0, 9).join() + crypto.randomUUID().length"),
      "'9,2,336'",
    );
    assert.equal(
      await plain(
        "new Float64Array([2, 1]).toSorted()[0]! + Number(WebAssembly.validate(new Uint8Array(1)))",
      ),
      "1",
    );
  });

  it("warns of nothing", async () => {
    assert.deepEqual(
      kernel.heard.filter(({ content }) => content.name === "stderr"),
      [],
    );
    assert.deepEqual(kernel.printed, { stdout: "", stderr: "" });
  });
});

describe("the prelude's declarations under tslab's compiler", () => {
  it("declare no value and no type as any", async function () {
    this.timeout(30_000);
    const language = new LanguageProcess((text) => assert.fail(text));
    const known = await language.prelude();
    assert.ok(known.values.includes("phi") && known.values.includes("display"), known.declarations);
    const isAny = "type IsAny<T> = 0 extends 1 & T ? true : false;\n";
    const values = known.values.map((name, i) => `const v${i}: IsAny<typeof ${name}> = false;`);
    const results = known.values.map(
      (name, i) =>
        `type R${i} = typeof ${name} extends (...args: never[]) => infer R ? IsAny<R> : false; const r${i}: R${i} = false;`,
    );
    const { problems } = await language.convert(
      known.declarations,
      isAny + [...values, ...results].join("\n"),
    );
    language.stop();
    const named = problems.map(
      ({ line, message }) => `${known.values[(line - 2) % known.values.length]}: ${message}`,
    );
    assert.deepEqual(named, []);
  });
});
