/**
 * Numbers that live in the engine's memory: what it computes stays there and is read by the next call where it lies.
 * Each block is seen through a SharedArrayBuffer object of its own (all over the same memory), so that the block is
 * given back when the last view of it has gone, subarrays too. As the collector does not see how large they are, only
 * so many bytes may live here; what comes after is copied out.
 */

import { markReturned } from "../../numeric/lease.js";
import type { Numbers } from "../../numeric/storage.js";
import { worthwhile } from "../thresholds.js";
import type { Arena } from "./arena.js";

/** What operands and results are: numbers in either precision, or whole numbers of 32 bits. */
export type NumbersOrWords = Numbers | Int32Array;

/** Bytes that results may keep before they are copied out instead. */
const budget = 256 * 2 ** 20;

/** Blocks that results may keep: more would take the arena long to search. */
const mostBlocks = 4096;

/** Homes that are made at once: one alone costs three times as much. */
const homesAtOnce = 32;

export class Residence {
  readonly #homes = new WeakMap<object, number>();
  /** What scopes see of blocks: no home of its own, as nobody but the engine reads it. */
  readonly #lent = new WeakSet<Numbers>();
  readonly #sizes = new Map<number, number>();
  readonly #registry = new FinalizationRegistry<number>((address) => this.#free(address));
  #kept = 0;
  #spare: ArrayBufferLike[] = [];
  #cloned: ArrayBufferLike[] = [];

  constructor(
    private readonly memory: WebAssembly.Memory,
    private readonly arena: Arena,
    private readonly shared: boolean,
    /** Bytes of a number. */
    private readonly bytes: 4 | 8,
  ) {}

  /** Where the numbers lie in this memory, or undefined where they do not. */
  addressOf(numbers: NumbersOrWords): number | undefined {
    return this.#homes.has(numbers.buffer) || this.#lent.has(numbers as Numbers)
      ? numbers.byteOffset
      : undefined;
  }

  /** Whether another block of this size may stay. */
  hasRoom(bytes: number): boolean {
    if (!this.shared || bytes < worthwhile.home) return false;
    return this.#kept + bytes <= budget && this.#sizes.size < mostBlocks;
  }

  /** The block at an address, of n numbers, as numbers; it is given back when nothing sees it any more. */
  keep(address: number, n: number): Numbers {
    this.#count(address, n);
    return this.#homeOf(address, n);
  }

  /** The block at an address, of n numbers, as the engine sees it until `takeBack` or `settle`. */
  lend(address: number, n: number): Numbers {
    this.#count(address, n);
    const numbers = this.#view(this.memory.buffer, address, n);
    this.#lent.add(numbers);
    return numbers;
  }

  /** Ends what was lent. */
  takeBack(address: number, numbers: Numbers): void {
    this.#lent.delete(numbers);
    this.#free(address);
  }

  /** What was lent, as numbers whose block is given back when nothing sees them any more. */
  settle(address: number, numbers: Numbers): Numbers {
    this.#lent.delete(numbers);
    return this.#homeOf(address, numbers.length);
  }

  /**
   * Gives the block of these numbers back at once; they must not be used any more. False where they live elsewhere, or
   * are a part of their block, of which others may be in use.
   */
  release(numbers: Numbers): boolean {
    const address = this.#homes.get(numbers.buffer);
    if (address === undefined || numbers.byteLength < (this.#sizes.get(address) ?? 0)) return false;
    this.#homes.delete(numbers.buffer);
    this.#registry.unregister(numbers.buffer);
    markReturned(numbers);
    this.#free(address);
    return true;
  }

  #count(address: number, n: number): void {
    this.#sizes.set(address, n * this.bytes);
    this.#kept += n * this.bytes;
  }

  #homeOf(address: number, n: number): Numbers {
    const home = this.#newHome();
    this.#homes.set(home, address);
    this.#registry.register(home, address, home);
    return this.#view(home, address, n);
  }

  #view(buffer: ArrayBufferLike, address: number, n: number): Numbers {
    return this.bytes === 4 ? new Float32Array(buffer, address, n) : new Float64Array(buffer, address, n);
  }

  /** Another object over the whole memory. */
  #newHome(): ArrayBufferLike {
    if (this.#spare.length === 0 || this.#spare[0].byteLength !== this.arena.size) {
      const { buffer } = this.memory;
      if (this.#cloned[0] !== buffer) {
        const others = Array.from({ length: homesAtOnce }, () => structuredClone<ArrayBufferLike>(buffer));
        this.#cloned = [buffer, ...others];
      }
      this.#spare = structuredClone(this.#cloned);
    }
    return this.#spare.pop() as ArrayBufferLike;
  }

  #free(address: number): void {
    this.#kept -= this.#sizes.get(address) ?? 0;
    this.#sizes.delete(address);
    this.arena.release(address);
  }
}
