/** WebAssembly as bytes: an expression leaves one value on the stack, a statement none. */

/** Bytes, in pieces: put together once, at the end (copying at every step took twice as long). */
export type Code = readonly (number | Code)[];

/** The same, some of them put together already. */
export type CodePiece = number | Uint8Array | readonly CodePiece[];

/** The bytes of all pieces, in order. */
export function bytesOf(piece: CodePiece): Uint8Array<ArrayBuffer> {
  const written = { bytes: new Uint8Array(1 << 12), length: 0 };
  append(written, piece);
  return written.bytes.slice(0, written.length);
}

interface Written {
  bytes: Uint8Array<ArrayBuffer>;
  length: number;
}

function append(to: Written, piece: CodePiece): void {
  if (typeof piece === "number") {
    makeRoom(to, 1);
    to.bytes[to.length++] = piece;
  } else if (piece instanceof Uint8Array) {
    makeRoom(to, piece.length);
    to.bytes.set(piece, to.length);
    to.length += piece.length;
  } else for (const part of piece) append(to, part);
}

function makeRoom(to: Written, more: number): void {
  if (to.length + more <= to.bytes.length) return;
  const larger = new Uint8Array(2 * (to.length + more));
  larger.set(to.bytes);
  to.bytes = larger;
}

/** An unsigned number, 7 bits a byte, low bits first (LEB128). */
export function unsigned(n: number): number[] {
  const bytes: number[] = [];
  let rest = n;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low | 128 : low);
  } while (rest > 0);
  return bytes;
}

/** A signed 32-bit number, 7 bits a byte, low bits first (LEB128). */
export function signed(n: number): number[] {
  const bytes: number[] = [];
  let rest = n | 0;
  for (;;) {
    const low = rest & 127;
    rest >>= 7;
    const done = (rest === 0 && (low & 64) === 0) || (rest === -1 && (low & 64) !== 0);
    bytes.push(done ? low : low | 128);
    if (done) return bytes;
  }
}

/** A name: its length and its bytes (ASCII). */
export function named(name: string): Code {
  return [...unsigned(name.length), ...Array.from(name, (letter) => letter.charCodeAt(0))];
}

/** A list: how many, and each. */
export function listBytes(items: readonly CodePiece[]): CodePiece[] {
  return [unsigned(items.length), items];
}
