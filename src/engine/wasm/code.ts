/** WebAssembly as bytes: an expression leaves one value on the stack, a statement none. */

/** Bytes, in pieces: put together once, at the end (copying at every step took twice as long). */
export type Code = readonly (number | Code)[];

/** The bytes of all pieces, in order. */
export function bytesOf(code: Code): number[] {
  const bytes: number[] = [];
  append(bytes, code);
  return bytes;
}

function append(bytes: number[], code: Code): void {
  for (const piece of code) {
    if (typeof piece === "number") bytes.push(piece);
    else append(bytes, piece);
  }
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
export function list(items: readonly Code[]): Code {
  return [unsigned(items.length), items];
}
