/** The five ZeroMQ sockets of a connection file: bound, read in a loop, written in order. */
import { Router, XPublisher } from "zeromq";
import { addressOf } from "../wire/connection.js";
import type { ConnectionInfo } from "../wire/wire.js";
import { mostQueued } from "./iopubWriter.js";

export interface Sockets {
  readonly shell: Router;
  readonly control: Router;
  readonly stdin: Router;
  readonly heartbeat: Router;
  readonly iopub: XPublisher;
}

/** Sends frames after all those sent before. */
export type Send = (frames: readonly Uint8Array[]) => Promise<void>;

/** A frame beyond this ends the connection of the peer that sends it: memory must not grow with what comes in. */
const largestFrame = 96 * 2 ** 20;

/** The longest topic that somebody may subscribe to, in bytes. */
const longestTopic = 4_096;

/** Messages that wait in a socket for one peer: requests until they are read, replies to a peer that does not read. */
const [mostRequests, mostReplies] = [64, 128];

/** Binds them all. What was sent when they are closed is still delivered, for half a second at most. */
export async function bindSockets(connection: ConnectionInfo): Promise<Sockets> {
  const common = { linger: 500, ...curve(connection) };
  const options = {
    ...common,
    sendHighWaterMark: mostReplies,
    receiveHighWaterMark: mostRequests,
    maxMessageSize: largestFrame,
  };
  const sockets: Sockets = {
    shell: new Router({ ...options, handover: true }),
    control: new Router({ ...options, handover: true }),
    stdin: new Router({ ...options, handover: true }),
    heartbeat: new Router(options),
    iopub: new XPublisher({
      ...common,
      sendHighWaterMark: mostQueued,
      sendTimeout: 0,
      noDrop: true,
      maxMessageSize: longestTopic,
    }),
  };
  sockets.iopub.verbosity = "allSubs";
  await Promise.all([
    sockets.shell.bind(addressOf(connection, connection.shell_port)),
    sockets.control.bind(addressOf(connection, connection.control_port)),
    sockets.stdin.bind(addressOf(connection, connection.stdin_port)),
    sockets.heartbeat.bind(addressOf(connection, connection.hb_port)),
    sockets.iopub.bind(addressOf(connection, connection.iopub_port)),
  ]);
  return sockets;
}

function curve({ curve_publickey, curve_secretkey }: ConnectionInfo): Record<string, string | boolean> {
  if (!curve_publickey || !curve_secretkey) return {};
  return { curveServer: true, curvePublicKey: curve_publickey, curveSecretKey: curve_secretkey };
}

/** The one writer of a socket: zeromq.js refuses a send while another is under way. */
export function writerOf(
  socket: { send(frames: Uint8Array[]): Promise<void> },
  log: (text: string) => void,
): Send {
  let last: Promise<void> = Promise.resolve();
  return (frames) => {
    last = last
      .then(() => socket.send([...frames]))
      .catch((error: Error) => log(`a message was not sent: ${error.message}`));
    return last;
  };
}

/** Reads a socket until it is closed; nothing that `take` meets ends the loop. */
export async function readAll(
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
