import assert from "node:assert/strict";
import { utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Client, resultText, startKernel, streamText } from "./client.js";

describe("a cell at the edges of the language", function () {
  this.timeout(90_000);
  let kernel: Client;
  before(async () => {
    kernel = await startKernel();
  });
  after(() => kernel.stop());
  const plain = async (code: string): Promise<unknown> => {
    const { iopub, reply } = await kernel.execute(code);
    assert.equal(reply.content.status, "ok", `${code.slice(0, 80)}: ${String(reply.content.evalue)}`);
    return resultText(iopub);
  };

  it("declares the names of CommonJS, and names that start with two underscores", async () => {
    assert.equal(await plain("let exports = 1; const of = () => exports; exports + 1"), "2");
    assert.equal(await plain("exports = 5; of()"), "5");
    assert.equal(
      await plain('let require = 2; import { sep } from "node:path"; sep + require + exports'),
      "'/25'",
    );
    assert.equal(await plain("let __x = 3; const seen = () => __x; __x"), "3");
    assert.equal(await plain("__x = 4; seen()"), "4");
    assert.equal(await plain("let __dirname = 'here'; __dirname"), "'here'");
  });

  it("has a sum of 4,000 terms and 1,000 chained calls", async () => {
    assert.equal(await plain(`1${"+1".repeat(3999)}`), "4000");
    assert.equal(await plain(`[1]${".map((x) => x)".repeat(1000)}.length`), "1");
  });

  it("names itself where it is too deep for the compiler, which goes on", async () => {
    const { reply } = await kernel.execute(`[1]${".map((x) => x)".repeat(4000)}.length`);
    assert.match(
      String(reply.content.evalue),
      /^In\[\d+\]:1:1 - error TS2563: The cell has a term of thousands of operands/,
    );
    assert.equal(await plain("1 + 1"), "2");
  });

  it("ends its console groups with itself", async () => {
    await kernel.execute("console.group('first'); console.group('second')");
    const { iopub } = await kernel.execute("console.log('later')");
    assert.equal(streamText(iopub, "stdout"), "later\n");
  });

  const modules: Record<string, (n: number) => string> = {
    "a.js": (n) => `exports.n = ${n};\n`,
    "b.mjs": (n) => `export const n = ${n};\n`,
    "c.cjs": (n) => `exports.n = ${n};\n`,
    "d.mts": (n) => `export const n: number = ${n};\n`,
    "e.cts": (n) => `export const n: number = ${n};\n`,
    "f.mjs": (n) => `export const n = await Promise.resolve(${n});\n`,
    "g.json": (n) => `{ "n": ${n} }\n`,
  };
  it("reads a module beside it again when it was edited, of whatever kind", async () => {
    const write = (n: number): void => {
      for (const [name, text] of Object.entries(modules)) {
        const path = join(kernel.folder, name);
        writeFileSync(path, text(n));
        utimesSync(path, n, n);
      }
      writeFileSync(join(kernel.folder, "h.mjs"), 'export * from "./b.mjs";\n');
    };
    const names = [...Object.keys(modules), "h.mjs"];
    for (const n of [1, 2, 3]) {
      write(n);
      for (const name of names) {
        assert.equal(await plain(`import * as m${n} from "./${name}"; m${n}.n`), String(n), name);
      }
      assert.equal(await plain('(await import("./b.mjs")).n'), String(n));
      assert.equal(await plain('(await import("./f.mjs")).n'), String(n));
    }
  });

  it("requires a module by a name of its own", async () => {
    const fresh = await startKernel();
    try {
      const { iopub } = await fresh.execute(
        'const path = require("node:path"); const of = () => path; of().sep + path.sep',
      );
      assert.equal(resultText(iopub), "'//'");
    } finally {
      await fresh.stop();
    }
  });

  for (const code of [7, 134, 0]) {
    it(`is said to have called process.exit(${code})`, async () => {
      const { reply } = await kernel.execute(`console.log("last"); process.exit(${code})`);
      assert.match(
        String(reply.content.evalue),
        new RegExp(`^the runner was ended by process\\.exit\\(${code}\\) in`),
      );
    });
  }
});
