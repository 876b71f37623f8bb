/** The sockets to a kernel: requests go out, replies and outputs come in and find the request they belong to. */
import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { Dealer, Subscriber } from "zeromq";
import { type ConnectionInfo, decode, encode, type Json, type Message, WireError } from "../../wire/wire.js";
import { KernelError } from "./cellOutcome.js";
import { type Collector, collector } from "./collect.js";
import { type Pending, pendingRequests } from "./pendingRequests.js";

export interface Link {
  readonly outputs: Collector;
  /** Sends to the shell. `done` resolves with the reply once the kernel is idle again: all outputs are there. */
  request(type: string, content: Json): { readonly id: string; readonly done: Promise<Message> };
  /** Sends to the control channel, which is answered also while a cell runs. */
  control(type: string, content: Json): void;
  /** Resolves when the kernel answers and its outputs are heard. */
  ready(): Promise<void>;
  close(): void;
}

/** Connects to the kernel; when it has `ended`, whatever is under way rejects with KernelError. */
export function connect(connection: ConnectionInfo, ended: Promise<string>): Link {
  const { shell, control, iopub } = openSockets(connection);
  const pending = pendingRequests();
  const outputs = collector();
  const session = randomUUID();
  void ended.then((how) => pending.fail(new KernelError(how)));
  listen(shell, connection.key, pending.replied);
  listen(control, connection.key, () => {});
  const heard = new Promise<void>((resolve) => {
    listen(iopub, connection.key, (message) => {
      resolve();
      outputs.take(message);
      if (message.content.execution_state === "idle") pending.idle(message.parent_header.msg_id ?? "");
    });
  });
  const toShell = sender(shell, connection.key);
  const toControl = sender(control, connection.key);
  const ask = (type: string, content: Json): Pending => {
    const message = newMessage(type, content, session);
    toShell(message);
    return pending.add(message.header.msg_id);
  };
  return {
    outputs,
    request: ask,
    control: (type, content) => toControl(newMessage(type, content, session)),
    ready: () => untilHeard(() => ask("kernel_info_request", {}).reply, heard),
    close() {
      for (const socket of [shell, control, iopub]) socket.close();
    },
  };
}

/** A subscription takes a moment, and what was published before is lost: so we ask until something is heard. */
async function untilHeard(ask: () => Promise<Message>, heard: Promise<void>): Promise<void> {
  let isHeard = false;
  void heard.then(() => {
    isHeard = true;
  });
  do {
    await ask();
    await Promise.race([heard, delay(50)]);
  } while (!isHeard);
}

function openSockets({ transport, ip, ...ports }: ConnectionInfo): {
  shell: Dealer;
  control: Dealer;
  iopub: Subscriber;
} {
  const address = (port: number): string => `${transport}://${ip}:${port}`;
  const shell = new Dealer({ linger: 0 });
  const control = new Dealer({ linger: 0 });
  const iopub = new Subscriber({ linger: 0, receiveHighWaterMark: 0 }); // no output is dropped, however many
  shell.connect(address(ports.shell_port));
  control.connect(address(ports.control_port));
  iopub.connect(address(ports.iopub_port));
  iopub.subscribe();
  return { shell, control, iopub };
}

function listen(socket: Dealer | Subscriber, key: string, take: (message: Message) => void): void {
  void (async () => {
    for await (const frames of socket) {
      const message = read(frames, key);
      if (message !== undefined) take(message);
    }
  })();
}

/** A message that cannot be read is not from our kernel: it is dropped. */
function read(frames: readonly Uint8Array[], key: string): Message | undefined {
  try {
    return decode(frames, key);
  } catch (error) {
    if (error instanceof WireError) return undefined;
    throw error;
  }
}

/** Sends one after the other: zeromq refuses a send while another is under way. */
function sender(socket: Dealer, key: string): (message: Message) => void {
  let last = Promise.resolve();
  return (message) => {
    last = last
      .then(() => (socket.closed ? undefined : socket.send(encode(message, key) as Buffer[])))
      .catch(() => {});
  };
}

function newMessage(msg_type: string, content: Json, session: string): Message {
  const date = new Date().toISOString();
  const header = { msg_id: randomUUID(), session, username: "philab", date, msg_type, version: "5.4" };
  return { identities: [], header, parent_header: {}, metadata: {}, content, buffers: [] };
}
