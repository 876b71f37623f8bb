/** Which instances a step takes: batches of a random order, each instance once an epoch. */

import { kind } from "../numeric/check.js";
import { permutationAt } from "../numeric/random.js";
import { checkedInstances } from "./data.js";

/** How batches are made. */
export interface BatchOptions {
  readonly l: number;
  readonly bsize: number;
  readonly seed: number;
  readonly stepsPerEpoch: number;
  /** Batches that replace the random ones: of each epoch, one for each step. */
  readonly batches: readonly (readonly ArrayLike<number>[])[] | undefined;
  /** Whether each step draws its batch anew, as the lecturer's program does, and instances may come twice or never. */
  readonly drawsAnew: boolean;
}

/** The batches of an epoch, from 1. */
export function batchesOf(epoch: number, options: BatchOptions): Int32Array[] {
  const { l, bsize, seed, stepsPerEpoch, batches, drawsAnew } = options;
  if (batches !== undefined) return batches[epoch - 1].map((batch) => Int32Array.from(batch));
  const draw = (k: number): Int32Array => permutationAt(l, seed, (epoch - 1) * stepsPerEpoch + k);
  if (drawsAnew) return Array.from({ length: stepsPerEpoch }, (_, k) => draw(k).slice(0, bsize));
  const order = permutationAt(l, seed, epoch - 1);
  return Array.from({ length: stepsPerEpoch }, (_, k) => {
    const from = (k * bsize) % l;
    return order.slice(from, Math.min(l, from + bsize));
  });
}

/** Copies of lists of instances, each checked. Throws TypeError for what is no array of lists. */
export function checkedLists(
  operation: string,
  lists: readonly ArrayLike<number>[],
  checked: (place: string, list: ArrayLike<number>) => Int32Array,
): number[][] {
  if (!Array.isArray(lists) || lists.length === 0)
    throw new TypeError(`${operation} is ${kind(lists)}; needed an array of lists of instances`);
  return lists.map((list, k) => Array.from(checked(`${operation}[${k}]`, list)));
}

/** A copy of an order of l instances. Throws RangeError unless it holds each of 0 … l − 1 once. */
export function checkedOrder(operation: string, order: ArrayLike<number>, l: number): Int32Array {
  const known = checkedInstances(operation, order, l);
  if (known.length === l && new Set(known).size === l) return known;
  throw new RangeError(`${operation} is ${kind(order)}; needed each of 0 … ${l - 1} once`);
}
