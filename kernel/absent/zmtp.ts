/**
 * ZeroMQ's protocol as far as a kernel without packages needs it: ZMTP 3.0 (rfc.zeromq.org/spec/23), mechanism NULL, the
 * listening side. A greeting of 64 bytes, a READY command, then frames: flags, size, body.
 */
import { type AddressInfo, createServer, type Socket } from "node:net";
import { whenFree } from "../wire/whenFree.js";

export type Frames = readonly Uint8Array[];

/** Who has connected. */
export interface Peer {
  send(frames: Frames): void;
}

/** Bits of a frame's flags. */
const [hasMore, isLong, isCommand] = [1, 2, 4];

/** More than that waits for its end from nobody who means well. */
const mostBytes = 64 * 2 ** 20;

const greetingSize = 64;

/** Listens, and gives `take` each message of each peer: on XPUB those are subscriptions. Resolves with the port. */
export function listen(
  place: { readonly path: string } | { readonly host: string; readonly port: number },
  socketType: "ROUTER" | "XPUB",
  take: (frames: Frames, peer: Peer) => void,
): Promise<number> {
  return whenFree(() => listenNow(place, socketType, take));
}

function listenNow(...[place, socketType, take]: Parameters<typeof listen>): Promise<number> {
  const server = createServer((socket) => {
    const peer: Peer = { send: (frames) => sendTo(socket, frames) };
    const read = messageReader((frames) => take(frames, peer));
    socket.on("error", () => socket.destroy()); // it has gone
    socket.on("data", (bytes: Buffer) => read(bytes) || socket.destroy());
    socket.write(Buffer.concat([greeting(), ready(socketType)]));
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(place, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Whoever has gone, or reads nothing, is sent no more. */
function sendTo(socket: Socket, frames: Frames): void {
  if (socket.writableLength > mostBytes) socket.destroy();
  if (socket.writable) socket.write(written(frames));
}

/** 0xff, eight bytes, 0x7f, version 3.0, the mechanism in 20 bytes, and that neither side is a server. */
function greeting(): Buffer {
  const bytes = Buffer.alloc(greetingSize);
  bytes[0] = 0xff;
  bytes[9] = 0x7f;
  bytes[10] = 3;
  bytes.write("NULL", 12, "latin1");
  return bytes;
}

function ready(socketType: string): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(socketType.length);
  const body = Buffer.concat([Buffer.from("\x05READY\x0bSocket-Type"), size, Buffer.from(socketType)]);
  return frame(isCommand, body);
}

function written(frames: Frames): Buffer {
  return Buffer.concat(frames.map((body, k) => frame(k < frames.length - 1 ? hasMore : 0, body)));
}

function frame(flags: number, body: Uint8Array): Buffer {
  if (body.length < 256) return Buffer.concat([Buffer.from([flags, body.length]), body]);
  const head = Buffer.alloc(9);
  head[0] = flags | isLong;
  head.writeBigUInt64BE(BigInt(body.length), 1);
  return Buffer.concat([head, body]);
}

/** A reader of bytes as they come: gives `take` the messages that are whole. It says whether they may be of this protocol. */
function messageReader(take: (frames: Frames) => void): (bytes: Buffer) => boolean {
  let [held, isGreeted] = [Buffer.alloc(0), false];
  let frames: Uint8Array[] = [];
  return (bytes) => {
    held = Buffer.concat([held, bytes]);
    if (!isGreeted && held.length < greetingSize) return true;
    if (!isGreeted) held = held.subarray(greetingSize);
    isGreeted = true;
    for (let next = firstFrame(held); next; next = firstFrame(held)) {
      held = held.subarray(next.size);
      if (next.flags & isCommand) continue;
      frames.push(next.body);
      if (next.flags & hasMore) continue;
      take(frames);
      frames = [];
    }
    return frames.reduce((sum, { length }) => sum + length, held.length) < mostBytes;
  };
}

/** The frame at the front, and its size with its head; nothing where it is not whole. */
function firstFrame(bytes: Buffer): { flags: number; body: Uint8Array; size: number } | undefined {
  const [flags = 0, short = 0] = bytes;
  const head = flags & isLong ? 9 : 2;
  if (bytes.length < head) return undefined;
  const size = head + (flags & isLong ? Number(bytes.readBigUInt64BE(1)) : short);
  return bytes.length < size ? undefined : { flags, body: bytes.subarray(head, size), size };
}
