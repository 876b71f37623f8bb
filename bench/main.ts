/** `npm run bench -- NAME [--json] [options]`: runs one bench and prints what it measured. */
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { fastestRuntime } from "../kernel/place/runtime.js";
import { bringRuntime } from "../kernel/setup/bringRuntime.js";
import { UsageError } from "../kernel/usageError.js";
import type { Asked, Bench } from "./bench.js";
import { machine } from "./machine.js";

const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  conv: async () => (await import("./conv/bench.js")).convBench,
  costs: async () => (await import("./costs/bench.js")).costsBench,
  peers: async () => (await import("./peers/bench.js")).peersBench,
  derive: async () => (await import("./derive/bench.js")).deriveBench,
  proofs: async () => (await import("./proofs/bench.js")).proofsBench,
  dispatch: async () => (await import("./dispatch/bench.js")).dispatchBench,
  train: async () => (await import("./train/bench.js")).trainBench,
  kernel: async () => (await import("./kernel/bench.js")).kernelBench,
};

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const [name = "", ...words] = process.argv.slice(2);
const bench = await load(name);
if (bench.inRuntime) await goOnInRuntime();
const { json, ...asked } = readWords(bench, words);
try {
  const found = json ? (finding: object) => console.log(JSON.stringify(finding)) : () => undefined;
  const table = await bench.run(asked, { say, found });
  if (!json) console.log(`${machine()}\n\n${table}`);
  process.exit(0); // a socket that waits for a killed kernel would hold the process
} catch (error) {
  if (error instanceof UsageError) refuse(error.message);
  say((error as Error).stack ?? String(error));
  process.exit(1);
}

async function load(name: string): Promise<Bench> {
  if (Object.hasOwn(benches, name)) return (benches[name] as () => Promise<Bench>)();
  return refuse(`NAME is one of: ${Object.keys(benches).join(", ")}`);
}

function readWords({ options }: Bench, args: readonly string[]): Asked {
  try {
    return parseArgs({ args: [...args], options: { json: { type: "boolean" }, ...options } }).values as Asked;
  } catch (error) {
    return refuse((error as Error).message);
  }
}

function refuse(why: string): never {
  say(`usage: npm run bench -- NAME [--json] [options]\n${why}`);
  process.exit(2);
}

/** Hands over to the Node that runs cells, with the same words; returns where that is the one that runs this. */
async function goOnInRuntime(): Promise<void> {
  if (process.env.PHILAB_NODE === undefined) await bringRuntime(say);
  const { node, flags } = fastestRuntime();
  if (node === process.execPath && flags.every((flag) => process.execArgv.includes(flag))) return;
  const args = [...flags, ...process.execArgv, ...process.argv.slice(1)];
  const { status, error } = spawnSync(node, args, {
    stdio: "inherit",
    env: { ...process.env, PHILAB_NODE: node },
  });
  if (error) throw error;
  process.exit(status ?? 1);
}
