import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Dealer, Subscriber } from "zeromq";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { encode, type Json } from "../../kernel/wire/wire.js";
import { type Client, resultText, startKernel } from "../kernel/client.js";

/** Resident memory of a process in MB, and of those that it started. */
function memoryOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}

function childrenOf(pid: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((other) => {
      try {
        const stat = readFileSync(`/proc/${other}/stat`, "utf8");
        return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]) === pid;
      } catch {
        return false; // it has ended meanwhile
      }
    });
}

/** Waits, and looks every half second; returns the most that was seen. */
async function mostDuring(pid: number, done: Promise<unknown>): Promise<number> {
  let most = memoryOf(pid);
  const look = setInterval(() => (most = Math.max(most, memoryOf(pid))), 250);
  await done.finally(() => clearInterval(look));
  return Math.max(most, memoryOf(pid));
}

/** What the kernel may hold beyond what it had: the bounds of kernel/README.md, and what V8 has not collected yet. */
const mostMb = 300;

/** The compiler's garbage is collected when it is as much as what lives, so its memory rises for minutes, to a level. MB */
const mostOfLanguage = 650;

function languageOf(pids: readonly number[]): number | undefined {
  return pids.find((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("language/service"));
}

const main = join(packageRoot(), "dist/kernel/main.js");

/** Options of Node by which a process collects its garbage at SIGUSR2 and says what lives. */
const tellsItsMemory = [
  "--expose-gc",
  "--import",
  `data:text/javascript,${encodeURIComponent(
    'process.on("SIGUSR2", () => { gc(); gc(); const { heapUsed, external } = process.memoryUsage(); process.stderr.write("alive: " + (heapUsed + external) + "\\n"); });',
  )}`,
];

/** What lives in such a kernel, in MB. */
async function livingIn({ process: { pid }, printed }: Client): Promise<number> {
  const from = printed.stderr.length;
  process.kill(pid as number, "SIGUSR2");
  for (let tries = 0; tries < 300; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const said = /alive: (\d+)\n/.exec(printed.stderr.slice(from));
    if (said) return Number(said[1]) / 2 ** 20;
  }
  throw new Error(`the kernel did not say what lives: ${printed.stderr}`);
}

describe("the memory of the protocol process", function () {
  this.timeout(600_000);
  let kernel: Client;
  const pid = (): number => kernel.process.pid as number;

  before(function () {
    if (process.platform !== "linux") this.skip();
  });
  beforeEach(async () => {
    kernel = await startKernel();
    await kernel.execute("1");
  });
  afterEach(() => kernel?.stop());

  it("stays bounded beside a subscriber that never reads, and whoever reads has everything", async () => {
    const deaf = new Subscriber({ receiveHighWaterMark: 1, linger: 0 });
    deaf.connect(`tcp://127.0.0.1:${kernel.connection.iopub_port}`);
    deaf.subscribe();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const before = memoryOf(pid());
    // 250 MB of displays
    const code = `for (let k = 0; k < 250; k++) { display({ "text/plain": String(k).padEnd(1_000_000) }, { raw: true }); await new Promise((go) => setTimeout(go, 20)); }`;
    const exchange = kernel.execute(code);
    const most = await mostDuring(pid(), exchange);
    const shown = (await exchange).iopub.filter(({ header }) => header.msg_type === "display_data");
    deaf.close();
    assert.equal(shown.length, 250);
    assert.ok(most - before < mostMb + 256, `${Math.round(before)} → ${Math.round(most)} MB`);
  });

  it("stays bounded whatever comm messages and requests carry", async () => {
    const before = memoryOf(pid());
    const send = async (): Promise<void> => {
      for (let k = 0; k < 450; k++) {
        const id = kernel.send(
          "shell",
          "comm_msg",
          { comm_id: `c${k}`, data: {} },
          { buffers: [Buffer.alloc(1_000_000)] },
        );
        if (k % 10 === 9) await kernel.outputs(id);
      }
      for (let k = 0; k < 60; k++) await kernel.execute(`/*${"x".repeat(1_000_000)}*/ 1`);
    };
    const most = await mostDuring(pid(), send());
    assert.ok(most - before < mostMb, `${Math.round(before)} → ${Math.round(most)} MB`);
  });

  it("stays bounded beside a client that asks and never reads the answers", async () => {
    await kernel.execute(`const text = "x".repeat(1000);`);
    for (let k = 0; k < 300; k++) await kernel.execute(`// ${"x".repeat(2_000)}\n${k}`);
    const mute = new Dealer({ receiveHighWaterMark: 1, linger: 0 });
    mute.connect(`tcp://127.0.0.1:${kernel.connection.shell_port}`);
    const before = memoryOf(pid());
    const flood = async (): Promise<void> => {
      for (let k = 0; k < 2_000; k++)
        await mute.send(signed(kernel, "history_request", { hist_access_type: "tail", n: 300 }));
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      assert.equal(resultText((await kernel.execute("1 + 1")).iopub), "2");
    };
    const most = await mostDuring(pid(), flood());
    mute.close();
    // 128 replies of 0.6 MB each wait for it at most
    assert.ok(most - before < mostMb, `${Math.round(before)} → ${Math.round(most)} MB`);
  });

  it("is flat over mixed cells, and so is that of the runner and of the language process", async function () {
    this.timeout(600_000 + 1_000 * Number(process.env.PHILAB_LOAD_SECONDS || 0));
    const cells = [
      "let n: number = 3; n * 2",
      'console.log("line\\n".repeat(50))',
      "multiply(randomMatrix(60, 60), randomMatrix(60, 60))",
      "lecture`dims n; A : n x n`.check('x', \"A'' = A\")",
      "await new Promise((go) => setTimeout(go, 1)); display({ 'text/plain': 'x' }, { raw: true })",
      "throw new Error('meant')",
      "const f = (x: number) => x + 1; [1, 2, 3].map(f)",
      "nobody.here",
      "plot.lines({ y: [1, 2, 3] })",
    ];
    const seconds = Number(process.env.PHILAB_LOAD_SECONDS || 60);
    const pids = [pid(), ...childrenOf(pid())];
    const started = performance.now();
    let [ran, early] = [0, [] as number[]];
    const cellsAtMost = 30 * seconds; // what is kept of cells has bounds, but a quick machine would run more before they are reached
    while (performance.now() - started < seconds * 1_000 && ran < cellsAtMost) {
      await kernel.execute(cells[ran++ % cells.length] as string, { store_history: true });
      const isEarly = performance.now() - started > seconds * 400 || ran > 0.4 * cellsAtMost;
      if (early.length === 0 && isEarly) early = pids.map(memoryOf);
    }
    const late = pids.map(memoryOf);
    const told = `${ran} cells in ${seconds} s: ${early.map((mb, k) => `${Math.round(mb)} → ${Math.round(late[k] as number)} MB`).join(", ")}`;
    console.log(`      ${told}`);
    const language = languageOf(pids);
    for (const [k, mb] of late.entries())
      assert.ok(pids[k] === language ? mb < mostOfLanguage : mb - (early[k] as number) < 25, told);
  });

  it("does not grow by 3,000 small cells: neither what lives nor, with garbage, what is resident", async () => {
    const told = await startKernel({ command: (file) => [process.execPath, ...tellsItsMemory, main, file] });
    try {
      for (let k = 0; k < 500; k++) await told.execute("1");
      const [before, alive] = [memoryOf(told.process.pid as number), await livingIn(told)];
      for (let k = 0; k < 3_000; k++) await told.execute("1");
      const [after, alive2] = [memoryOf(told.process.pid as number), await livingIn(told)];
      const words = [before, after, alive, alive2].map((mb) => mb.toFixed(1));
      console.log(`      resident ${words[0]} → ${words[1]} MB, alive ${words[2]} → ${words[3]} MB`);
      assert.ok(after - before < 15, words.join());
      assert.ok(alive2 - alive < 5, words.join()); // headers, history and signatures: 0.9 kB a cell, up to their bounds
    } finally {
      await told.stop();
    }
  });
});

function signed(kernel: Client, type: string, content: Json): Uint8Array[] {
  const header = {
    msg_id: crypto.randomUUID(),
    session: "mute",
    username: "",
    date: "",
    msg_type: type,
    version: "5.3",
  };
  return encode(
    { identities: [], header, parent_header: {}, metadata: {}, content, buffers: [] },
    kernel.connection.key,
  );
}
