/**
 * Finds the fastest Node for cells, and brings one where the system's is older. V8 joins two 128-bit operations of
 * WebAssembly into one of 256 from Node 24 on, on x64 alone, which doubles the speed of products; Node 20 has relaxed
 * SIMD (fused multiply-add) only by a flag. The packages are no dependencies of ours: their `bin` would put another
 * `node` in front of the user's own in every script of npm.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { writeRecord } from "../disk/writeRecord.js";
import { packageRoot } from "../place/packageRoot.js";
import { type Runtime, runtimeFolder, runtimeRecord } from "../place/runtime.js";
import { runProgram } from "./runProgram.js";

const wide = "--experimental-wasm-revectorize";
const relaxed = "--experimental-wasm-relaxed-simd";

/** Chooses the runtime and records it; never fails: the Node that runs this always serves. */
export async function bringRuntime(report: (line: string) => void): Promise<Runtime> {
  const runtime =
    (await wideRuntime(report)) ?? tried(process.execPath, [relaxed]) ?? tried(process.execPath, []);
  const chosen = runtime ?? { node: process.execPath, version: process.version, flags: [] };
  try {
    keep(chosen);
  } catch (error) {
    report(`The choice of a Node for cells is not kept: ${(error as Error).message}`);
  }
  return chosen;
}

/** Writes the record whole or not at all: a kernel that starts meanwhile reads the one before. */
function keep(chosen: Runtime): void {
  mkdirSync(runtimeFolder(), { recursive: true });
  writeRecord(join(runtimeFolder(), runtimeRecord), JSON.stringify(chosen));
}

/** A Node with 256-bit WebAssembly: this one, or the one that npm brings; undefined where the machine can have none. */
async function wideRuntime(report: (line: string) => void): Promise<Runtime | undefined> {
  if (process.arch !== "x64") return undefined;
  if (Number.parseInt(process.version.slice(1), 10) >= 24) return tried(process.execPath, [wide]);
  const node = join(runtimeFolder(), "node_modules", packageName(), "bin", programName());
  try {
    if (!existsSync(node)) await install(report);
  } catch (error) {
    report(`Cells will run in Node ${process.version}: ${lastLine(error as Error)}`);
  }
  return tried(node, [wide]);
}

/** `npm ci` by the committed lockfile in a folder apart: no script is run, nothing is linked. */
async function install(report: (line: string) => void): Promise<void> {
  report("Bringing Node 24 for cells (50 MB): it runs WebAssembly twice as fast …");
  mkdirSync(runtimeFolder(), { recursive: true });
  for (const name of ["package.json", "package-lock.json"]) {
    copyFileSync(join(packageRoot(), "kernel", "setup", "runtime", name), join(runtimeFolder(), name));
  }
  const npm = process.env.npm_execpath; // a script of npm's knows where npm is, also on Windows
  const command = npm ? process.execPath : "npm";
  const args = [
    "ci",
    "--prefix",
    runtimeFolder(),
    "--ignore-scripts",
    "--no-bin-links",
    "--include=optional",
  ];
  await runProgram({ command, args: npm ? [npm, ...args] : args, cwd: runtimeFolder() });
  for (const unused of ["include", "share"]) // headers for C and pages of a manual: 68 of 189 MB
    rmSync(join(runtimeFolder(), "node_modules", packageName(), unused), { recursive: true, force: true });
}

/** The runtime, if the program starts with these flags and compiles WebAssembly; undefined otherwise. */
function tried(node: string, flags: readonly string[]): Runtime | undefined {
  const program =
    "new WebAssembly.Module(new Uint8Array([0,97,115,109,1,0,0,0]));console.log(process.version)";
  try {
    const version = execFileSync(node, [...flags, "-e", program], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 10_000,
    });
    return { node, version: version.trim(), flags };
  } catch {
    return undefined;
  }
}

function packageName(): string {
  return `node-${process.platform === "win32" ? "win" : process.platform}-x64`;
}

function programName(): string {
  return process.platform === "win32" ? "node.exe" : "node";
}

function lastLine(error: Error): string {
  return error.message.trim().split("\n").at(-1) ?? "";
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await bringRuntime(console.error);
