/** The sockets to a kernel: requests go out, replies and outputs come in and find the request they belong to. */
import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { Dealer, Subscriber } from "zeromq";
import { protocolVersion } from "../../wire/protocolVersion.js";
import { type ConnectionInfo, decode, encode, type Json, type Message, WireError } from "../../wire/wire.js";
import { KernelError } from "./cellOutcome.js";
import { Collector } from "./collect.js";
import { type Pending, PendingRequests } from "./pendingRequests.js";

type SendMessage = (message: Message) => void;

export class Link {
  readonly outputs: Collector = new Collector();
  readonly #pending = new PendingRequests();
  readonly #session: string = randomUUID();
  readonly #sockets: Sockets;
  readonly #toShell: SendMessage;
  readonly #toControl: SendMessage;
  /** Resolves when the kernel's outputs are heard. */
  readonly #heard: Promise<void>;

  /** Connects to the kernel; when it has `ended`, whatever is under way rejects with KernelError. */
  constructor(connection: ConnectionInfo, ended: Promise<string>) {
    const { key } = connection;
    this.#sockets = openSockets(connection);
    this.#toShell = sender(this.#sockets.shell, key);
    this.#toControl = sender(this.#sockets.control, key);
    void ended.then((how) => this.#pending.fail(new KernelError(how)));
    listen(this.#sockets.shell, key, (reply) => this.#pending.replied(reply));
    listen(this.#sockets.control, key, () => {});
    this.#heard = new Promise((resolve) => {
      listen(this.#sockets.iopub, key, (message) => {
        resolve();
        this.#hear(message);
      });
    });
  }

  /** Sends to the shell. `done` resolves with the reply once the kernel is idle again: all outputs are there. */
  request(type: string, content: Json): Pending {
    const message = newMessage(type, content, this.#session);
    this.#toShell(message);
    return this.#pending.add(message.header.msg_id);
  }

  /** Sends to the control channel, which is answered also while a cell runs. */
  control(type: string, content: Json): void {
    this.#toControl(newMessage(type, content, this.#session));
  }

  /** Resolves when the kernel answers and its outputs are heard. */
  ready(): Promise<void> {
    return untilHeard(() => this.request("kernel_info_request", {}).reply, this.#heard);
  }

  close(): void {
    for (const socket of Object.values(this.#sockets)) socket.close();
  }

  #hear(message: Message): void {
    this.outputs.take(message);
    if (message.content.execution_state === "idle") this.#pending.idle(message.parent_header.msg_id ?? "");
  }
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

interface Sockets {
  readonly shell: Dealer;
  readonly control: Dealer;
  readonly iopub: Subscriber;
}

function openSockets({ transport, ip, ...ports }: ConnectionInfo): Sockets {
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
function sender(socket: Dealer, key: string): SendMessage {
  let last = Promise.resolve();
  return (message) => {
    last = last
      .then(() => (socket.closed ? undefined : socket.send(encode(message, key) as Buffer[])))
      .catch(() => {});
  };
}

function newMessage(msg_type: string, content: Json, session: string): Message {
  const date = new Date().toISOString();
  const header = {
    msg_id: randomUUID(),
    session,
    username: "philab",
    date,
    msg_type,
    version: protocolVersion,
  };
  return { identities: [], header, parent_header: {}, metadata: {}, content, buffers: [] };
}
