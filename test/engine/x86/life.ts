/**
 * What machine code must not do to a process: threads that are ended inside a task, and 10,000 calls. Says how much
 * memory and how many files the process has more than before.
 */

import { readdirSync } from "node:fs";
import { parentPort, Worker } from "node:worker_threads";
import { convLinear, convShape, engineInfo, ones, release, scope } from "../../../src/index.js";

/** This file as a thread. */
const program = `import("tsx/esm/api").then(({ register }) => {
  register();
  return import(${JSON.stringify(import.meta.url)});
});`;

const large = {
  shape: convShape({ a: 60, b: 50, d: 32, h: 3 }),
  W: ones(64, 288),
  b: ones(64, 1),
  Z: ones(32, 3000),
};
const small = {
  shape: convShape({ a: 12, b: 10, d: 8, h: 3 }),
  W: ones(16, 72),
  b: ones(16, 1),
  Z: ones(8, 120),
};

if (process.argv[2] === "forever") {
  computed(large);
  parentPort?.postMessage("computing");
  for (;;) computed(large);
}

const first = computed(large);
await endedInside(5);
const after = computed(large);
for (let k = 0; k < 3000; k++) computed(small);
const before = { files: files(), rss: process.memoryUsage.rss(), engine: engineInfo().memory };
for (let k = 0; k < 10_000; k++) computed(small);
const now = { files: files(), rss: process.memoryUsage.rss(), engine: engineInfo().memory };
console.log(
  JSON.stringify({
    engine: engineInfo().engine,
    results: [first, after],
    files: now.files - before.files,
    mebibytes: (now.rss - before.rss) / 2 ** 20,
    memory: now.engine.used - before.engine.used + now.engine.size - before.engine.size,
  }),
);
process.exit(0);

function computed({ W, b, Z, shape }: typeof large): number {
  return scope(() => {
    const S = convLinear(W, b, Z, shape, { threads: 2, accuracy: "exact" });
    const last = S.data[S.data.length - 1]!;
    release(S);
    return last;
  });
}

/** Starts threads that compute without end, with helpers of their own, and ends each inside a task. */
async function endedInside(times: number): Promise<void> {
  for (let k = 0; k < times; k++) {
    const worker = new Worker(program, { eval: true, argv: ["forever"], execArgv: [] });
    await new Promise((resolve) => worker.once("message", resolve));
    await new Promise((resolve) => setTimeout(resolve, 20 + 7 * k));
    await worker.terminate();
  }
}

function files(): number {
  return readdirSync("/proc/self/fd").length;
}
