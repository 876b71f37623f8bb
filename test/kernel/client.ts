/** A kernel of its own for a test, spoken to over real ZeroMQ. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { curveKeyPair, Dealer, Subscriber } from "zeromq";
import { addressOf } from "../../kernel/wire/connection.js";
import { type ConnectionInfo, decode, encode, type Json, type Message } from "../../kernel/wire/wire.js";

export type Channel = "shell" | "control" | "stdin";

/** A request's reply and what iopub said under it, from busy to idle. */
export interface Exchange {
  readonly id: string;
  readonly reply: Message;
  readonly iopub: readonly Message[];
}

export interface Client {
  readonly connection: ConnectionInfo;
  readonly process: ChildProcess;
  /** The kernel's working folder: empty, unless the test says otherwise. */
  readonly folder: string;
  /** Every iopub message so far. */
  readonly heard: readonly Message[];
  /** What the kernel wrote on its own stdout and stderr. */
  readonly printed: { stdout: string; stderr: string };
  /** Sends a message; returns its id. */
  send(channel: Channel, type: string, content: Json, more?: Partial<Message>): string;
  /** Sends frames as they are. */
  sendFrames(channel: Channel, frames: Uint8Array[]): Promise<void>;
  /** The frames of a signed message. */
  frames(type: string, content: Json): Uint8Array[];
  /** The reply to a message. */
  reply(id: string): Promise<Message>;
  /** The first iopub message (also of the past) that fits. */
  iopub(fits: (message: Message) => boolean, ms?: number): Promise<Message>;
  /** The next question on stdin. */
  question(): Promise<Message>;
  /** What iopub said under a message, once it is idle. */
  outputs(id: string): Promise<readonly Message[]>;
  request(channel: Channel, type: string, content: Json): Promise<Exchange>;
  execute(code: string, options?: Json): Promise<Exchange>;
  /** Closes the client's sockets; the kernel goes on. */
  disconnect(): void;
  /** Disconnects, and ends the kernel. */
  stop(): Promise<void>;
}

export interface Options {
  readonly folder?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly curve?: boolean;
  readonly connection?: Partial<ConnectionInfo>;
  /** Another kernel's command, given the connection file. It is ready when it answers kernel_info. */
  readonly command?: (file: string) => readonly string[];
}

const main = fileURLToPath(new URL("../../dist/kernel/main.js", import.meta.url));
const patience = 25_000;

/** Starts a kernel and waits until iopub is heard. */
export async function startKernel(options: Options = {}): Promise<Client> {
  const own = mkdtempSync(join(tmpdir(), "philab-kernel-"));
  const folder = options.folder ?? own;
  const connection = { ...freshConnection(options.curve ?? false), ...options.connection };
  const file = join(own, "connection.json");
  writeFileSync(file, JSON.stringify(connection), { mode: 0o600 });
  const env = {
    ...process.env,
    PHILAB_HISTORY: join(own, "history.jsonl"),
    NODE_OPTIONS: "",
    ...options.env,
  };
  const [program, ...args] = options.command?.(file) ?? [process.execPath, main, file];
  const child = spawn(program as string, args, {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (printed.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (printed.stderr += text));
  const cleanUp = (): void => rmSync(own, { recursive: true, force: true });
  const ended = once(child, "exit").then(() =>
    Promise.reject(new Error(`the kernel ended: ${printed.stderr}`)),
  );
  const told = await Promise.race([toldConnection(file), ended]).catch((error: Error) => {
    child.kill("SIGKILL");
    cleanUp();
    throw error;
  });
  const client = connect(told, child, folder, printed, cleanUp);
  try {
    const ready = options.command ? answers(client) : client.iopub(isWelcome);
    await Promise.race([ready, ended]);
  } catch (error) {
    await client.stop();
    throw error;
  }
  return client;
}

function isWelcome({ header }: Message): boolean {
  return header.msg_type === "iopub_welcome";
}

/** Until a kernel_info_request is answered and heard on iopub: a kernel that sends no welcome is asked again. */
async function answers(client: Client): Promise<void> {
  for (;;) {
    const id = client.send("shell", "kernel_info_request", {});
    await client.reply(id);
    const isHeard = ({ parent_header }: Message): boolean => parent_header.msg_id === id;
    const heard = await client.iopub(isHeard, 100).catch(() => undefined);
    if (heard) return;
  }
}

/** Connection info that leaves the ports to the kernel. */
export function freshConnection(curve = false): ConnectionInfo {
  const pair = curve ? curveKeyPair() : undefined;
  return {
    transport: "tcp",
    ip: "127.0.0.1",
    ...{ shell_port: 0, control_port: 0, stdin_port: 0, iopub_port: 0, hb_port: 0 },
    key: randomUUID(),
    signature_scheme: "hmac-sha256",
    ...(pair ? { curve_publickey: pair.publicKey, curve_secretkey: pair.secretKey } : {}),
  };
}

/** The connection in a file once its kernel has told where it listens. */
export async function toldConnection(file: string): Promise<ConnectionInfo> {
  for (const start = performance.now(); performance.now() - start < patience; await delay(5)) {
    const connection = JSON.parse(readFileSync(file, "utf8")) as ConnectionInfo;
    if (connection.hb_port !== 0) return connection;
  }
  throw new Error(`no ports in ${file} after ${patience} ms`);
}

/** Connects a client to a running kernel. */
export function connect(
  connection: ConnectionInfo,
  child: ChildProcess,
  folder: string,
  printed: { stdout: string; stderr: string },
  cleanUp: () => void = () => undefined,
): Client {
  const { key } = connection;
  const session = randomUUID();
  const security = curveOptions(connection);
  const socket = (): Dealer =>
    new Dealer({ routingId: session, linger: 0, sendHighWaterMark: 0, ...security });
  const sockets = { shell: socket(), control: socket(), stdin: socket() };
  const subscriber = new Subscriber({ linger: 0, receiveHighWaterMark: 0, ...security });
  const address = (port: number): string => addressOf(connection, port);
  sockets.shell.connect(address(connection.shell_port));
  sockets.control.connect(address(connection.control_port));
  sockets.stdin.connect(address(connection.stdin_port));
  subscriber.connect(address(connection.iopub_port));
  subscriber.subscribe();

  const heard: Message[] = [];
  const replies: Message[] = [];
  const questions: Message[] = [];
  const listeners = new Set<() => void>();
  const notify = (): void => {
    for (const listener of listeners) listener();
  };
  const read = async (from: AsyncIterable<Buffer[]>, into: Message[]): Promise<void> => {
    for await (const frames of from) {
      into.push(decode(frames, key));
      notify();
    }
  };
  for (const [from, into] of [
    [subscriber, heard],
    [sockets.shell, replies],
    [sockets.control, replies],
    [sockets.stdin, questions],
  ] as const) {
    read(from, into).catch(() => undefined);
  }

  function until<Value>(what: string, find: () => Value | undefined, ms = patience): Promise<Value> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void): void => {
        clearTimeout(timer);
        listeners.delete(look);
        settle();
      };
      const look = (): void => {
        const found = find();
        if (found !== undefined) end(() => resolve(found));
      };
      const timer = setTimeout(
        () => end(() => reject(new Error(`nothing came: ${what}; stderr: ${printed.stderr}`))),
        ms,
      );
      listeners.add(look);
      look();
    });
  }

  function build(type: string, content: Json, more: Partial<Message> = {}): Message {
    const header = {
      msg_id: randomUUID(),
      session,
      username: "test",
      date: new Date().toISOString(),
      msg_type: type,
      version: "5.5",
    };
    return { identities: [], header, parent_header: {}, metadata: {}, content, buffers: [], ...more };
  }

  const tails: Record<Channel, Promise<void>> = {
    shell: Promise.resolve(),
    control: Promise.resolve(),
    stdin: Promise.resolve(),
  };
  const sendFrames = (channel: Channel, frames: Uint8Array[]): Promise<void> =>
    (tails[channel] = tails[channel].then(() => sockets[channel].send(frames)));
  const under = (id: string): Message[] => heard.filter(({ parent_header }) => parent_header.msg_id === id);
  const isIdle = ({ header, content }: Message): boolean =>
    header.msg_type === "status" && content.execution_state === "idle";

  const client: Client = {
    connection,
    process: child,
    folder,
    heard,
    printed,
    send(channel, type, content, more) {
      const message = build(type, content, more);
      void sendFrames(channel, encode(message, key));
      return message.header.msg_id;
    },
    sendFrames,
    frames: (type, content) => encode(build(type, content), key),
    reply: (id) =>
      until(`a reply to ${id}`, () => replies.find(({ parent_header }) => parent_header.msg_id === id)),
    iopub: (fits, ms) => until("on iopub", () => heard.find(fits), ms),
    question: () => until("a question", () => questions.shift()),
    async outputs(id) {
      await until(`idle after ${id}`, () => under(id).find(isIdle));
      return under(id);
    },
    async request(channel, type, content) {
      const id = client.send(channel, type, content);
      const [reply, iopub] = await Promise.all([client.reply(id), client.outputs(id)]);
      return { id, reply, iopub };
    },
    execute: (code, options = {}) =>
      client.request("shell", "execute_request", {
        code,
        silent: false,
        store_history: true,
        user_expressions: {},
        allow_stdin: false,
        stop_on_error: true,
        ...options,
      }),
    disconnect() {
      for (const each of [...Object.values(sockets), subscriber]) each.close();
    },
    async stop() {
      client.disconnect();
      if (child.exitCode === null && child.signalCode === null) {
        child.kill("SIGKILL");
        await once(child, "exit");
      }
      cleanUp();
    },
  };
  return client;
}

function curveOptions({ curve_publickey }: ConnectionInfo): Record<string, string> {
  if (!curve_publickey) return {};
  const { publicKey, secretKey } = curveKeyPair();
  return { curveServerKey: curve_publickey, curvePublicKey: publicKey, curveSecretKey: secretKey };
}

/** The text of a stream in an exchange. */
export function streamText(iopub: readonly Message[], name: "stdout" | "stderr"): string {
  const pieces = iopub.filter(({ header, content }) => header.msg_type === "stream" && content.name === name);
  return pieces.map(({ content }) => content.text).join("");
}

/** The content of the first message of a type; fails where there is none. */
export function contentOf(iopub: readonly Message[], type: string): Json {
  const message = iopub.find(({ header }) => header.msg_type === type);
  assert.ok(message, `no ${type} among ${types(iopub).join(", ")}`);
  return message.content;
}

/** text/plain of the execute_result. */
export function resultText(iopub: readonly Message[]): unknown {
  return (contentOf(iopub, "execute_result").data as Json)["text/plain"];
}

/** The message types in order, without status. */
export function types(iopub: readonly Message[]): string[] {
  return iopub.map(({ header }) => header.msg_type);
}
