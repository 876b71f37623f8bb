/** A kernel process of our own: connection file, start, end. Nothing of it outlives this process. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { momentaryName, sweepLeftovers } from "../../disk/leftovers.js";
import { asksForPorts, readConnection } from "../../wire/connection.js";
import type { ConnectionInfo } from "../../wire/wire.js";
import { KernelError } from "./cellOutcome.js";

export interface KernelProcess {
  /** Where it listens, once it does; rejects with KernelError where it ends before. */
  readonly connection: Promise<ConnectionInfo>;
  /** Resolves with what to tell when the process has ended, for whatever reason. */
  readonly ended: Promise<string>;
  /** Ends it now, and everything that it started. */
  kill(): void;
}

/** Of the folders with a connection file: they hold the key to a kernel. */
const homes = "philab-kernel-";

/** Starts `command` (without the connection file, which becomes its last argument) in `folder`. */
export async function startProcess(command: readonly string[], folder: string): Promise<KernelProcess> {
  const [program, ...args] = command as [string, ...string[]];
  await sweepLeftovers(tmpdir(), homes, "");
  const home = join(tmpdir(), momentaryName(homes, ""));
  await mkdir(home, { mode: 0o700 });
  const file = join(home, "connection.json");
  await writeFile(file, JSON.stringify(askForPorts()), { mode: 0o600 });
  // A process group of its own, so that `kill` reaches the runner of a kernel that hangs.
  const child = spawn(program, [...args, file], {
    cwd: folder,
    env: { ...process.env, JPY_PARENT_PID: String(process.pid) },
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const kill = (): void => killGroup(child);
  const sweep = (): void => {
    kill();
    rmSync(home, { recursive: true, force: true });
  };
  process.once("exit", sweep);
  const ended = endOf(child).finally(() => {
    process.off("exit", sweep);
    sweep();
  });
  return { connection: told(file, ended), ended, kill };
}

async function endOf(child: ChildProcess): Promise<string> {
  const complaints = lastWords(child);
  try {
    const [code, signal] = await once(child, "exit");
    const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
    return `the kernel process ended (${how})${complaints()}`;
  } catch (error) {
    return `the kernel process could not start (${(error as Error).message})`;
  }
}

/** The last lines of the process's stderr. */
function lastWords(child: ChildProcess): () => string {
  let text = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-2000);
  });
  return () => (text.trim() === "" ? "" : `; its last words:\n${text.trim()}`);
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Gone already, which is what was wanted.
  }
}

/** All ports are left to the kernel. */
function askForPorts(): ConnectionInfo {
  return {
    transport: "tcp",
    ip: "127.0.0.1",
    ...{ shell_port: 0, control_port: 0, stdin_port: 0, iopub_port: 0, hb_port: 0 },
    key: randomBytes(32).toString("hex"),
    signature_scheme: "hmac-sha256",
    kernel_name: "philab",
  };
}

/** The connection, once the kernel has told its ports. Throws KernelError where it ends before. */
async function told(file: string, ended: Promise<string>): Promise<ConnectionInfo> {
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  while (!isOver) {
    const connection = readConnection(file);
    if (!asksForPorts(connection)) return connection;
    await delay(5);
  }
  throw new KernelError(await ended);
}
