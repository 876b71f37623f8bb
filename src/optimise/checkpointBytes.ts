/**
 * A checkpoint as bytes: "philab checkpoint\n", the length of the header (12 digits and "\n"), the header in JSON, the vectors it
 * speaks of as float64 (little endian), and the SHA-256 of all before as 64 hexadecimal digits. No code is in it, and nothing that is worked out when it is asked for.
 */

import { storedEntries } from "./ownState.js";

const magic = "philab checkpoint\n";
const version = 2;
const digits = 12;
const checksumLength = 64;

/** What a checkpoint is of, and the state in it; vectors may stand anywhere in the state. */
export interface CheckpointContent {
  /** By name, SHA-256 of what it has to agree in. */
  readonly identity: Readonly<Record<string, string>>;
  readonly method: string;
  readonly state: unknown;
}

/** The bytes of a checkpoint. */
export function checkpointBytes(
  content: CheckpointContent,
  sha256: (bytes: Uint8Array) => string,
): Uint8Array {
  const vectors: Float64Array[] = [];
  const header = new TextEncoder().encode(
    JSON.stringify({
      version,
      lengths: lengthsOf(content.state, vectors),
      ...content,
      state: plain(content.state),
    }),
  );
  const front = new TextEncoder().encode(`${magic}${String(header.length).padStart(digits, "0")}\n`);
  const size = vectors.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const bytes = new Uint8Array(front.length + header.length + size + checksumLength);
  bytes.set(front);
  bytes.set(header, front.length);
  let at = front.length + header.length;
  for (const vector of vectors) {
    bytes.set(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength), at);
    at += vector.byteLength;
  }
  bytes.set(new TextEncoder().encode(sha256(bytes.subarray(0, at))), at);
  return bytes;
}

/** What is in the bytes. Throws Error that says what is wrong with them. */
export function readCheckpoint(bytes: Uint8Array, sha256: (bytes: Uint8Array) => string): CheckpointContent {
  const text = (from: number, to: number): string => new TextDecoder().decode(bytes.subarray(from, to));
  if (text(0, magic.length) !== magic) throw new Error("it is no checkpoint of philab");
  const start = magic.length + digits + 1;
  const behind = start + Number(text(magic.length, start - 1));
  const end = bytes.length - checksumLength;
  if (!(behind <= end) || sha256(bytes.subarray(0, end)) !== text(end, bytes.length)) {
    throw new Error("it is cut or damaged: its checksum is another");
  }
  const header = JSON.parse(text(start, behind)) as CheckpointContent & {
    version: number;
    lengths: number[];
  };
  if (header.version !== version)
    throw new Error(`it has version ${header.version}; this philab reads ${version}`);
  let at = behind;
  const vectors = header.lengths.map((length) => {
    const from = at;
    at += 8 * length;
    return new Float64Array(new Uint8Array(bytes.subarray(from, at)).buffer); // a Buffer's slice would be a view
  });
  return { ...header, state: revived(header.state, vectors) };
}

/** Collects the vectors of a value in the order in which `plain` numbers them; their lengths. */
function lengthsOf(value: unknown, vectors: Float64Array[]): number[] {
  if (value instanceof Float64Array) vectors.push(value);
  else if (typeof value === "object" && value !== null) {
    for (const [, part] of storedEntries(value)) lengthsOf(part, vectors);
  }
  return vectors.map(({ length }) => length);
}

/** The value as JSON holds it: vectors by their number, and numbers that JSON does not know by their text. */
function plain(value: unknown, count = { vectors: 0 }): unknown {
  if (value instanceof Float64Array) return { $vector: count.vectors++ };
  if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0))) {
    return { $number: Object.is(value, -0) ? "-0" : String(value) };
  }
  if (Array.isArray(value)) return value.map((part) => plain(part, count));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(storedEntries(value).map(([name, part]) => [name, plain(part, count)]));
}

function revived(value: unknown, vectors: readonly Float64Array[]): unknown {
  if (Array.isArray(value)) return value.map((part) => revived(part, vectors));
  if (typeof value !== "object" || value === null) return value;
  const { $vector, $number } = value as { $vector?: number; $number?: string };
  if ($vector !== undefined) return vectors[$vector];
  if ($number !== undefined) return Number($number);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, revived(part, vectors)]));
}
