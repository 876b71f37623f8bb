/** A peer in a process of its own that answers a line of JSON for a line of JSON, as python/peer.py says. */

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Peer, Task } from "./peer.js";

/** How the process is started, and what it can do. */
export interface LinePeer {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly can: (task: Task) => boolean;
}

/** A process that was started: what it says of itself, and a line for a line. */
export interface LineProcess {
  readonly version: string;
  ask(request: object): Promise<Answer>;
  end(): void;
}

/** Starts a peer that measures layers. */
export async function startPeer({ can, ...process }: LinePeer): Promise<Peer> {
  const { version, ask, end } = await startLines(process);
  return {
    ...{ name: process.name, version, can, end },
    time: async (task, ms) => (await ask({ ...request(task), ms })).ms!,
    probe: async (task) => (await ask({ ...request(task), probe: true })).probe!,
  };
}

/** Starts it and waits for its first line, which says its version. Throws an Error with its last words. */
export async function startLines({ name, command, args, env }: Omit<LinePeer, "can">): Promise<LineProcess> {
  const child = spawn(command, args, { env, stdio: ["pipe", "pipe", "pipe"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let words = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    words = (words + text).slice(-2000);
  });
  const failed = new Promise<never>((_, reject) => child.once("error", reject));
  failed.catch(() => undefined); // told where somebody waits
  child.stdin.on("error", () => undefined);

  async function answer(): Promise<Answer> {
    const { value, done } = await Promise.race([lines.next(), failed, tooLate(name)]);
    if (done) throw new Error(`${name} has ended: ${words.trim().split("\n").at(-1)}`);
    return JSON.parse(value) as Answer;
  }

  async function ask(request: object): Promise<Answer> {
    child.stdin.write(`${JSON.stringify(request)}\n\n`); // Octave takes a line only when it sees what follows it
    const reply = await answer();
    if (reply.error !== undefined) throw new Error(`${name}: ${reply.error}`);
    return reply;
  }

  const { version = name } = await answer();
  return { version, ask, end: () => void child.kill() };
}

/** A peer that hangs must not hold the others up for good. */
function tooLate(name: string): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`${name} has not answered for a minute`)), 60_000).unref();
  });
}

export interface Answer {
  readonly version?: string;
  readonly ms?: number;
  readonly probe?: readonly number[];
  readonly error?: string;
}

function request({ layer, batch, precision, what }: Task): object {
  const { shape, name, dOut, groups } = layer;
  return { layer: { name, ...shape, dOut, groups }, batch, dtype: precision, what };
}
