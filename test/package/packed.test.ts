import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { build } from "esbuild";
import { packedFolder } from "./packedFolder.js";

describe("the packed package, in an empty folder", function () {
  this.timeout(120_000);
  let folder: string;
  before(() => {
    folder = packedFolder();
  });
  after(() => rmSync(folder, { recursive: true }));

  const run = (program: string): string => {
    writeFileSync(join(folder, "main.js"), program);
    return execFileSync(process.execPath, ["main.js"], { cwd: folder, encoding: "utf8" }).trim();
  };

  it("gives philab and philab/numbers, which are one: a matrix of the one is a matrix of the other", () => {
    const program = `
      import { math, phi, toMath, vec } from "philab";
      import * as numbers from "philab/numbers";
      const M = numbers.matrix(2, 2, [1, 2, 3, 4]);
      console.log(vec(M).rows, vec(toMath(M)).size().join(), math.evaluate("vec(M)'", { M }).cols, numbers.vec(M).rows);`;
    assert.equal(run(program), "4 4,1 4 4");
  });

  it("gives nothing that is not promised", () => {
    const program = `
      const tried = ["philab/dist/src/index.js", "philab/dist/src/symbolic/prove/prove.js", "philab/package.json"];
      for (const name of tried) await import(name, name.endsWith("json") ? { with: { type: "json" } } : {})
        .then(() => console.log("given"), ({ code }) => console.log(code));`;
    const refused = "ERR_PACKAGE_PATH_NOT_EXPORTED";
    assert.deepEqual(run(program).split("\n"), [refused, refused, "given"]);
  });

  it("brings mathjs into a page's bundle, and computes there without Node", async () => {
    const text = await bundle('export { math } from "philab";');
    const program = `${text}; page.math.evaluate("2 * vec(M)", { M: page.math.matrix([[1], [2]]) }).toArray()`;
    assert.equal(JSON.stringify(runInNewContext(program, pageGlobals)), "[[2],[4]]");
  });

  it("bundles philab/numbers for a page without mathjs", async () => {
    const text = await bundle('export { matrix, vec } from "philab/numbers";');
    assert.doesNotMatch(text, /mathjs/i);
    assert.equal(runInNewContext(`${text}; page.vec(page.matrix(2, 3)).rows`, pageGlobals), 6);
  });

  async function bundle(contents: string): Promise<string> {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: folder },
      bundle: true,
      format: "iife",
      globalName: "page",
      platform: "browser",
      target: "es2022",
      external: ["node:*", "koffi"],
      write: false,
      logLevel: "error",
    });
    return outputFiles[0]!.text;
  }
});

/** What a page has beside the language itself and our modules look for when they are loaded. */
const pageGlobals = { TextEncoder, TextDecoder, document: {} };
