import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { fastestRuntime } from "../../kernel/place/runtime.js";
import { type Client, startKernel, streamText } from "../kernel/client.js";

/** A program cut into cells. */
interface Program {
  readonly name: string;
  readonly cells: readonly string[];
  /** It declares names that later programs need as they are. */
  readonly isLast: boolean;
}

const text = readFileSync(join(packageRoot(), "test", "fixtures", "cells.txt"), "utf8");
const programs: readonly Program[] = text
  .split(/^### /m)
  .slice(1)
  .map((part) => {
    const name = part.slice(0, part.indexOf("\n"));
    const cells = part.slice(name.length + 1, -1).split(/\n---\n/);
    return { name, cells, isLast: name.startsWith("fresh: ") };
  });

const pause = 8;
const between = "\n=====\n";

/** What each prints as one module in the Node that runs cells; between two cells, what has been promised is done. */
function asModules(folder: string): string[] {
  const files = programs.map(({ cells }, k) => {
    const whole = cells.join(`\nawait new globalThis.Promise((done) => setTimeout(done, ${pause}));\n`);
    const target = /@\w|\baccessor\b/.test(whole) ? ts.ScriptTarget.ES2022 : ts.ScriptTarget.ESNext;
    const compilerOptions = { target, module: ts.ModuleKind.ESNext };
    const file = join(folder, `${k}.mjs`);
    writeFileSync(file, ts.transpileModule(whole, { compilerOptions }).outputText);
    return file;
  });
  const all = join(folder, "all.mjs");
  writeFileSync(
    all,
    `for (const file of ${JSON.stringify(files)}) {
      await import(file).catch((error) => console.log(String(error)));
      await new Promise((done) => setTimeout(done, ${pause}));
      process.stdout.write(${JSON.stringify(between)});
    }`,
  );
  const { stdout, stderr } = spawnSync(fastestRuntime().node, [all], { encoding: "utf8" });
  assert.equal(stderr, "");
  return stdout.split(between);
}

/** What it prints cell by cell, and the words of an error. */
async function inCells(kernel: Client, cells: readonly string[]): Promise<string> {
  let printed = "";
  for (const cell of cells) {
    const { reply, iopub } = await kernel.execute(cell);
    printed += streamText(iopub, "stdout") + streamText(iopub, "stderr");
    if (reply.content.status !== "ok") printed += `${String(reply.content.evalue)}\n`;
    await new Promise((done) => setTimeout(done, pause));
  }
  return printed;
}

describe("programs of every kind of statement, cut into cells", function () {
  this.timeout(300_000);
  const folder = mkdtempSync(join(tmpdir(), "philab-programs-"));
  let kernel: Client;
  let wanted: readonly string[];
  before(async function () {
    if (Number(/v?(\d+)/.exec(fastestRuntime().version)?.[1] ?? 0) < 24) {
      console.log(
        "      skipped: the Node of the cells is older than 24, and some programs need its language",
      );
      this.skip();
    }
    kernel = await startKernel();
    wanted = asModules(folder);
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await kernel?.stop();
  });

  it(`print what they print as one module (${programs.length} programs)`, async () => {
    assert.ok(programs.length > 120);
    const differ: string[] = [];
    for (const [k, { name, cells, isLast }] of programs.entries()) {
      const printed = await inCells(kernel, cells);
      if (printed !== wanted[k]) differ.push(`${name}: ${printed} and not ${wanted[k]}`);
      if (!isLast) continue;
      await kernel.stop();
      kernel = await startKernel();
    }
    assert.deepEqual(differ, []);
  });
});
