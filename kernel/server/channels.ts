/** The five channels: what arrives is checked and handed on; what leaves is signed and sent in order. */
import { randomUUID } from "node:crypto";
import { protocolVersion } from "../wire/protocolVersion.js";
import {
  type ConnectionInfo,
  decode,
  delimiterPlace,
  encode,
  type Header,
  type Json,
  type Message,
  type Ports,
  replayRing,
  TooLarge,
} from "../wire/wire.js";
import { Gate } from "./gate.js";
import { IopubWriter } from "./iopubWriter.js";
import { ReplyWriter } from "./replyWriter.js";
import { bindSockets, portsOf, readAll, type Send, type Sockets } from "./sockets.js";

const requestChannels = ["shell", "control", "stdin"] as const;

export type RequestChannel = (typeof requestChannels)[number];

export interface Published {
  readonly metadata?: Json;
  readonly buffers?: readonly Uint8Array[];
}

/** What an answer needs of its request. */
type Asked = Pick<Message, "header" | "identities">;

/** Who is told what arrives. */
export interface Listener {
  /** `size`: the bytes of its frames. */
  message(channel: RequestChannel, message: Message, size: number): void;
  /** A signed message that is too large to be read. */
  tooLarge(channel: RequestChannel, message: Message, error: TooLarge): void;
}

/** The first byte of what a subscriber sends: 1 for a subscription, 0 for its end. */
const subscribes = 1;

export class Channels {
  readonly #key: string;
  readonly #session: string = randomUUID();
  readonly #isFresh = replayRing();
  readonly #sockets: Sockets;
  readonly #send: Readonly<Record<keyof Sockets, Send>>;
  readonly #iopub: IopubWriter;
  readonly #shellGate = new Gate();
  readonly #log: (text: string) => void;

  private constructor(key: string, sockets: Sockets, log: (text: string) => void) {
    this.#key = key;
    this.#sockets = sockets;
    this.#log = log;
    this.#iopub = new IopubWriter(sockets.iopub, log);
    this.#send = {
      shell: new ReplyWriter(sockets.shell, log).send,
      control: new ReplyWriter(sockets.control, log).send,
      stdin: new ReplyWriter(sockets.stdin, log).send,
      heartbeat: new ReplyWriter(sockets.heartbeat, log).send,
      iopub: this.#iopub.send,
    };
  }

  /** Binds the sockets of a connection file; what arrives waits in them until somebody listens. */
  static async open(connection: ConnectionInfo, log: (text: string) => void): Promise<Channels> {
    return new Channels(connection.key, await bindSockets(connection), log);
  }

  /** Where clients reach them. */
  get ports(): Ports {
    return portsOf(this.#sockets);
  }

  /** From now on `listener` is told of what arrives, heartbeats are echoed and subscribers welcomed. */
  listen(listener: Listener): void {
    for (const channel of requestChannels) {
      const gate = channel === "shell" ? this.#shellGate : undefined;
      const take = (frames: Buffer[]): void => this.#take(channel, frames, listener);
      void readAll(this.#sockets[channel], take, this.#log, gate);
    }
    void readAll(this.#sockets.heartbeat, (frames) => void this.#send.heartbeat(frames), this.#log);
    void readAll(this.#sockets.iopub, ([event]) => this.#welcome(event), this.#log);
  }

  /** `hold` is told when so much waits to be published that nothing more should be made, and when that is over. */
  whenFull(hold: (isHeld: boolean) => void): void {
    this.#iopub.hold = hold;
  }

  /** Whether requests are left where they are: in the socket, and with those that send them. */
  holdRequests(isHeld: boolean): void {
    this.#shellGate.shut(isHeld);
  }

  /** Answers a message on the channel it came by. */
  reply(
    channel: RequestChannel,
    request: Message,
    type: string,
    content: Json,
    metadata: Json = {},
  ): Promise<void> {
    return this.#send[channel](this.#signed({ ...this.#answerTo(request, type, content), metadata }));
  }

  /** Asks the front end that sent `request`; returns the id of the question. */
  ask(request: Asked, type: string, content: Json): string {
    const question = this.#answerTo(request, type, content);
    void this.#send.stdin(this.#signed(question));
    return question.header.msg_id;
  }

  /** Tells everybody; `parent` is the header of the message that caused it. */
  publish(type: string, content: Json, parent: Partial<Header>, more: Published = {}): Promise<void> {
    const topic = Buffer.from(type);
    return this.#send.iopub(
      this.#signed(this.#message(type, content, parent, { ...more, identities: [topic] })),
    );
  }

  /** Tells everybody what the kernel does because of `parent`. */
  status(state: "starting" | "busy" | "idle", parent: Partial<Header>): Promise<void> {
    return this.publish("status", { execution_state: state }, parent);
  }

  /** Closes all sockets; what was sent is still delivered, for half a second at most. */
  close(): void {
    for (const socket of Object.values(this.#sockets)) socket.close();
  }

  #answerTo(request: Asked, type: string, content: Json): Message {
    return this.#message(type, content, request.header, { identities: request.identities });
  }

  #message(type: string, content: Json, parent: Partial<Header>, more: Partial<Message>): Message {
    const header = {
      msg_id: randomUUID(),
      session: this.#session,
      username: "kernel",
      date: new Date().toISOString(),
      msg_type: type,
      version: protocolVersion,
    };
    return { identities: [], header, parent_header: parent, metadata: {}, content, buffers: [], ...more };
  }

  #signed(message: Message): Uint8Array[] {
    return encode(message, this.#key);
  }

  #take(channel: RequestChannel, frames: readonly Uint8Array[], listener: Listener): void {
    try {
      const message = decode(frames, this.#key, this.#isFresh);
      // Whoever listens to iopub has messages with a signature of ours: sent back to us they say nothing.
      if (message.header.session === this.#session) this.#log("dropped a message of our own");
      else listener.message(channel, message, sizeOf(frames));
    } catch (error) {
      if (error instanceof TooLarge) listener.tooLarge(channel, unread(frames, error), error);
      else this.#log(`dropped ${(error as Error).message}`);
    }
  }

  #welcome(event: Buffer | undefined): void {
    if (event?.[0] !== subscribes) return;
    const topic = event.subarray(1);
    const content = { subscription: topic.toString() };
    void this.#send.iopub(this.#signed(this.#message("iopub_welcome", content, {}, { identities: [topic] })));
  }
}

function sizeOf(frames: readonly Uint8Array[]): number {
  return frames.reduce((sum, frame) => sum + frame.length, 0);
}

/** As much of a message as is known though its content was not read. */
function unread(frames: readonly Uint8Array[], { header }: TooLarge): Message {
  const identities = frames.slice(0, delimiterPlace(frames));
  return { identities, header, parent_header: {}, metadata: {}, content: {}, buffers: [] };
}
