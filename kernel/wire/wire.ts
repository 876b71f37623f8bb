/** The Jupyter wire: frames ↔ message, signed with HMAC-SHA256 over the raw frames. Used by the kernel and by its clients. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { parseFrame } from "./parseFrame.js";

/** Where the five sockets are. */
export interface Ports {
  readonly shell_port: number;
  readonly control_port: number;
  readonly stdin_port: number;
  readonly iopub_port: number;
  readonly hb_port: number;
}

/** What a connection file says; port 0 asks the kernel to choose one. CURVE keys are Z85 text; see `channels.ts`. */
export interface ConnectionInfo extends Ports {
  readonly transport: "tcp" | "ipc";
  readonly ip: string;
  readonly key: string;
  readonly signature_scheme: string;
  readonly kernel_name?: string;
  readonly curve_publickey?: string;
  readonly curve_secretkey?: string;
}

export interface Header {
  readonly msg_id: string;
  readonly session: string;
  readonly username: string;
  readonly date: string;
  readonly msg_type: string;
  readonly version: string;
}

export type Json = Record<string, unknown>;

/** One message. `identities` are ZeroMQ's routing frames, or the topic on iopub. */
export interface Message {
  readonly identities: readonly Uint8Array[];
  readonly header: Header;
  readonly parent_header: Partial<Header>;
  readonly metadata: Json;
  readonly content: Json;
  readonly buffers: readonly Uint8Array[];
}

/** A message larger than this is answered with an error, unread. */
export const messageLimit: number = 64 * 2 ** 20;

/** A message that is not to be read: unsigned, replayed, cut short or not JSON. Its text names no secret. */
export class WireError extends Error {
  override readonly name = "WireError";
}

const delimiter = Buffer.from("<IDS|MSG>");
const jsonFrames = 4;

/** The frames of a message: identities, delimiter, signature, header, parent header, metadata, content, buffers. */
export function encode(message: Message, key: string): Uint8Array[] {
  const parts = [message.header, message.parent_header, message.metadata, message.content];
  const json = parts.map((part) => Buffer.from(JSON.stringify(part)));
  const signature = Buffer.from(sign(json, key));
  return [...message.identities, delimiter, signature, ...json, ...message.buffers];
}

/**
 * The message in `frames`; the signature is checked before anything is parsed.
 * `fresh` is asked, after that check, whether a signature is seen for the first time (see `replayRing`).
 * Throws WireError when the frames are malformed, the signature is wrong, or the message is a replay.
 */
export function decode(
  frames: readonly Uint8Array[],
  key: string,
  fresh: (signature: string) => boolean = () => true,
): Message {
  const { identities, signature, json, buffers } = split(frames);
  checkSignature(signature, json, key);
  if (key !== "" && !fresh(Buffer.from(signature).toString("latin1")))
    throw new WireError("a replayed message");
  return { ...readParts(json), identities, buffers };
}

/** Remembers the last `size` signatures; the returned function says whether one is new, and remembers it. */
export function replayRing(size = 65_536): (signature: string) => boolean {
  const seen = new Set<string>();
  return (signature) => {
    if (seen.has(signature)) return false;
    seen.add(signature);
    if (seen.size > size) seen.delete(seen.values().next().value as string);
    return true;
  };
}

/** Which frame is the delimiter: those before it are identities; -1 where there is none. */
export function delimiterPlace(frames: readonly Uint8Array[]): number {
  return frames.findIndex((frame) => delimiter.equals(frame));
}

function split(frames: readonly Uint8Array[]): {
  identities: Uint8Array[];
  signature: Uint8Array;
  json: Uint8Array[];
  buffers: Uint8Array[];
} {
  const place = delimiterPlace(frames);
  if (place < 0) throw new WireError("a message without the delimiter <IDS|MSG>");
  const rest = frames.slice(place + 1);
  if (rest.length < 1 + jsonFrames)
    throw new WireError(`a message of ${rest.length} frames; needed 5 or more`);
  return {
    identities: frames.slice(0, place),
    signature: rest[0] as Uint8Array,
    json: rest.slice(1, 1 + jsonFrames),
    buffers: rest.slice(1 + jsonFrames),
  };
}

function sign(parts: readonly Uint8Array[], key: string): string {
  if (key === "") return "";
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}

function checkSignature(signature: Uint8Array, parts: readonly Uint8Array[], key: string): void {
  if (key === "") return; // an empty key switches signing off, as the protocol has it
  const wanted = Buffer.from(sign(parts, key));
  if (signature.length !== wanted.length || !timingSafeEqual(signature, wanted)) {
    throw new WireError("a message with a wrong signature");
  }
}

function readParts(
  json: readonly Uint8Array[],
): Pick<Message, "header" | "parent_header" | "metadata" | "content"> {
  const size = json.reduce((sum, frame) => sum + frame.length, 0);
  const [header, parent_header, metadata] = json.slice(0, 3).map(readJson) as [Json, Json, Json];
  if (!isHeader(header)) throw new WireError("a message whose header lacks msg_id, session or msg_type");
  if (size > messageLimit) throw new TooLarge(header, size);
  return { header, parent_header, metadata, content: readJson(json[3] as Uint8Array) };
}

/** A signed message above `messageLimit`: its header is known, so that it can be answered. */
export class TooLarge extends WireError {
  constructor(
    readonly header: Header,
    readonly size: number,
  ) {
    super(`a message of ${size} bytes; the limit is ${messageLimit} bytes`);
  }
}

function readJson(frame: Uint8Array): Json {
  try {
    return parseFrame(frame);
  } catch (error) {
    throw new WireError(`a message frame that cannot be read: ${(error as Error).message}`);
  }
}

function isHeader(header: Json): header is Json & Header {
  return ["msg_id", "session", "msg_type"].every((field) => typeof header[field] === "string");
}
