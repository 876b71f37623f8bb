/**
 * A snapshot of the language process's memory, with the compiler loaded and warm: starting from it takes a tenth of
 * loading it. It is made by `npm run build` and by `philab install`, and belongs to one Node, one place and the files that
 * were read for it; where anything of this has changed, the process starts without it.
 */
import { execFile } from "node:child_process";
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { packageFolder } from "./packageRoot.js";
import { fastestRuntime, type Runtime } from "./runtime.js";
import { readsVariable } from "./snapshotReads.js";

/** The language process as one file: `npm run build` makes it (buildService.ts). */
export const servicePath: string = join(packageFolder, "dist/kernel/language/service.cjs");
const blobPath = join(packageFolder, "dist/kernel/language/service.blob");
const stampPath = `${blobPath}.json`;

interface Stamp {
  /** Which Node, which kind of machine, which folder: a copy of the package has none of its own yet. */
  readonly belongs: string;
  /** Path, size, and time of the last change in milliseconds. */
  readonly files: readonly (readonly [string, number, number])[];
}

/** The compiler walks a sum of thousands of terms by a call for each; a main thread has 8 MB, on Windows 1. */
const deepStack: readonly string[] = process.platform === "win32" ? [] : ["--stack-size=3900"];

/** V8 collects when there is twice what lives; by itself it waits for four times that, which a day of cells would fill. */
const options: readonly string[] = [...deepStack, "--heap-growing-percent=100"];

/** How the language process is started: in the Node that cells run in, whose V8 is the newest there is. */
export interface ServiceCommand {
  readonly node: string;
  readonly args: readonly string[];
  readonly isSnapshot: boolean;
}

/** From the snapshot where it fits, else from the start. */
export function serviceCommand(): ServiceCommand {
  const runtime = fastestRuntime();
  return isUsable(runtime)
    ? { node: runtime.node, args: [...options, "--snapshot-blob", blobPath], isSnapshot: true }
    : plainCommand(runtime);
}

/** From the start. */
export function plainCommand({ node }: Runtime = fastestRuntime()): ServiceCommand {
  return { node, args: [...options, servicePath], isSnapshot: false };
}

/** Makes the snapshot unless there is one that fits; takes some seconds. Where it cannot, `report` hears why. */
export async function prepareSnapshot(report: (line: string) => void): Promise<void> {
  try {
    const runtime = fastestRuntime();
    if (!isUsable(runtime)) await makeSnapshot(runtime);
  } catch (error) {
    report(
      `The kernel will start slowly: no snapshot of its compiler could be made.\n${(error as Error).message}`,
    );
  }
}

async function makeSnapshot(runtime: Runtime): Promise<void> {
  const [blob, reads] = [`${blobPath}.${process.pid}`, `${stampPath}.${process.pid}`];
  const env = { ...process.env, NODE_OPTIONS: "", [readsVariable]: reads };
  try {
    const args = ["--snapshot-blob", blob, "--build-snapshot", servicePath];
    await promisify(execFile)(runtime.node, args, { env });
    const files = [
      runtime.node,
      servicePath,
      blob,
      ...(JSON.parse(readFileSync(reads, "utf8")) as string[]),
    ].map(stamped);
    rmSync(stampPath, { force: true });
    renameSync(blob, blobPath);
    writeFileSync(
      reads,
      JSON.stringify({ belongs: belongs(runtime), files: files.map(named(blob)) } satisfies Stamp),
    );
    renameSync(reads, stampPath);
  } finally {
    for (const path of [blob, reads]) rmSync(path, { force: true });
  }
}

function isUsable(runtime: Runtime): boolean {
  try {
    const stamp = JSON.parse(readFileSync(stampPath, "utf8")) as Stamp;
    return stamp.belongs === belongs(runtime) && stamp.files.every((file) => isSame(file, stamped(file[0])));
  } catch {
    return false; // none was made here
  }
}

function belongs({ node }: Runtime): string {
  return [node, process.platform, process.arch, packageFolder].join(" ");
}

function stamped(path: string): Stamp["files"][number] {
  const { size, mtimeMs } = statSync(path);
  return [path, size, Math.round(mtimeMs)];
}

function isSame(before: Stamp["files"][number], now: Stamp["files"][number]): boolean {
  return before.every((part, i) => part === now[i]);
}

/** The stamp of the blob is kept under the name it gets. */
function named(blob: string): (file: Stamp["files"][number]) => Stamp["files"][number] {
  return ([path, size, changed]) => [path === blob ? blobPath : path, size, changed];
}
