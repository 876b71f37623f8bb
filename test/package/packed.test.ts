import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../../", import.meta.url));
const installed = join(root, "node_modules");

/** What is packed, unpacked in a folder that holds nothing else but what philab depends on. */
describe("the packed package, in an empty folder", function () {
  this.timeout(120_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "philab-packed-"));
    const options = ["pack", "--ignore-scripts", "--pack-destination", folder];
    execFileSync("npm", options, { cwd: root, stdio: "ignore" });
    const [archive] = readdirSync(folder);
    const modules = join(folder, "node_modules");
    mkdirSync(modules);
    execFileSync("tar", ["-xzf", join(folder, archive!), "-C", modules]);
    execFileSync("mv", [join(modules, "package"), join(modules, "philab")]);
    for (const name of readdirSync(installed)) symlinkSync(join(installed, name), join(modules, name));
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
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

  for (const moduleResolution of ["NodeNext", "Bundler"]) {
    it(`has types for both entries where modules are resolved as ${moduleResolution} does`, () => {
      const program = `
        import { type LectureMath, type Matrix, lecture, math, vec } from "philab";
        import { type ConvShape, convShape, phi, vec as column } from "philab/numbers";
        const shape: ConvShape = convShape({ a: 3, b: 3, d: 1, h: 2 });
        export const M: Matrix = phi(vec({ rows: 1, cols: 9, data: new Float64Array(9) }), shape);
        export const known: LectureMath = math;
        export const n: number = column(M).rows;
        // @ts-expect-error a matrix is no string
        export const wrong: string = column(M);
        // @ts-expect-error mathjs is not for numbers alone
        column(math.matrix([[1]]));
        export const opened: unknown = lecture;`;
      writeFileSync(join(folder, "typed.ts"), program);
      const module = moduleResolution === "NodeNext" ? "NodeNext" : "ES2022";
      const options = [
        "--noEmit",
        "--strict",
        "--target",
        "ES2022",
        "--lib",
        "ES2023,DOM",
        "--types",
        "node",
      ];
      const how = ["--module", module, "--moduleResolution", moduleResolution];
      const tsc = join(installed, "typescript/bin/tsc");
      const { stdout } = spawnSync(process.execPath, [tsc, ...options, ...how, "typed.ts"], {
        cwd: folder,
        encoding: "utf8",
      });
      assert.equal(stdout, "");
    });
  }

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
