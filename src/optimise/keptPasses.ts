/** Forward passes that are kept for the next product, as many as there is room for. */

import { release } from "../engine/operations/resident.js";
import type { NetworkState } from "../network/passes.js";
import { type Matrix, numbersOf } from "../numeric/storage.js";
import type { Shard } from "./shards.js";

/** Bytes of forward passes that are kept; what comes after is made anew each time. */
const budget = 512 * 2 ** 20;

export class KeptPasses {
  readonly #states = new Map<Shard, NetworkState>();
  #room: number;

  /** `keeps`: whether any is kept. */
  constructor(keeps: boolean) {
    this.#room = keeps ? budget : 0;
  }

  get hasRoom(): boolean {
    return this.#room > 0;
  }

  of(shard: Shard): NetworkState | undefined {
    return this.#states.get(shard);
  }

  /** Keeps it, unless another product has made and kept one meanwhile. */
  keep(shard: Shard, state: NetworkState): void {
    if (this.#states.has(shard) || !this.hasRoom) {
      release(...imagesOf(state));
      return;
    }
    this.#states.set(shard, state);
    for (const M of madeIn(state)) this.#room -= numbersOf(M).byteLength;
  }

  /** Gives all memory back; nothing is kept from now on. */
  dispose(): void {
    release(...[...this.#states.values()].flatMap(imagesOf));
    this.#states.clear();
    this.#room = 0;
  }
}

/** What a pass has made. */
function madeIn(state: NetworkState): Matrix[] {
  return state.flatMap(({ out, unpooled, choice }) => [out, unpooled, choice].filter((M) => M !== undefined));
}

/** That, and what it was given. */
function imagesOf(state: NetworkState): Matrix[] {
  return [...state.map(({ Z }) => Z), ...madeIn(state)];
}
