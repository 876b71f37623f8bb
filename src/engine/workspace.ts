/** What one call borrows from the engine's memory, and gives back at its end. */

import type { Numbers } from "../numeric/storage.js";
import { panelWidth, rowBytes, type TileStyle } from "./kernels/tile.js";
import type { Machine, Task } from "./machine.js";

export class Workspace {
  readonly style: TileStyle;
  /** Bytes of a number. */
  readonly bytes: number;
  /** Numbers in a row of a panel. */
  readonly width: number;
  /** Bytes of a row of a panel. */
  readonly rowBytes: number;
  readonly #borrowed: number[] = [];
  readonly #made: Made[] = [];

  constructor(
    readonly machine: Machine,
    /** How many threads may work. */
    readonly threads = 1,
  ) {
    this.style = machine.library.style;
    this.bytes = this.style.type.bytes;
    this.width = panelWidth(this.style);
    this.rowBytes = rowBytes(this.style);
  }

  /** How many panels hold n numbers. */
  panels(n: number): number {
    return Math.ceil(n / this.width);
  }

  /** The address of room for `bytes` bytes, not cleared. */
  room(bytes: number): number {
    const address = this.machine.arena.allocate(bytes);
    this.#borrowed.push(address);
    return address;
  }

  /** The address of the numbers in this precision: where they live, or of a copy. */
  put(numbers: Numbers): number {
    const home = this.machine.residence.addressOf(numbers);
    if (home !== undefined) return home;
    const address = this.room(numbers.length * this.bytes);
    this.view(address, numbers.length).set(numbers);
    return address;
  }

  /**
   * Room for what is to be made of the numbers, a form of this name. `made`: it is there already, since an earlier call
   * with the same frozen numbers. Else it has to be written before this call ends, and is kept then if they are frozen.
   */
  form(numbers: Numbers, name: string, bytes: number): { readonly address: number; readonly made: boolean } {
    const kept = this.machine.forms.find(numbers, name);
    if (kept !== undefined) return { address: kept, made: true };
    const address = this.room(bytes);
    this.#made.push({ numbers, name, address, bytes });
    return { address, made: false };
  }

  /** All is done: what was made of frozen numbers is kept. */
  keepForms(): void {
    for (const { numbers, name, ...form } of this.#made) {
      if (this.machine.forms.keep(numbers, name, form)) this.#handOver(form.address);
    }
  }

  /** The n numbers in the room at an address, for the caller: they stay where they are, or are copied out. */
  take(address: number, n: number): Numbers {
    if (this.machine.residence.hasRoom(n * this.bytes)) {
      this.#handOver(address);
      return this.machine.residence.keep(address, n, this.style.type.bytes);
    }
    return this.view(address, n).slice();
  }

  #handOver(address: number): void {
    this.#borrowed.splice(this.#borrowed.indexOf(address), 1);
  }

  run(tasks: readonly Task[]): void {
    this.machine.run(tasks, this.threads);
  }

  /** Gives everything back. */
  close(): void {
    for (const address of this.#borrowed) this.machine.arena.release(address);
    this.#borrowed.length = 0;
  }

  view(address: number, n: number): Numbers {
    const { buffer } = this.machine.memory;
    return this.bytes === 4 ? new Float32Array(buffer, address, n) : new Float64Array(buffer, address, n);
  }
}

/** A form that this call makes. */
interface Made {
  readonly numbers: Numbers;
  readonly name: string;
  readonly address: number;
  readonly bytes: number;
}

/** The workspace that is lent now: still there at the next call if a host ended this one without its `finally`. */
const lent = new WeakMap<Machine, Workspace>();

/** Lends a workspace to `use`, and takes it back however that ends. */
export function borrow<T>(machine: Machine, threads: number, use: (work: Workspace) => T): T {
  const left = lent.get(machine);
  if (left !== undefined) {
    machine.settle();
    left.close();
  }
  const work = new Workspace(machine, threads);
  lent.set(machine, work);
  try {
    const result = use(work);
    work.keepForms();
    return result;
  } finally {
    lent.delete(machine);
    work.close();
  }
}
