/** A kernel process of our own: connection file, start, end. Nothing of it outlives this process. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ConnectionInfo } from "../../wire/wire.js";

export interface KernelProcess {
  readonly connection: ConnectionInfo;
  /** Resolves with what to tell when the process has ended, for whatever reason. */
  readonly ended: Promise<string>;
  /** Ends it now, and everything that it started. */
  kill(): void;
}

/** Starts `command` (without the connection file, which becomes its last argument) in `folder`. */
export async function startProcess(command: readonly string[], folder: string): Promise<KernelProcess> {
  const [program, ...args] = command as [string, ...string[]];
  const connection = await freshConnection();
  const home = await mkdtemp(join(tmpdir(), "philab-kernel-"));
  const file = join(home, "connection.json");
  await writeFile(file, JSON.stringify(connection), { mode: 0o600 });
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
  return { connection, ended, kill };
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

async function freshConnection(): Promise<ConnectionInfo> {
  const [shell_port, control_port, stdin_port, iopub_port, hb_port] = await freePorts(5);
  return {
    transport: "tcp",
    ip: "127.0.0.1",
    shell_port,
    control_port,
    stdin_port,
    iopub_port,
    hb_port,
    key: randomBytes(32).toString("hex"),
    signature_scheme: "hmac-sha256",
    kernel_name: "philab",
  } as ConnectionInfo;
}

/** Ports that are free now: all are held at once, so that they differ, then given back. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, listening));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}

async function listening(): Promise<Server> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}
