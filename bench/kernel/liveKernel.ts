/**
 * A kernel under measurement. The clients of `kernel/notebook` and `test/kernel` know only our kernel, search all that
 * was heard for each answer, and connect again every 100 ms: here other kernels are spoken to, which send a message per
 * line, and the moment of each answer is what is asked for.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Dealer, Subscriber } from "zeromq";
import { type ConnectionInfo, decode, encode, type Json, type Message } from "../../kernel/wire/wire.js";
import { freePorts } from "../../test/freePorts.js";
import { freshConnection } from "../../test/kernel/client.js";
import type { Contestant } from "./contestants.js";
import { type Exchange, exchanges, type Settled } from "./exchanges.js";

export interface LiveKernel {
  readonly startedAt: number;
  /** Sends a request; rejects with Silence when reply and idle have not come within `seconds`. */
  ask(type: string, content: Json, seconds?: number): Promise<Settled>;
  /** As `ask`, but what has come so far can be read at any time. */
  begin(type: string, content: Json): Exchange;
  execute(code: string, seconds?: number): Promise<Settled>;
  interrupt(): void;
  /** Ends it and whatever it started. */
  kill(): Promise<void>;
}

/** Starts a kernel in `folder`; `ask` may be used at once. */
export async function startKernel(contestant: Contestant, folder: string): Promise<LiveKernel> {
  const connection = await connectionAtPorts();
  const file = join(folder, `connection-${randomUUID()}.json`);
  writeFileSync(file, JSON.stringify(connection), { mode: 0o600 });
  const startedAt = performance.now();
  const child = launch([...contestant.command, file], folder);
  const wire = openWire(connection);
  const pending = exchanges();
  const ended = once(child, "exit").then(() => pending.fail("the kernel ended"));
  wire.listen(pending.take);
  const begin = (type: string, content: Json): Exchange => pending.add(wire.send("shell", type, content));
  const ask: LiveKernel["ask"] = (type, content, seconds = 10) => begin(type, content).settled(seconds);
  return {
    startedAt,
    begin,
    ask,
    execute: (code, seconds) => ask("execute_request", executeContent(code), seconds),
    interrupt() {
      if (contestant.interrupt === "signal") signalGroup(child, "SIGINT");
      else wire.send("control", "interrupt_request", {});
    },
    async kill() {
      wire.close();
      signalGroup(child, "SIGKILL");
      await ended;
    },
  };
}

/** Connection info for kernels that do not choose their ports. */
async function connectionAtPorts(): Promise<ConnectionInfo> {
  const [shell_port, control_port, stdin_port, iopub_port, hb_port] = (await freePorts(5)) as Ports;
  return { ...freshConnection(), shell_port, control_port, stdin_port, iopub_port, hb_port };
}

type Ports = [number, number, number, number, number];

/** The content of an execute_request. */
export function executeContent(code: string): Json {
  return {
    code,
    silent: false,
    store_history: false,
    user_expressions: {},
    allow_stdin: false,
    stop_on_error: true,
  };
}

function launch([program, ...args]: string[], folder: string): ChildProcess {
  const env = {
    ...process.env,
    PHILAB_HISTORY: join(folder, "history.jsonl"),
    DENO_DIR: join(folder, "deno"),
    DENO_NO_UPDATE_CHECK: "1",
    NODE_OPTIONS: "",
  };
  // A process group of its own: so it is interrupted and ended with all that it started.
  const child = spawn(program!, args, { cwd: folder, env, detached: true, stdio: "ignore" });
  const sweep = (): void => signalGroup(child, "SIGKILL");
  process.once("exit", sweep);
  child.once("exit", () => process.off("exit", sweep));
  return child;
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // It has ended already.
  }
}

interface Wire {
  send(channel: "shell" | "control", type: string, content: Json): string;
  listen(take: (message: Message, from: "iopub" | "shell") => void): void;
  close(): void;
}

function openWire(connection: ConnectionInfo): Wire {
  const { key, ip, shell_port, control_port, iopub_port } = connection;
  const session = randomUUID();
  const often = { linger: 0, reconnectInterval: 2 };
  const sockets = {
    shell: new Dealer({ ...often, routingId: session }),
    control: new Dealer({ ...often, routingId: session }),
    iopub: new Subscriber({ ...often, receiveHighWaterMark: 0 }),
  };
  sockets.iopub.subscribe();
  sockets.shell.connect(`tcp://${ip}:${shell_port}`);
  sockets.control.connect(`tcp://${ip}:${control_port}`);
  sockets.iopub.connect(`tcp://${ip}:${iopub_port}`);
  const tails = { shell: Promise.resolve(), control: Promise.resolve() };
  return {
    send(channel, type, content) {
      const message = newMessage(type, content, session);
      tails[channel] = tails[channel].then(() => sockets[channel].send(encode(message, key)));
      tails[channel].catch(() => undefined);
      return message.header.msg_id;
    },
    listen(take) {
      void read(sockets.iopub, key, (message) => take(message, "iopub"));
      void read(sockets.shell, key, (message) => take(message, "shell"));
      void read(sockets.control, key, () => undefined);
    },
    close() {
      for (const socket of Object.values(sockets)) socket.close();
    },
  };
}

async function read(
  socket: AsyncIterable<Buffer[]>,
  key: string,
  take: (message: Message) => void,
): Promise<void> {
  try {
    for await (const frames of socket) take(decode(frames, key));
  } catch {
    // The socket was closed while it was read.
  }
}

function newMessage(msg_type: string, content: Json, session: string): Message {
  const date = new Date().toISOString();
  const header = { msg_id: randomUUID(), session, username: "bench", date, msg_type, version: "5.3" };
  return { identities: [], header, parent_header: {}, metadata: {}, content, buffers: [] };
}
