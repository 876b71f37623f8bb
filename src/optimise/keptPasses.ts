/** Forward passes that are kept for the next product, as many as there is room for. */

import { release } from "../engine/operations/resident.js";
import type { NetworkState } from "../network/passes.js";
import { type Matrix, numbersOf } from "../numeric/storage.js";
import type { Shard } from "./shards.js";

/** Bytes of forward passes that all threads keep together; what comes after is made anew each time. */
const budget = 512 * 2 ** 20;

/** Bytes that one of so many threads may keep, whatever it computes. */
export function roomOfThread(threads: number): number {
  return Math.floor(budget / threads);
}

/** Bytes of all passes that this thread keeps now. */
let keptBytes = 0;

export class KeptPasses {
  readonly #states = new Map<Shard, NetworkState>();
  readonly #room: number;
  #bytes = 0;
  #isOpen = true;

  /** `room`: the bytes that this thread may keep in all; 0: none is kept here. */
  constructor(room: number) {
    this.#room = room;
  }

  /** Whether there is room for one more. */
  takes(state: NetworkState): boolean {
    return this.#isOpen && keptBytes + bytesOf(state) <= this.#room;
  }

  of(shard: Shard): NetworkState | undefined {
    return this.#states.get(shard);
  }

  /** Keeps it, unless another product has made and kept one meanwhile, or taken the room. */
  keep(shard: Shard, state: NetworkState): void {
    if (this.#states.has(shard) || !this.takes(state)) {
      release(...imagesOf(state));
      return;
    }
    this.#states.set(shard, state);
    this.#count(bytesOf(state));
  }

  /** Gives all memory back; nothing is kept from now on. */
  dispose(): void {
    release(...[...this.#states.values()].flatMap(imagesOf));
    this.#states.clear();
    this.#isOpen = false;
    this.#count(-this.#bytes);
  }

  #count(bytes: number): void {
    this.#bytes += bytes;
    keptBytes += bytes;
  }
}

/** Bytes of what the layers made; the images of the first are the data's, or counted with those of the layer before. */
function bytesOf(state: NetworkState): number {
  return madeIn(state).reduce((sum, M) => sum + numbersOf(M).byteLength, 0);
}

/** What a pass has made. */
function madeIn(state: NetworkState): Matrix[] {
  return state.flatMap(({ out, unpooled, choice }) => [out, unpooled, choice].filter((M) => M !== undefined));
}

/** That, and what it was given. */
function imagesOf(state: NetworkState): Matrix[] {
  return [...state.map(({ Z }) => Z), ...madeIn(state)];
}
