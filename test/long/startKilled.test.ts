import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { LabUnavailable, prepareLab } from "../browser/labSession.js";
import { freePorts } from "../freePorts.js";
import { printedAddress } from "../setup/printedAddress.js";
import { family, leftAfter, type RunningProcess } from "../setup/processes.js";

/** JupyterLab with a kernel, started by `npm start`. */
interface Started {
  readonly npm: ChildProcess;
  readonly address: URL;
  readonly all: readonly RunningProcess[];
}

/** The processes by what they are called. */
const isIts: Readonly<Record<string, RegExp>> = {
  npm: /^npm (?:run )?start/,
  "npm's shell": /^sh -c node \S*philab\.js lab/,
  "the command": /^\S*node \S*philab\.js lab/,
  JupyterLab: /jupyterlab/,
  "the kernel": /dist\/kernel\/main\.js/,
};

/** How long an end may take: JupyterLab has five seconds to end gently. */
const patience = 15_000;

describe("npm start, ended in any way", function () {
  this.timeout(90_000);
  let folder: string;
  let started: Started | undefined;

  before(async function () {
    this.timeout(600_000);
    if (process.platform !== "linux") this.skip();
    try {
      await prepareLab();
    } catch (error) {
      if (!(error instanceof LabUnavailable)) throw error;
      console.warn(`\nSKIPPED: the end of npm start, because ${error.message}\n`);
      this.skip();
    }
    folder = mkdtempSync(join(tmpdir(), "philab-start-"));
    mkdirSync(join(folder, "notebooks"));
  });
  afterEach(() => {
    for (const { pid } of started?.all ?? []) endIfThere(pid);
    started = undefined;
  });
  after(() => folder && rmSync(folder, { recursive: true, force: true }));

  async function start(): Promise<Started> {
    const [port] = (await freePorts(1)) as [number];
    const command = `node ${join(packageRoot(), "bin/philab.js")} lab notebooks --no-browser --port ${port}`;
    writeFileSync(
      join(folder, "package.json"),
      JSON.stringify({ private: true, scripts: { start: command } }),
    );
    const npm = spawn("npm", ["start"], { cwd: folder, stdio: ["ignore", "pipe", "ignore"], detached: true });
    const address = await printedAddress(npm);
    await startKernel(address);
    const whole = performance.now() + 60_000;
    while (!isWhole(family(npm.pid as number)) && performance.now() < whole)
      await new Promise((resolve) => setTimeout(resolve, 100));
    started = { npm, address, all: family(npm.pid as number) };
    assert.ok(isWhole(started.all), `not all have started:\n${told(started.all)}`);
    return started;
  }

  /** The kernel has its compiler and its runner. */
  function isWhole(all: readonly RunningProcess[]): boolean {
    const kernel = all.find(({ command }) => isIts["the kernel"]?.test(command));
    return kernel !== undefined && all.filter(({ parent }) => parent === kernel.pid).length === 2;
  }

  function processOf({ all }: Started, name: string): RunningProcess {
    const found = all.find(({ command }) => isIts[name]?.test(command));
    assert.ok(found, `no ${name} among\n${told(all)}`);
    return found;
  }

  // npm and its shell alone ignore SIGINT and wait for their command: a terminal sends it to all, see below.
  const ways: readonly [name: string, signals: readonly NodeJS.Signals[]][] = [
    ["npm", ["SIGTERM", "SIGHUP", "SIGKILL"]],
    ["npm's shell", ["SIGTERM", "SIGHUP", "SIGKILL"]],
    ["the command", ["SIGTERM", "SIGINT", "SIGHUP", "SIGKILL"]],
    ["JupyterLab", ["SIGTERM", "SIGINT", "SIGKILL"]],
  ];
  for (const [name, signals] of ways)
    for (const signal of signals)
      it(`${name} by ${signal}: leaves no process and no port`, async () => {
        const all = await start();
        process.kill(processOf(all, name).pid, signal);
        await isGone(all);
      });

  for (const signal of ["SIGINT", "SIGHUP"] as const)
    it(`all by ${signal}, as a terminal does: leaves no process and no port`, async () => {
      const all = await start();
      process.kill(-(all.npm.pid as number), signal);
      await isGone(all);
    });

  it("the kernel by SIGKILL: its compiler and its runner go with it", async () => {
    const all = await start();
    const kernel = processOf(all, "the kernel");
    const below = family(kernel.pid).slice(1);
    assert.equal(below.length, 2, told(below));
    process.kill(kernel.pid, "SIGKILL");
    assert.deepEqual(await leftAfter(patience, below), []);
    process.kill(all.npm.pid as number, "SIGTERM");
    await isGone(all);
  });

  it("JupyterLab by SIGKILL while its kernel starts: leaves no process and no port", async () => {
    const { npm, address, all } = await start();
    const known = new Set(all.map(({ pid }) => pid));
    void startKernel(address).catch(() => undefined); // its answer may never come
    const fresh = (): RunningProcess[] =>
      family(npm.pid as number).filter(
        ({ pid, command }) => !known.has(pid) && isIts["the kernel"]?.test(command),
      );
    while (fresh().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const [both, lab] = [
      { npm, address, all: [...all, ...fresh()] },
      processOf({ npm, address, all }, "JupyterLab"),
    ];
    process.kill(lab.pid, "SIGKILL");
    await isGone(both);
  });

  async function isGone({ all, address }: Started): Promise<void> {
    const left = await leftAfter(patience, all);
    assert.equal(left.length, 0, `left:\n${told(left)}`);
    await assert.rejects(fetch(address), /fetch failed/);
  }
});

function told(all: readonly RunningProcess[]): string {
  return all.map(({ pid, parent, command }) => `${pid} of ${parent}: ${command.slice(0, 200)}`).join("\n");
}

function endIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // it has ended
  }
}

async function startKernel(address: URL): Promise<void> {
  const answer = await fetch(new URL(`/api/kernels${address.search}`, address), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: "philab" }),
  });
  assert.equal(answer.status, 201, await answer.text());
}
