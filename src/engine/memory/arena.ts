/** Who owns which bytes of the WebAssembly memory: given out, taken back, grown when there is no room. */

import { reservedBytes } from "../kernels/scheduler.js";

const pageBytes = 65536;

/** Blocks start on a cache line, and a few lines past a power of two, so that equal blocks do not share cache sets. */
const lineBytes = 64;

/** Bytes that a block of `bytes` bytes takes. */
export function blockBytes(bytes: number): number {
  return Math.ceil(Math.max(bytes, 1) / lineBytes) * lineBytes + lineBytes;
}

interface Stretch {
  from: number;
  to: number;
}

/** Gives out blocks of a memory, first fit; neighbours that are free are joined. */
export class Arena {
  /** Bytes that the memory has grown to: where it has grown, what saw it has to look anew. */
  size: number;
  readonly #free: Stretch[] = [];
  readonly #sizes = new Map<number, number>();
  #top = reservedBytes;

  constructor(private readonly memory: WebAssembly.Memory) {
    this.size = memory.buffer.byteLength;
  }

  /** The address of `bytes` bytes, not cleared. Throws RangeError where the memory cannot grow any more. */
  allocate(bytes: number): number {
    const size = blockBytes(bytes);
    const at = this.#free.findIndex(({ from, to }) => to - from >= size);
    const address = at < 0 ? this.#extend(size) : this.#cut(at, size);
    this.#sizes.set(address, size);
    return address;
  }

  /** Takes a block back. */
  release(address: number): void {
    const size = this.#sizes.get(address);
    if (size === undefined) return;
    this.#sizes.delete(address);
    this.#join({ from: address, to: address + size });
  }

  /** Bytes given out now. */
  get used(): number {
    let sum = 0;
    for (const size of this.#sizes.values()) sum += size;
    return sum;
  }

  #cut(at: number, size: number): number {
    const stretch = this.#free[at];
    const address = stretch.from;
    stretch.from += size;
    if (stretch.from === stretch.to) this.#free.splice(at, 1);
    return address;
  }

  #extend(size: number): number {
    const address = this.#top;
    const missing = address + size - this.size;
    if (missing > 0) this.#grow(Math.ceil(missing / pageBytes), size);
    this.#top += size;
    return address;
  }

  #grow(pages: number, size: number): void {
    try {
      this.memory.grow(pages);
      this.size = this.memory.buffer.byteLength;
    } catch (cause) {
      const used = Math.round(this.used / 2 ** 20);
      throw new RangeError(`engine: no room for ${size} bytes; ${used} MiB are in use`, { cause });
    }
  }

  /** The number of the first free stretch behind an address. */
  #firstBehind(address: number): number {
    let [low, high] = [0, this.#free.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#free[middle].from > address) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #join(block: Stretch): void {
    const at = this.#firstBehind(block.from);
    const [before, after] = [this.#free[at - 1], this.#free[at]];
    if (after?.from === block.to) {
      block.to = after.to;
      this.#free.splice(at, 1);
    }
    if (before?.to === block.from) before.to = block.to;
    else this.#free.splice(at, 0, block);
    const last = this.#free.at(-1);
    if (last?.to === this.#top) {
      this.#top = last.from;
      this.#free.pop();
    }
  }
}
