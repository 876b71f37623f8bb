/**
 * Seeded numbers that depend on (seed, position) alone, not on who asked before: Philox4x32-10 of Salmon, Moraes,
 * Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011). The same seed gives the same bits everywhere.
 */

import { checkObject, checkSize } from "../shape.js";
import { matrix } from "./matrix.js";
import type { Matrix } from "./storage.js";

/** Four 32-bit words. */
export type Words = readonly [number, number, number, number];

/** A source of numbers: its seed, and the position of the next one (a whole number; set it to resume). */
export interface SeededGenerator {
  /** The seed: the same one gives the same numbers. */
  readonly seed: number;
  /** Which number of the seed comes next, from 0. */
  position: number;
  /** The next number, uniform on [0, 1): 53 random bits. */
  uniform(): number;
  /** The next whole number, uniform on 0 … n − 1, without bias. */
  integer(n: number): number;
}

/** A generator for a seed, a whole number from 0 to 2⁵³ − 1. Throws RangeError for another seed. */
export function generator(seed: number): SeededGenerator {
  checkSeed("generator", seed);
  const self: SeededGenerator = {
    seed,
    position: 0,
    uniform: () => uniformAt(seed, self.position++),
    integer: (n) => integerBelow(self, n),
  };
  return self;
}

/** Number `position` of the stream of `seed`, uniform on [0, 1). */
export function uniformAt(seed: number, position: number): number {
  const [high, low] = philox([position >>> 0, Math.floor(position / 2 ** 32), 0, 0], keyOf(seed));
  return ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53;
}

/** Number `position` of the normal stream of `seed`, mean 0 and variance 1: Box and Muller, of two uniform ones. */
export function normalAt(seed: number, position: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniformAt(seed, 2 * position)));
  return radius * Math.cos(2 * Math.PI * uniformAt(seed, 2 * position + 1));
}

/**
 * A rows × cols matrix of numbers uniform on [low, high), drawn in column order.
 *
 * @example
 * randomMatrix(2, 3, { seed: 1, low: -1 })
 */
export function randomMatrix(
  rows: number,
  cols: number,
  options: { seed: number; low?: number; high?: number },
): Matrix {
  checkObject("randomMatrix", "options", options, "{ seed, low, high }");
  const { seed, low = 0, high = 1 } = options;
  checkSeed("randomMatrix", seed);
  const M = matrix(rows, cols);
  for (let k = 0; k < M.data.length; k++) M.data[k] = low + (high - low) * uniformAt(seed, k);
  return M;
}

/**
 * A random order of 0 … n − 1 (Fisher–Yates, drawn from the last place down).
 *
 * @example
 * permutation(5, 1)
 */
export function permutation(n: number, seed: number): Int32Array {
  return permutationAt(n, seed, 0);
}

/** Number `round` of the orders of 0 … n − 1 that a seed gives, from 0: each from numbers of its own. */
export function permutationAt(n: number, seed: number, round: number): Int32Array {
  checkSize("permutation", "n", n);
  const order = Int32Array.from({ length: n }, (_, k) => k);
  const draw = generator(seed);
  draw.position = round * 2 ** 32;
  for (let k = n - 1; k > 0; k--) {
    const other = draw.integer(k + 1);
    [order[k], order[other]] = [order[other], order[k]];
  }
  return order;
}

/** Philox4x32-10: ten rounds that turn a counter into four random words under a key of two. */
export function philox(counter: Words, key: readonly [number, number]): Words {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const [high0, low0] = wideProduct(0xd2511f53, c0);
    const [high1, low1] = wideProduct(0xcd9e8d57, c2);
    [c0, c1, c2, c3] = [high1 ^ c1 ^ k0, low1, high0 ^ c3 ^ k1, low0];
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  return [c0 >>> 0, c1 >>> 0, c2 >>> 0, c3 >>> 0];
}

/** The 64-bit product of two 32-bit words as (high, low); halves of 16 bits keep every step exact. */
function wideProduct(x: number, y: number): [number, number] {
  const [xh, xl, yh, yl] = [x >>> 16, x & 0xffff, y >>> 16, y & 0xffff];
  const middle = xh * yl + ((xl * yl) >>> 16);
  const cross = xl * yh + (middle % 0x10000);
  const high = xh * yh + Math.floor(middle / 0x10000) + Math.floor(cross / 0x10000);
  return [high | 0, Math.imul(x, y)];
}

/** A multiple of n that fits 2⁵³ bounds the accepted draws, so every residue is equally likely. */
function integerBelow(source: SeededGenerator, n: number): number {
  checkSize("integer", "n", n);
  const limit = 2 ** 53 - (2 ** 53 % n);
  let bits: number;
  do bits = source.uniform() * 2 ** 53;
  while (bits >= limit);
  return bits % n;
}

function keyOf(seed: number): [number, number] {
  return [seed >>> 0, Math.floor(seed / 2 ** 32)];
}

/** Throws RangeError unless the seed is a whole number from 0 to 2⁵³ − 1. */
export function checkSeed(operation: string, seed: number): void {
  if (Number.isSafeInteger(seed) && seed >= 0) return;
  throw new RangeError(`${operation}: seed = ${String(seed)}; needed a whole number from 0 to 2⁵³ − 1`);
}
