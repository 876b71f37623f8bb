/** Numbers drawn: of one text and one key always the same, as SHA-256 has them. */
import { hash } from "node:crypto";

/** Entries are drawn from -N to N - 1. */
export const N: number = 2 ** 40;

/** From 0 to 2^48 - 1. */
export type Draw = (key: string) => number;

export function drawFrom(text: string): Draw {
  const seed = hash("sha256", text);
  return (key) => Number.parseInt(hash("sha256", `${seed} ${key}`).slice(0, 12), 16);
}

const sizes = [0, 1, 1, 3, 30, 1_000_000];

/** From -N to N - 1; where they are mixed, from -M to M, with one M for all keys whose first word is the same. */
export function drawEntry(draw: Draw, trial: string, key: string, isMixed: boolean): bigint {
  const number = draw(`${trial} ${key}`);
  if (!isMixed) return BigInt((number % (2 * N)) - N);
  const most = sizes[draw(`${trial} size of ${key.split(" ")[0]}`) % sizes.length];
  return BigInt((number % (2 * most + 1)) - most);
}
