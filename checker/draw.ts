/** Numbers drawn: AES in counter mode, keyed by a text, so the same ones for the same text. */
import { createCipheriv, createHash } from "node:crypto";

/** Entries are drawn from -N to N - 1. */
export const N: number = 2 ** 40;

export interface Draw {
  /** From -N to N - 1, each equally likely. */
  entry(): bigint;
  /** From 1 to most. */
  upTo(most: number): number;
}

export function drawFrom(text: string): Draw {
  const cipher = createCipheriv("aes-256-ctr", createHash("sha256").update(text).digest(), Buffer.alloc(16));
  let [bytes, at] = [Buffer.alloc(0), 0];
  const next = (): number => {
    if (at === bytes.length) [bytes, at] = [cipher.update(Buffer.alloc(6 * 512)), 0];
    at += 6;
    return bytes.readUIntBE(at - 6, 6); // 48 bits
  };
  return { entry: () => BigInt((next() % (2 * N)) - N), upTo: (most) => 1 + (next() % most) };
}

/** The same number for the same key. */
export class Drawn {
  readonly draw: Draw;
  readonly #known = new Map<string, bigint>();

  constructor(draw: Draw) {
    this.draw = draw;
  }

  number(key: string): bigint {
    const known = this.#known.get(key) ?? this.draw.entry();
    this.#known.set(key, known);
    return known;
  }
}
