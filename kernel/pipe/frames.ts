/**
 * Frames on the pipes between protocol process and runner: length (4 bytes), kind (1 byte), payload.
 * A stream's text goes as it is, everything else through V8's serializer (which carries bytes without base64).
 */
import { deserialize, serialize } from "node:v8";
import type { Report } from "./runnerWords.js";

const head = 5;
const [objectKind, stdoutKind, stderrKind] = [0, 1, 2];

/** The frame of any plain value. */
export function objectFrame(value: unknown): Buffer {
  return framed(objectKind, serialize(value));
}

/** The frame of a piece of stream output: 4 bytes of execution, then UTF-8. */
export function streamFrame(execution: number, name: "stdout" | "stderr", text: string): Buffer {
  const bytes = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(head + 4 + bytes);
  frame.writeUInt32LE(4 + bytes, 0);
  frame.writeUInt8(name === "stdout" ? stdoutKind : stderrKind, 4);
  frame.writeInt32LE(execution, head);
  frame.write(text, head + 4);
  return frame;
}

/** A longer frame is none of ours. */
const longest = 2 ** 31;

/** A reader of frames: give it chunks as they come, it calls `take` with each value. Throws when they are no frames. */
export function frameReader(take: (value: unknown) => void): (chunk: Buffer) => void {
  let held: Buffer[] = [];
  let size = 0;
  return (chunk) => {
    held.push(chunk);
    size += chunk.length;
    if (wanted(held) > longest) throw new RangeError(`a frame of ${wanted(held)} bytes`);
    if (size < wanted(held)) return;
    let bytes = held.length === 1 ? (held[0] as Buffer) : Buffer.concat(held);
    while (bytes.length >= head && bytes.length >= head + bytes.readUInt32LE(0)) {
      const end = head + bytes.readUInt32LE(0);
      take(unframed(bytes.subarray(0, end)));
      bytes = bytes.subarray(end);
    }
    held = bytes.length > 0 ? [bytes] : [];
    size = bytes.length;
  };
}

/** The bytes needed before anything can be taken: without this a long frame would be concatenated at every chunk. */
function wanted(held: readonly Buffer[]): number {
  const first = held[0] as Buffer;
  return first.length >= head ? head + first.readUInt32LE(0) : head;
}

function framed(kind: number, payload: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(head + payload.length);
  frame.writeUInt32LE(payload.length, 0);
  frame.writeUInt8(kind, 4);
  frame.set(payload, head);
  return frame;
}

function unframed(frame: Buffer): unknown {
  const kind = frame[4];
  if (kind === objectKind) return deserialize(frame.subarray(head));
  const report: Report = {
    op: "stream",
    execution: frame.readInt32LE(head),
    name: kind === stdoutKind ? "stdout" : "stderr",
    text: frame.toString("utf8", head + 4),
  };
  return report;
}
