/**
 * What a call computes with, while it is described: rooms, operands and tasks, recorded once for sizes and options and
 * made into a plan. Nothing is computed yet, and addresses are symbols.
 */

import type { Task } from "../kernels/task.js";
import { panelWidth, rowBytes, type TileStyle } from "../kernels/tile.js";
import type { Machine } from "../machine/machine.js";
import { symbol } from "./symbol.js";

/** Numbers that every call of a plan is given: which of them, and how many. */
export interface Operand {
  readonly place: number;
  readonly length: number;
  /** Whether nobody changes them, so that what is made of them is kept. */
  readonly frozen: boolean;
}

/** What a plan hands over: n numbers in its precision, or whole numbers of 32 bits, from the begin of a room on. */
export interface Result<As extends "numbers" | "words" = "numbers"> {
  readonly block: number;
  readonly n: number;
  readonly as: As;
}

/** Memory that tasks read and write. */
export type Block =
  | { readonly kind: "room"; readonly bytes: number }
  | { readonly kind: "operand"; readonly of: Operand }
  | { readonly kind: "form"; readonly of: Operand; readonly name: string; readonly bytes: number };

export class Workspace {
  readonly style: TileStyle;
  /** Bytes of a number. */
  readonly bytes: number;
  /** Numbers in a row of a panel. */
  readonly width: number;
  /** Bytes of a row of a panel. */
  readonly rowBytes: number;
  readonly blocks: Block[] = [];
  /** Tasks, in any order, after those of the stage before. */
  readonly stages: (readonly Task[])[] = [];
  /** The keys of the lists that are read, and how many words they have. */
  readonly lists: string[] = [];
  listWords = 0;

  constructor(
    readonly machine: Machine,
    /** How many threads may work. */
    readonly threads = 1,
    /** Whether the forms of all operands are there already. */
    readonly formed = false,
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
    return this.#add({ kind: "room", bytes });
  }

  /**
   * The address of an operand in this precision: where it lives, or of a copy. A panel's row may be read from its last
   * number on.
   */
  put(of: Operand): number {
    const known = this.blocks.findIndex((block) => block.kind === "operand" && block.of === of);
    return known < 0 ? this.#add({ kind: "operand", of }) : symbol(known);
  }

  /**
   * Room for what is to be made of an operand, a form of this name. `made`: it is there already, since an earlier call
   * with the same frozen numbers. Else it has to be written; it is kept if the numbers are frozen, and a room like any
   * other if they are not.
   */
  form(of: Operand, name: string, bytes: number): { readonly address: number; readonly made: boolean } {
    if (!of.frozen) return { address: this.room(bytes), made: false };
    return { address: this.#add({ kind: "form", of, name, bytes }), made: this.formed };
  }

  /** The address of n words that depend on `key` alone; `write` makes them where no other plan reads them. */
  list(key: string, n: number, write: (list: Int32Array) => void): number {
    this.lists.push(key);
    this.listWords += n;
    return this.machine.lists.borrow(key, n, write);
  }

  run(tasks: readonly Task[]): void {
    if (tasks.length > 0) this.stages.push(tasks);
  }

  /** The first n numbers of the room at an address, for the caller. */
  take(address: number, n: number): Result {
    return { block: this.#roomAt(address), n, as: "numbers" };
  }

  /** The same for whole numbers of 32 bits. */
  takeWords(address: number, n: number): Result<"words"> {
    return { block: this.#roomAt(address), n, as: "words" };
  }

  #add(block: Block): number {
    return symbol(this.blocks.push(block) - 1);
  }

  #roomAt(address: number): number {
    const found = this.blocks.findIndex(({ kind }, k) => kind === "room" && symbol(k) === address);
    if (found < 0) throw new Error("engine: only a room can be handed over");
    return found;
  }
}
