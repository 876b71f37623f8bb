/** The peers that this machine can have: installed at the first run, and named as left out where they cannot be. */

import { execFile } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { findPython } from "../../kernel/setup/findPython.js";
import { ways } from "../conv/ours.js";
import { betterOf } from "./betterOf.js";
import { type LinePeer, startPeer } from "./linePeer.js";
import { mathjsProduct, openBlas, philab, plainReference } from "./local.js";
import type { Peer, Task } from "./peer.js";

const run = promisify(execFile);
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const pythonPackages = ["torch==2.13.0", "numpy==2.4.6", "onnxruntime==1.30.0", "onnx==1.23.1"];
const tfjsVersion = "4.22.0";

/** Ours first: what every peer's time is divided by. */
export function ourWays(threads: number): readonly Peer[] {
  return ways.map((way) => philab(way, threads));
}

/** Makes one peer ready, or throws. */
type Start = (threads: number, say: (line: string) => void) => Promise<Peer>;

const starts: Readonly<Record<string, Start>> = {
  torch: bothLayouts,
  onnxruntime: (threads, say) =>
    pythonPeer(
      "onnxruntime",
      threads,
      say,
      ({ what, precision }) => what === "fwd" && precision === "float32",
    ),
  tfjs: (_, say) => startTfjs("tfjs", say, asUsersRunIt),
  "tfjs-256": (_, say) => startTfjs("tfjs-256", say, process.execArgv),
  numpy: (threads, say) => pythonPeer("numpy", threads, say, isLayer),
  octave: startOctave,
  openblas: (threads) => openBlas(threads),
  mathjs: async () => mathjsProduct(),
  reference: async () => plainReference(),
};

/** The names of all peers, in the order of the table. */
export const peerNames: readonly string[] = Object.keys(starts);

/** Those of `names` that can be had; a line is said for each that is there, and for each that is left out. */
export async function findPeers(
  names: readonly string[],
  threads: number,
  say: (line: string) => void,
): Promise<readonly Peer[]> {
  const found: Peer[] = [];
  for (const name of names) {
    try {
      const peer = await starts[name]!(threads, say);
      say(`${peer.name}: ${peer.version}`);
      found.push(peer);
    } catch (error) {
      say(`${name} is left out: ${(error as Error).message.trim().split("\n").at(-1)}`);
    }
  }
  return found;
}

/** PyTorch in each of its two layouts of an image; what counts is the better one. φ and its transpose have only one. */
async function bothLayouts(threads: number, say: (line: string) => void): Promise<Peer> {
  const first = await pythonPeer("torch", threads, say, () => true);
  return betterOf(first, await pythonPeer("torch_last", threads, say, isLayer), threads > 1 ? 60 : 2);
}

async function pythonPeer(
  name: string,
  threads: number,
  say: (line: string) => void,
  can: Peer["can"],
): Promise<Peer> {
  const args = ["peer.py", name, String(threads)];
  return startPeer({ ...(await pythonProcess(name, args, threads, say)), can });
}

/** How a program of python/ is started in the environment that has PyTorch, made at the first run. */
export async function pythonProcess(
  name: string,
  [program, ...args]: readonly string[],
  threads: number,
  say: (line: string) => void,
): Promise<Omit<LinePeer, "can">> {
  const command = process.env.PHILAB_PEERS_PYTHON ?? (await makeVenv(say));
  const env = { ...withThreads(threads), ...keptMemory };
  return { name, command, args: [here(`python/${program}`), ...args], env };
}

/**
 * PyTorch takes new memory for each result, and glibc gives large blocks back at once: where a new page is dear (22 µs on a
 * virtual machine), that is most of its time. So glibc keeps what it has, as our own engine does. Source: mallopt(3).
 */
const keptMemory = {
  MALLOC_MMAP_MAX_: "0",
  MALLOC_TRIM_THRESHOLD_: String(2 ** 35),
  MALLOC_TOP_PAD_: String(2 ** 28),
};

/** PyTorch and the others in a virtual environment of their own; PHILAB_PEERS_PYTHON names one that has them. */
async function makeVenv(say: (line: string) => void): Promise<string> {
  const folder = join(packageRoot(), "node_modules", ".cache", "peers-python");
  const python = join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  const stamp = join(folder, "philab-packages");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === pythonPackages.join()) return python;
  say(`Making ${folder} with ${pythonPackages.join(", ")} (some 300 MB) …`);
  await run((await findPython()).command, ["-m", "venv", folder]);
  const flags = ["--quiet", "--retries", "0"];
  await run(python, ["-m", "pip", "install", ...flags, ...pythonPackages], { timeout: 600_000 });
  writeFileSync(stamp, pythonPackages.join());
  return python;
}

/** Without the switches that our own engine is given: TensorFlow.js sets none. */
const asUsersRunIt: readonly string[] = process.execArgv.filter(
  (flag) => !flag.startsWith("--experimental-wasm"),
);

/** TensorFlow.js in the Node that runs this; with `tfjs-256`, which nobody runs, V8 joins its vectors as it does ours. */
async function startTfjs(
  name: string,
  say: (line: string) => void,
  nodeArgs: readonly string[],
): Promise<Peer> {
  const home = join(packageRoot(), "node_modules", ".cache", `tfjs-${tfjsVersion}`);
  if (!existsSync(join(home, "node_modules", "@tensorflow", "tfjs-backend-wasm"))) {
    say(`Installing TensorFlow.js ${tfjsVersion} from npm into ${home} …`);
    const packages = ["tfjs-core", "tfjs-backend-wasm", "tfjs-backend-cpu"];
    const names = packages.map((name) => `@tensorflow/${name}@${tfjsVersion}`);
    await run("npm", ["install", "--no-save", "--ignore-scripts", "--prefix", home, ...names], {
      timeout: 120_000,
    });
  }
  const args = [...nodeArgs, here("tfjsPeer.ts"), home];
  const can = ({ what, precision, layer }: Task): boolean =>
    what === "fwd" && precision === "float32" && layer.groups === 1;
  return startPeer({ name, command: process.execPath, args, can });
}

async function startOctave(threads: number): Promise<Peer> {
  const can = (task: Task): boolean => isLayer(task) && task.layer.groups === 1;
  return startPeer({ ...octaveProcess("octave", "layer_peer.m", threads), can });
}

/** How a script of octave/ is started. Octave comes from the system: `octave-cli`, or what PHILAB_OCTAVE names. */
export function octaveProcess(name: string, script: string, threads: number): Omit<LinePeer, "can"> {
  const command = process.env.PHILAB_OCTAVE ?? "octave-cli";
  const args = ["--no-gui", "--quiet", "--norc", here(`octave/${script}`)];
  return { name, command, args, env: withThreads(threads) };
}

function isLayer({ what }: Task): boolean {
  return what !== "phi" && what !== "vTP";
}

/** As many threads for every library; OpenBLAS chooses its kernel itself, whatever the shell says. */
function withThreads(threads: number): NodeJS.ProcessEnv {
  const { OPENBLAS_CORETYPE, OPENBLAS_L2_SIZE, ...env } = process.env;
  const count = String(threads);
  return { ...env, OMP_NUM_THREADS: count, OPENBLAS_NUM_THREADS: count, MKL_NUM_THREADS: count };
}
