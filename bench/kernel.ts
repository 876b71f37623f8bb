/**
 * How fast the kernel answers, beside tslab's own kernel and Deno's, interleaved in one run.
 *
 *   npm run bench -- kernel [--json] [--rounds N]
 *
 * Deno is measured where PHILAB_DENO names its program. Times are milliseconds; "lost" says that output did not come.
 */
import { createRequire } from "node:module";
import { type Client, resultText, startKernel, streamText } from "../test/kernel/client.js";

interface Contestant {
  readonly name: string;
  readonly command?: (file: string) => readonly string[];
}

type Times = Map<string, (number | "lost")[]>;

const rounds = Number(option("--rounds") ?? 5);
const isJson = process.argv.includes("--json");
const require = createRequire(import.meta.url);
const contestants: Contestant[] = [
  { name: "philab" },
  {
    name: "tslab",
    command: (file) => [
      process.execPath,
      require.resolve("tslab/bin/tslab"),
      "kernel",
      "--config-path",
      file,
    ],
  },
];
const deno = process.env.PHILAB_DENO;
if (deno)
  contestants.push({ name: "deno", command: (file) => [deno, "jupyter", "--kernel", "--conn", file] });

const results = new Map(contestants.map(({ name }) => [name, new Map() as Times]));
for (let round = 0; round < rounds; round++) {
  for (const contestant of contestants) await measure(contestant, results.get(contestant.name) as Times);
}
await loopCost(results.get("philab") as Times);
print();
process.exit(0);

/** One life of a kernel. */
async function measure({ command }: Contestant, times: Times): Promise<void> {
  const note = (what: string, value: number | "lost"): void =>
    void times.set(what, [...(times.get(what) ?? []), value]);
  const start = performance.now();
  const kernel = await startKernel(command ? { command } : {});
  await kernel.reply(kernel.send("shell", "kernel_info_request", {}));
  note("ready (kernel_info)", performance.now() - start);
  await kernel.reply(
    kernel.send("shell", "execute_request", { code: "1 + 1", allow_stdin: false, silent: false }),
  );
  note("first execute_reply, from start", performance.now() - start);
  for (let i = 0; i < 30; i++) note("1 + 1", await timed(() => reply(kernel, "1 + 1")));
  await reply(kernel, "const dictionary = { alpha: 1, beta: 2 }");
  for (let i = 0; i < 20; i++) note("completion of a member", await timed(() => completion(kernel)));
  note("10,000 lines until idle", await lines(kernel, 10_000));
  note("100,000 lines until idle", await lines(kernel, 100_000));
  note("result of 10 MB until idle", await large(kernel));
  if (!command) await interrupts(kernel, note);
  await kernel.stop();
}

async function reply(kernel: Client, code: string): Promise<void> {
  await kernel.reply(kernel.send("shell", "execute_request", { code, allow_stdin: false, silent: false }));
}

async function completion(kernel: Client): Promise<void> {
  const code = "dictionary.al";
  await kernel.reply(kernel.send("shell", "complete_request", { code, cursor_pos: code.length }));
}

async function lines(kernel: Client, n: number): Promise<number | "lost"> {
  const start = performance.now();
  const done = kernel.execute(`for (let i = 0; i < ${n}; i++) console.log("line " + i)`);
  const ended = await Promise.race([done, later(10_000)]);
  if (!ended) return "lost";
  return streamText(ended.iopub, "stdout").split("\n").length > n ? performance.now() - start : "lost";
}

async function large(kernel: Client): Promise<number | "lost"> {
  const start = performance.now();
  const done = kernel.execute('process.stdout.write("x".repeat(1e7)); "written"');
  const ended = await Promise.race([done, later(10_000)]);
  if (!ended) return "lost";
  return streamText(ended.iopub, "stdout").length >= 1e7 ? performance.now() - start : "lost";
}

/** The four places, and whether the variables are still there. */
async function interrupts(
  kernel: Client,
  note: (what: string, value: number | "lost") => void,
): Promise<void> {
  await reply(
    kernel,
    "var kept = 1; const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))",
  );
  const places = {
    loop: "console.log('on'); for (;;);",
    "pending promise": "console.log('on'); await new Promise(() => {})",
    "loop after an await": "await sleep(1); console.log('on'); for (;;);",
    "timer callback": "setTimeout(() => { console.log('on'); for (;;); }, 5); await sleep(100)",
  };
  for (const [place, code] of Object.entries(places)) {
    const id = kernel.send("shell", "execute_request", { code, allow_stdin: false, silent: false });
    await kernel.iopub(
      ({ content, parent_header }) => content.text === "on\n" && parent_header.msg_id === id,
    );
    const start = performance.now();
    kernel.send("control", "interrupt_request", {});
    await kernel.outputs(id);
    note(`interrupt: ${place}`, performance.now() - start);
    if (resultText((await kernel.execute("kept")).iopub) !== "1") note(`interrupt: ${place}`, "lost");
  }
}

/** A numeric loop with the interrupt checks in it, and the same code without (made by Function in the cell). */
async function loopCost(times: Times): Promise<void> {
  const kernel = await startKernel();
  const body = `const R = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) {
    let s = 0;
    for (let k = 0; k < n; k++) s += A[i * n + k] * A[k * n + j];
    R[i * n + j] = s;
  }
  return R;`;
  await reply(kernel, `function checked(A: Float64Array, n: number) { ${body} }`);
  await reply(kernel, `const bare = new Function("A", "n", ${JSON.stringify(body)}) as typeof checked`);
  await reply(
    kernel,
    "const A = new Float64Array(400 * 400).fill(1.5); const time = (f: typeof checked) => { const t = performance.now(); f(A, 400); return performance.now() - t }",
  );
  for (let i = 0; i < 7; i++) {
    for (const name of ["checked", "bare"]) {
      const ms = Number(resultText((await kernel.execute(`time(${name})`)).iopub));
      const what = `matrix product in a cell, ${name === "bare" ? "without" : "with"} loop checks`;
      times.set(what, [...(times.get(what) ?? []), ms]);
    }
  }
  await kernel.stop();
}

async function timed(body: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await body();
  return performance.now() - start;
}

function later(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, ms, undefined));
}

function print(): void {
  for (const what of (results.get("philab") as Times).keys()) {
    const row = contestants.map(({ name }) => [name, summary(results.get(name)?.get(what) ?? [])] as const);
    if (isJson) for (const [kernel, value] of row) console.log(JSON.stringify({ kernel, what, ...value }));
    else
      console.log(what.padEnd(50), row.map(([name, value]) => `${name} ${shown(value)}`.padEnd(28)).join(""));
  }
}

interface Summary {
  readonly n: number;
  readonly lost: number;
  readonly min_ms: number | undefined;
  readonly med_ms: number | undefined;
}

function summary(values: readonly (number | "lost")[]): Summary {
  const times = values.filter((value): value is number => value !== "lost").sort((a, b) => a - b);
  return {
    n: values.length,
    lost: values.length - times.length,
    min_ms: rounded(times[0]),
    med_ms: rounded(times[times.length >> 1]),
  };
}

function rounded(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.round(ms * 100) / 100;
}

function shown({ n, lost, min_ms, med_ms }: Summary): string {
  if (n === 0) return "–";
  return `${min_ms ?? "–"} / ${med_ms ?? "–"}${lost > 0 ? ` (${lost} of ${n} lost)` : ""}`;
}

function option(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}
