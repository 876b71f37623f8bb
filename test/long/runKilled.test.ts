import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { family, leftAfter, type RunningProcess, running } from "../setup/processes.js";

const program = join(packageRoot(), "bin", "philab.js");

/** A kernel looks for whoever started it once a second. */
const patience = 15_000;

function notebookOf(source: string): string {
  const cell = { id: "a", cell_type: "code", metadata: {}, execution_count: null, outputs: [], source };
  const kernelspec = { name: "philab", display_name: "TypeScript (philab)", language: "typescript" };
  return JSON.stringify({ cells: [cell], metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 });
}

describe("philab run --write, ended while its kernel lives", function () {
  this.timeout(90_000);
  let folder: string;
  let temporary: string;
  let run: ChildProcess | undefined;

  before(function () {
    if (process.platform !== "linux") this.skip();
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "philab-run-"));
    temporary = join(folder, "temporary");
    mkdirSync(temporary);
  });
  afterEach(() => {
    run?.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  function start(source: string): ChildProcess {
    writeFileSync(join(folder, "book.ipynb"), notebookOf(source));
    run = spawn(process.execPath, [program, "run", join(folder, "book.ipynb"), "--write"], {
      env: { ...process.env, TMPDIR: temporary },
      stdio: "ignore",
    });
    return run;
  }

  /** All of them, as soon as there are so many; npm's programs among them are philab's own. */
  async function started(child: ChildProcess, count: number): Promise<RunningProcess[]> {
    for (;;) {
      const all = family(child.pid as number);
      if (all.length >= count) return all;
      assert.equal(child.exitCode, null, "it ended by itself");
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  const moments: [string, number, string | undefined][] = [
    ["while its kernel starts", 2, undefined],
    ["while a cell runs", 4, "runs"],
  ];
  for (const signal of ["SIGKILL", "SIGTERM", "SIGHUP", "SIGINT"] as const)
    for (const [when, count, mark] of moments)
      it(`by ${signal} ${when}: no process is left, the notebook is as it was, the next run sweeps up`, async () => {
        const source = `require("node:fs").writeFileSync(${JSON.stringify(join(folder, "runs"))}, ""); for (;;);`;
        const child = start(source);
        const all = await started(child, count);
        while (mark !== undefined && !readdirSync(folder).includes(mark))
          await new Promise((resolve) => setTimeout(resolve, 20));
        const ended = once(child, "exit");
        child.kill(signal);
        await ended;
        assert.deepEqual(await leftAfter(patience, all), []);
        assert.deepEqual(
          running().filter(({ command }) => command.includes(temporary)),
          [],
        );
        assert.equal(readFileSync(join(folder, "book.ipynb"), "utf8"), notebookOf(source));
        assert.deepEqual(
          readdirSync(folder).filter((name) => name !== "runs"),
          ["book.ipynb", "temporary"],
        );
        const [code] = await once(start("1 + 1"), "exit");
        assert.equal(code, 0);
        assert.deepEqual(
          readdirSync(temporary).filter((name) => name.startsWith("philab-kernel-")),
          [],
        );
      });
});
