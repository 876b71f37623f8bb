/**
 * Sums over instances as a fixed tree: the instances are cut into 2^k shards, a property of the data and the network and
 * not of the machine, and the sums of neighbours are added in pairs. Whoever computes the shards, the bits are the same.
 */

import type { Network } from "../network/network.js";
import { giveBack } from "./spareVectors.js";

/** Instances from … from + count − 1 of those that are summed over. */
export interface Shard {
  readonly from: number;
  readonly count: number;
}

/**
 * Multiplications of one shard's products W φ(Z): a gradient takes three times as many, so a few hundredths of a second,
 * after which others get their turn.
 */
const mostMultiplications = 1.5e8;

/** Instances of one shard where the network is so small that all would do. */
const mostInstances = 256;

/** 2^k shards of l instances, as equal as can be; none is empty but where there are fewer instances than shards. */
export function shardsOf(net: Pick<Network, "multiplications">, l: number): Shard[] {
  const most = Math.min(mostInstances, Math.max(1, Math.floor(mostMultiplications / net.multiplications)));
  let count = 1;
  while (Math.ceil(l / count) > most) count *= 2;
  const first = (k: number): number => Math.floor((k * l) / count);
  return Array.from({ length: count }, (_, k) => ({ from: first(k), count: first(k + 1) - first(k) }));
}

/**
 * A sum of vectors that come in order, added in pairs, then pairs of pairs, and so on: for 2^k of them a binary tree. A vector that
 * was added is the sum's own, and goes to the spare ones.
 */
export class TreeSum {
  /** Sums that wait for their neighbour: the widest first. */
  readonly #waiting: { readonly width: number; readonly sum: Float64Array }[] = [];

  /** Adds the next vector, which becomes this sum's own. */
  add(next: Float64Array): void {
    let [width, sum] = [1, next];
    while (this.#waiting.at(-1)?.width === width) {
      const { sum: left } = this.#waiting.pop() as { sum: Float64Array };
      added(left, sum);
      [width, sum] = [2 * width, left];
    }
    this.#waiting.push({ width, sum });
  }

  /** The sum of all that were added. */
  total(): Float64Array {
    let sum = (this.#waiting.pop() as { sum: Float64Array }).sum;
    for (const { sum: left } of this.#waiting.splice(0).reverse()) {
      added(left, sum);
      sum = left;
    }
    return sum;
  }
}

/** x + y in the place of x; y goes to the spare ones. */
function added(x: Float64Array, y: Float64Array): void {
  for (let k = 0; k < x.length; k++) x[k] += y[k];
  giveBack(y);
}
