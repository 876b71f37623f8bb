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

/** 2^k shards of l instances, as equal as can be: where each instance is much work, some of the shards are empty. */
export function shardsOf(net: Pick<Network, "multiplications">, l: number): Shard[] {
  const most = Math.min(mostInstances, Math.max(1, Math.floor(mostMultiplications / net.multiplications)));
  let count = 1;
  while (Math.ceil(l / count) > most) count *= 2;
  const first = (k: number): number => Math.floor((k * l) / count);
  return Array.from({ length: count }, (_, k) => ({ from: first(k), count: first(k + 1) - first(k) }));
}

/** What is made of a shard: vectors that are summed over shards, or that stand side by side. None of an empty shard. */
export type Made = readonly Float64Array[];

/**
 * A sum of what comes in order, added in pairs, then pairs of pairs, and so on: for 2^k of them a binary tree, so that a branch
 * of it can be summed elsewhere. A vector that was added is the sum's own, and goes to the spare ones.
 */
export class TreeSum {
  /** Sums that wait for their neighbour: the widest first. */
  readonly #waiting: { readonly width: number; readonly sum: Made }[] = [];

  /** Adds what comes next, which becomes this sum's own. */
  add(next: Made): void {
    let [width, sum] = [1, next];
    while (this.#waiting.at(-1)?.width === width) {
      const { sum: left } = this.#waiting.pop() as { sum: Made };
      [width, sum] = [2 * width, added(left, sum)];
    }
    this.#waiting.push({ width, sum });
  }

  /** The sum of all that were added. */
  total(): Made {
    return this.#waiting
      .splice(0)
      .map(({ sum }) => sum)
      .reduceRight((sum, left) => added(left, sum));
  }
}

/** x + y in the place of x, vector by vector; y goes to the spare ones. What has no vectors is 0. */
function added(x: Made, y: Made): Made {
  if (x.length === 0) return y;
  for (const [k, vector] of y.entries()) {
    const to = x[k];
    for (let i = 0; i < to.length; i++) to[i] += vector[i];
    giveBack(vector);
  }
  return x;
}
