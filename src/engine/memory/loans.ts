/** What the call that runs now has borrowed: scratch memory, kept from call to call, and blocks that it will hand over. */

import type { Arena } from "./arena.js";

/** Scratch memory that is larger is given back at the end of its call. */
const mostKept = 64 * 2 ** 20;

export class Loans {
  /** Whether a call has begun and not ended: seen by the next one only where a host ended it without its `finally`. */
  running = false;
  #scratch = 0;
  #size = 0;
  readonly #blocks = new Set<number>();

  constructor(private readonly arena: Arena) {}

  /** The address of at least `bytes` bytes, not cleared, until this call ends. */
  scratch(bytes: number): number {
    if (bytes > this.#size) {
      this.#dropScratch();
      this.#scratch = this.arena.allocate(bytes);
      this.#size = bytes;
    }
    return this.#scratch;
  }

  /** The address of a block that is given back at the end unless it is handed over before. */
  block(bytes: number): number {
    const address = this.arena.allocate(bytes);
    this.#blocks.add(address);
    return address;
  }

  /** From now on the block is somebody else's. */
  handOver(address: number): void {
    this.#blocks.delete(address);
  }

  /** The call has ended, or been ended. */
  close(): void {
    for (const address of this.#blocks) this.arena.release(address);
    this.#blocks.clear();
    if (this.#size > mostKept) this.#dropScratch();
    this.running = false;
  }

  #dropScratch(): void {
    if (this.#size > 0) this.arena.release(this.#scratch);
    this.#size = 0;
  }
}
