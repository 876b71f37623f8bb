/** The five sockets: what arrives is checked and handed on; what leaves is signed and sent in order. */
import { randomUUID } from "node:crypto";
import { Router, XPublisher } from "zeromq";
import { addressOf } from "../wire/connection.js";
import {
  type ConnectionInfo,
  decode,
  encode,
  type Header,
  type Json,
  type Message,
  replayRing,
  TooLarge,
} from "../wire/wire.js";

export const protocolVersion = "5.4";

export type RequestChannel = "shell" | "control" | "stdin";

export interface Published {
  readonly metadata?: Json;
  readonly buffers?: readonly Uint8Array[];
}

export interface Channels {
  /** Answers a message on the channel it came by. */
  reply(channel: RequestChannel, request: Message, type: string, content: Json): Promise<void>;
  /** Tells everybody; `parent` is the header of the message that caused it. */
  publish(type: string, content: Json, parent: Partial<Header>, more?: Published): Promise<void>;
  /** Asks the front end that sent `request`; returns the id of the question. */
  ask(request: Message, type: string, content: Json): string;
  /** Closes all sockets; what was sent is still delivered, for half a second at most. */
  close(): void;
}

export interface Handlers {
  message(channel: RequestChannel, message: Message): void;
  /** A signed message that is too large to be read. */
  tooLarge(channel: RequestChannel, message: Message, error: TooLarge): void;
  log(text: string): void;
}

/** A frame beyond this ends the connection of the peer that sends it: memory must not grow with what comes in. */
const largestFrame = 256 * 2 ** 20;

/** Binds the sockets of a connection file. */
export async function openChannels(connection: ConnectionInfo, handlers: Handlers): Promise<Channels> {
  const { key } = connection;
  const session = randomUUID();
  const fresh = replayRing();
  const options = { linger: 500, sendHighWaterMark: 0, maxMessageSize: largestFrame, ...curve(connection) };
  const routers = {
    shell: new Router({ ...options, handover: true }),
    control: new Router({ ...options, handover: true }),
    stdin: new Router({ ...options, handover: true }),
  };
  const heartbeat = new Router(options);
  const iopub = new XPublisher(options);
  iopub.verbosity = "allSubs";
  const send = {
    shell: sender(routers.shell, handlers.log),
    control: sender(routers.control, handlers.log),
    stdin: sender(routers.stdin, handlers.log),
    iopub: sender(iopub, handlers.log),
    heartbeat: sender(heartbeat, handlers.log),
  };
  await Promise.all([
    routers.shell.bind(addressOf(connection, connection.shell_port)),
    routers.control.bind(addressOf(connection, connection.control_port)),
    routers.stdin.bind(addressOf(connection, connection.stdin_port)),
    heartbeat.bind(addressOf(connection, connection.hb_port)),
    iopub.bind(addressOf(connection, connection.iopub_port)),
  ]);

  function message(type: string, content: Json, parent: Partial<Header>, more: Partial<Message>): Message {
    const header = {
      msg_id: randomUUID(),
      session,
      username: "kernel",
      date: new Date().toISOString(),
      msg_type: type,
      version: protocolVersion,
    };
    return { identities: [], header, parent_header: parent, metadata: {}, content, buffers: [], ...more };
  }

  function take(channel: RequestChannel, frames: readonly Uint8Array[]): void {
    try {
      handlers.message(channel, decode(frames, key, fresh));
    } catch (error) {
      if (error instanceof TooLarge) handlers.tooLarge(channel, unread(frames, error), error);
      else handlers.log(`dropped ${(error as Error).message}`);
    }
  }

  for (const channel of ["shell", "control", "stdin"] as const) {
    void receive(routers[channel], (frames) => take(channel, frames), handlers.log);
  }
  void receive(heartbeat, (frames) => void send.heartbeat(frames), handlers.log);
  void receive(
    iopub,
    ([event]) => {
      if (event?.[0] !== 1) return; // 0: an unsubscription
      const topic = event.subarray(1);
      const welcome = message(
        "iopub_welcome",
        { subscription: topic.toString() },
        {},
        { identities: [topic] },
      );
      void send.iopub(encode(welcome, key));
    },
    handlers.log,
  );

  return {
    reply: (channel, request, type, content) =>
      send[channel](encode(message(type, content, request.header, { identities: request.identities }), key)),
    publish: (type, content, parent, more = {}) =>
      send.iopub(encode(message(type, content, parent, { ...more, identities: [Buffer.from(type)] }), key)),
    ask: (request, type, content) => {
      const question = message(type, content, request.header, { identities: request.identities });
      void send.stdin(encode(question, key));
      return question.header.msg_id;
    },
    close: () => {
      for (const socket of [...Object.values(routers), heartbeat, iopub]) socket.close();
    },
  };
}

function curve({ curve_publickey, curve_secretkey }: ConnectionInfo): Record<string, string | boolean> {
  if (!curve_publickey || !curve_secretkey) return {};
  return { curveServer: true, curvePublicKey: curve_publickey, curveSecretKey: curve_secretkey };
}

/** One writer for each socket: zeromq.js refuses a send while another is under way. */
function sender(
  socket: { send(frames: Uint8Array[]): Promise<void> },
  log: (text: string) => void,
): (frames: readonly Uint8Array[]) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return (frames) => {
    last = last
      .then(() => socket.send([...frames]))
      .catch((error: Error) => log(`a message was not sent: ${error.message}`));
    return last;
  };
}

/** Reads a socket until it is closed; nothing that `take` meets ends the loop. */
async function receive(
  socket: AsyncIterable<Buffer[]>,
  take: (frames: Buffer[]) => void,
  log: (text: string) => void,
): Promise<void> {
  try {
    for await (const frames of socket) take(frames);
  } catch (error) {
    log(`a socket ended: ${(error as Error).message}`);
  }
}

function unread(frames: readonly Uint8Array[], { header }: TooLarge): Message {
  const at = frames.findIndex((frame) => Buffer.from(frame).toString("latin1") === "<IDS|MSG>");
  return {
    identities: frames.slice(0, at),
    header,
    parent_header: {},
    metadata: {},
    content: {},
    buffers: [],
  };
}
