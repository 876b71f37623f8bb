/** The five ZeroMQ sockets of a connection file: bound, read in a loop, written in order. */
import { Router, XPublisher } from "zeromq";
import { addressOf } from "../wire/connection.js";
import { whenFree } from "../wire/whenFree.js";
import type { ConnectionInfo, Ports } from "../wire/wire.js";
import { Gate } from "./gate.js";
import { mostQueued } from "./iopubWriter.js";
import { mostSent } from "./replyWriter.js";

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

/** The longest topic that somebody may subscribe to, and the longest heartbeat, in bytes. */
const longestTopic = 4_096;

/** Requests that wait in a socket for each peer until they are read. */
const mostRequests = 64;

/** Binds them all; throws where a port stays taken for two seconds. What was sent when they are closed is still delivered, for half a second at most. */
export async function bindSockets(connection: ConnectionInfo): Promise<Sockets> {
  const common = { linger: 500, ...curve(connection) };
  const options = {
    ...common,
    // What a peer has no room for is refused, instead of dropped without a word; that of a peer that is gone too.
    ...{ mandatory: true, sendTimeout: 0, sendHighWaterMark: mostSent },
    receiveHighWaterMark: mostRequests,
    maxMessageSize: largestFrame,
  };
  const sockets: Sockets = {
    shell: new Router({ ...options, handover: true }),
    control: new Router({ ...options, handover: true }),
    stdin: new Router({ ...options, handover: true }),
    heartbeat: new Router({ ...options, maxMessageSize: longestTopic }),
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
    whenFree(() => sockets.shell.bind(addressOf(connection, connection.shell_port))),
    whenFree(() => sockets.control.bind(addressOf(connection, connection.control_port))),
    whenFree(() => sockets.stdin.bind(addressOf(connection, connection.stdin_port))),
    whenFree(() => sockets.heartbeat.bind(addressOf(connection, connection.hb_port))),
    whenFree(() => sockets.iopub.bind(addressOf(connection, connection.iopub_port))),
  ]);
  return sockets;
}

/** Where they listen: at the ports of the connection file, or at those that the system chose. */
export function portsOf({ shell, control, stdin, iopub, heartbeat }: Sockets): Ports {
  const port = ({ lastEndpoint }: Router | XPublisher): number => Number(lastEndpoint?.split(/[:-]/).at(-1));
  return {
    shell_port: port(shell),
    control_port: port(control),
    stdin_port: port(stdin),
    iopub_port: port(iopub),
    hb_port: port(heartbeat),
  };
}

function curve({ curve_publickey, curve_secretkey }: ConnectionInfo): Record<string, string | boolean> {
  if (!curve_publickey || !curve_secretkey) return {};
  return { curveServer: true, curvePublicKey: curve_publickey, curveSecretKey: curve_secretkey };
}

/** A turn of the event loop reads for so long, in ms; what is made meanwhile is sent and let go between two turns. */
const longestTurn = 10;

/** Reads a socket until it is closed; nothing that `take` meets ends the loop. While `gate` is shut nothing is read. */
export async function readAll(
  socket: AsyncIterable<Buffer[]>,
  take: (frames: Buffer[]) => void,
  log: (text: string) => void,
  gate: Gate = new Gate(),
): Promise<void> {
  try {
    let began = performance.now();
    for await (const frames of socket) {
      take(frames);
      // zeromq gives what it has without leaving the turn, and the memory of what was sent is freed between turns alone
      if (performance.now() - began > longestTurn) {
        await new Promise((resolve) => setImmediate(resolve));
        began = performance.now();
      }
      await gate.isOpen;
    }
  } catch (error) {
    log(`a socket ended: ${(error as Error).message}`);
  }
}
