import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Converted } from "../../dist/kernel/pipe/languageWords.js";
import {
  plainCommand,
  type ServiceCommand,
  serviceCommand,
  servicePath,
} from "../../dist/kernel/place/snapshot.js";
import { LanguageProcess } from "../../dist/kernel/server/languageProcess.js";
import { resultText, startKernel } from "./client.js";
import { scriptOf } from "./programs.js";

const cells = [
  "1 + 1",
  "const Z: number = vec(ones(3))",
  "import { readFileSync } from 'node:fs'; const size = (path: string) => readFileSync(path).length",
  "const x = await Promise.resolve([1, 2]); for (const y of x) console.log(y); x",
  "math.evaluate('2')",
  "this is no cell",
];

/** Whether a cell runs as it is written depends on whether a program for it is there already. */
function meant(converted: Converted): unknown {
  return [scriptOf(converted), "declarations" in converted && converted.declarations];
}

async function all(language: LanguageProcess): Promise<Converted[]> {
  const { declarations } = await language.prelude();
  const converted: Converted[] = [];
  for (const cell of cells) converted.push(await language.convert(declarations, cell));
  return converted;
}

describe("the language process", function () {
  this.timeout(30_000);
  const running: LanguageProcess[] = [];
  const logged: string[] = [];
  const start = (first?: ServiceCommand): LanguageProcess => {
    const language = new LanguageProcess((text) => logged.push(text), first);
    running.push(language);
    return language;
  };
  afterEach(() => {
    for (const language of running.splice(0)) language.stop();
    logged.length = 0;
  });

  it("answers from its snapshot as it does without", async () => {
    assert.equal(serviceCommand().isSnapshot, true, "npm run build has made no snapshot");
    const [fromSnapshot, fromStart] = await Promise.all([all(start()), all(start(plainCommand()))]);
    assert.deepEqual(fromSnapshot.map(meant), fromStart.map(meant));
    assert.deepEqual(logged, []);
  });

  it("knows no declarations that no cell needs: TypeScript's own are as large as a fifth of all others", () => {
    const stamp = readFileSync(servicePath.replace(/cjs$/, "blob.json"), "utf8");
    assert.match(stamp, /mathjs\/types\/index\.d\.ts/);
    assert.doesNotMatch(stamp, /typescript\.d\.ts/);
  });

  it("leaves a snapshot alone that is older than what it was made of", () => {
    const { atime, mtime } = statSync(servicePath);
    utimesSync(servicePath, atime, new Date(mtime.getTime() + 5000));
    const { isSnapshot } = serviceCommand();
    utimesSync(servicePath, atime, mtime);
    assert.equal(isSnapshot, false);
    assert.equal(serviceCommand().isSnapshot, true, "as it was");
  });

  it("starts without a snapshot that Node refuses, and loses no question", async () => {
    const folder = mkdtempSync(join(tmpdir(), "philab-snapshot-"));
    const blob = join(folder, "bad.blob");
    writeFileSync(blob, "no snapshot");
    const language = start({ node: process.execPath, args: ["--snapshot-blob", blob], isSnapshot: true });
    const converted = await all(language).finally(() => rmSync(folder, { recursive: true }));
    assert.equal(converted[0]?.problems.length, 0);
    assert.match(logged.join("\n"), /the language service stopped/);
  });

  it("is replaced when it is killed: what it was busy with fails, everything else is answered", async () => {
    const language = start();
    const { declarations } = await language.prelude();
    const questions = Array.from({ length: 200 }, (_, i) =>
      language.convert(declarations, `const a${i} = [${i}]`),
    );
    const settled = Promise.allSettled(questions);
    execFileSync("pkill", ["-KILL", "-P", String(process.pid), "-f", "kernel/language/service"]);
    const failed = (await settled).filter(({ status }) => status === "rejected");
    assert.equal(failed.length, 1);
    assert.match(String((failed[0] as PromiseRejectedResult).reason), /stopped; it was started again/);
    assert.equal((await language.convert(declarations, "1 + 1")).problems.length, 0);
  });
});

describe("the notebook's folder", function () {
  this.timeout(30_000);
  const root = mkdtempSync(join(tmpdir(), "philab-folder-"));
  const folder = join(root, "course", "week 1");
  before(() => {
    mkdirSync(join(folder, "node_modules", "mathjs"), { recursive: true });
    mkdirSync(join(root, "node_modules", "above"), { recursive: true });
    writeFileSync(join(folder, "node_modules", "mathjs", "package.json"), own("mathjs"));
    writeFileSync(join(folder, "node_modules", "mathjs", "index.d.ts"), "export const answer: 42;");
    writeFileSync(join(folder, "node_modules", "mathjs", "index.js"), "exports.answer = 42;");
    writeFileSync(join(root, "node_modules", "above", "package.json"), own("above"));
    writeFileSync(join(root, "node_modules", "above", "index.d.ts"), "export const height: 3;");
    writeFileSync(join(root, "node_modules", "above", "index.js"), "exports.height = 3;");
    writeFileSync(join(folder, "local.ts"), "export const here = 'here' as const;");
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  it("is where packages of its own, packages above it and modules are found, by their types and values", async () => {
    const kernel = await startKernel({ folder });
    const { reply, iopub } = await kernel.execute(
      "import { answer } from 'mathjs'; import { height } from 'above'; import { here } from './local';\n" +
        "const typed: [42, 3, 'here'] = [answer, height, here]; typed.join()",
    );
    assert.equal(reply.content.status, "ok", String(reply.content.evalue));
    assert.equal(resultText(iopub), "'42,3,here'");
    await kernel.stop();
  });

  it("is called by its own name in messages", async () => {
    const kernel = await startKernel({ folder });
    writeFileSync(join(folder, "script.ts"), "console.log('no module')");
    const { reply } = await kernel.execute("import { a } from './script'");
    assert.match(String(reply.content.evalue), /course\/week 1\/script\.ts' is not a module/);
    assert.doesNotMatch(String(reply.content.evalue), /\/above\/above/);
    await kernel.stop();
  });
});

function own(name: string): string {
  return JSON.stringify({ name, version: "1.0.0", main: "index.js", types: "index.d.ts" });
}
