/** Lists of 32-bit words that depend on a shape alone (where sub-images start), shared by the plans that read them. */

import type { Arena } from "./arena.js";

interface List {
  readonly address: number;
  users: number;
}

export class Lists {
  readonly #known = new Map<string, List>();

  constructor(
    private readonly memory: WebAssembly.Memory,
    private readonly arena: Arena,
  ) {}

  /** The address of the list of n words that `key` names; `write` makes it where it is not there. */
  borrow(key: string, n: number, write: (list: Int32Array) => void): number {
    const list = this.#known.get(key) ?? this.#make(n, write);
    this.#known.set(key, list);
    list.users++;
    return list.address;
  }

  /** Ends one use of a list; after the last its memory is given back. */
  giveBack(key: string): void {
    const list = this.#known.get(key);
    if (list === undefined || --list.users > 0) return;
    this.#known.delete(key);
    this.arena.release(list.address);
  }

  #make(n: number, write: (list: Int32Array) => void): List {
    const address = this.arena.allocate(4 * n);
    write(new Int32Array(this.memory.buffer, address, n));
    return { address, users: 0 };
  }
}
