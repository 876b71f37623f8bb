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

/** The same number for the same key; the entries of each matrix are of a size of their own where they are mixed. */
export class Drawn {
  readonly #draw: Draw;
  readonly #mixed: boolean;
  readonly #known = new Map<string, bigint>();
  readonly #sizes = new Map<string, number>();

  constructor(draw: Draw, mixed: boolean) {
    this.#draw = draw;
    this.#mixed = mixed;
  }

  /** The name that the number belongs to ends at the first space of the key. */
  number(key: string): bigint {
    const known =
      this.#known.get(key) ?? (this.#mixed ? this.#small(key.split(" ")[0]!) : this.#draw.entry());
    this.#known.set(key, known);
    return known;
  }

  /** From -most to most, where most is the same for all entries of a name; some are 0 throughout. */
  #small(name: string): bigint {
    const most = this.#sizes.get(name) ?? sizes[this.#draw.upTo(sizes.length) - 1]!;
    this.#sizes.set(name, most);
    return BigInt(this.#draw.upTo(2 * most + 1) - most - 1);
  }
}

const sizes = [0, 1, 1, 3, 30, 1_000_000];
