/**
 * A recorded call: its tasks as records, and where in them stand addresses that every call places anew. To run it is to
 * place operands and results, to write those addresses that have changed, and to have the records done.
 */

import type { Lease } from "../../numeric/lease.js";
import type { Numbers } from "../../numeric/storage.js";
import { recordWords, type Task } from "../kernels/task.js";
import { blockBytes } from "../memory/arena.js";
import type { NumbersOrWords } from "../memory/residence.js";
import { type Layout, type Lifetime, sharedLayout } from "./layout.js";
import { blockOf, offsetOf } from "./symbol.js";
import type { Block, Result, Workspace } from "./workspace.js";

export type Results = Readonly<Record<string, Result<"numbers" | "words">>>;

/** What a call hands over. */
export type ResultsTaken<R extends Results> = {
  readonly [Name in keyof R]: R[Name]["as"] extends "words" ? Int32Array : Numbers | Lease;
};

/** By its name, where a result is to be written; the rest gets memory of its own. */
export type Targets = Readonly<Record<string, NumbersOrWords | undefined>>;

/** A block that is placed at every call, and the words that depend on it: record word `at` is base + offset. */
interface Place {
  readonly block: Block;
  readonly result: Result<"numbers" | "words"> | undefined;
  /** The name of the result. */
  readonly name: string | undefined;
  readonly words: number[];
  readonly offsets: number[];
  /** What the words are written for; −1: they have to be written. */
  base: number;
  /** Where it is at the call that runs now; `kept`: outside the scratch memory. */
  address: number;
  kept: boolean;
}

/** The place of a result. */
type Given = Place & { readonly result: Result<"numbers" | "words"> };

export class Plan<R extends Results = Results> {
  readonly #records: Int32Array;
  readonly #stages: readonly Int32Array[];
  readonly #places: readonly Place[];
  /** The rooms that stay inside: the scratch memory's first bytes. */
  readonly #scratch: Place;
  readonly #taken: Readonly<Record<string, Given>>;
  readonly #scratchBytes: number;

  constructor(
    private readonly work: Workspace,
    private readonly results: R,
    layout: (rooms: readonly Lifetime[]) => Layout = sharedLayout,
  ) {
    this.#records = new Int32Array(recordWords * work.stages.reduce((sum, { length }) => sum + length, 0));
    this.#scratch = newPlace({ kind: "room", bytes: 0 });
    const { offsets, bytes } = layout(this.#lifetimes());
    this.#scratchBytes = bytes;
    const places = work.blocks.map((block, k) => {
      const [name, result] = this.#resultOf(k);
      const stays = block.kind === "room" && result === undefined;
      return { place: stays ? this.#scratch : newPlace(block, result, name), offset: stays ? offsets[k] : 0 };
    });
    this.#places = places.map(({ place }) => place).filter((place) => place !== this.#scratch);
    this.#taken = Object.fromEntries(
      Object.entries(results).map(([name, { block }]) => [name, places[block].place as Given]),
    );
    let at = 0;
    this.#stages = work.stages.map((tasks) => {
      const from = at;
      for (const task of tasks) at = this.#write(task, at, places);
      return this.#records.subarray(from, at);
    });
    work.blocks.length = work.stages.length = 0; // all is in the records now
  }

  /** How much of it has to be remembered, in words. */
  get size(): number {
    const own = this.#records.length + this.work.listWords;
    return [this.#scratch, ...this.#places].reduce((sum, { words }) => sum + 2 * words.length, own);
  }

  /** Whether all that this plan makes of frozen operands is there already. */
  hasForms(numbers: readonly NumbersOrWords[]): boolean {
    let some = false;
    for (const { block } of this.#places) {
      if (block.kind !== "form") continue;
      if (this.work.machine.forms.find(numbers[block.of.place], block.name) === undefined) return false;
      some = true;
    }
    return some;
  }

  /** Computes with these operands. */
  run(numbers: readonly NumbersOrWords[], threads: number, targets: Targets): ResultsTaken<R> {
    this.#place(numbers, targets);
    for (const stage of this.#stages) this.work.machine.run(stage, threads);
    return this.#handOver(numbers, targets);
  }

  /** Nobody runs it any more. */
  close(): void {
    for (const key of this.work.lists) this.work.machine.lists.giveBack(key);
  }

  /** The result that a block is, with its name; nothing where it is none. */
  #resultOf(k: number): [name?: string, result?: Result<"numbers" | "words">] {
    return Object.entries(this.results).find(([, { block }]) => block === k) ?? [];
  }

  /** The stages that need each block; for one that is placed on its own, none. */
  #lifetimes(): Lifetime[] {
    const { blocks, stages } = this.work;
    const needs = blocks.map(() => ({ first: Number.POSITIVE_INFINITY, last: -1 }));
    stages.forEach((tasks, stage) => {
      for (const { words } of tasks) {
        for (const word of words) {
          const k = blockOf(word);
          if (k >= 0) needs[k] = { first: Math.min(needs[k].first, stage), last: stage };
        }
      }
    });
    return blocks.map((block, k) => {
      const inside = block.kind === "room" && this.#resultOf(k).length === 0;
      return inside ? { bytes: block.bytes, ...needs[k] } : { bytes: 0, first: 0, last: -1 };
    });
  }

  /** Writes a task's record at a word; the word after it. */
  #write({ name, words }: Task, at: number, places: readonly { place: Place; offset: number }[]): number {
    this.#records[at] = this.work.machine.numberOf(name);
    words.forEach((x, n) => {
      const k = blockOf(x);
      if (k < 0) this.#records[at + 1 + n] = x;
      else {
        places[k].place.words.push(at + 1 + n);
        places[k].place.offsets.push(places[k].offset + offsetOf(x));
      }
    });
    return at + recordWords;
  }

  /** Finds or borrows memory for every place, copies in what lives elsewhere, and writes the addresses. */
  #place(numbers: readonly NumbersOrWords[], targets: Targets): void {
    const { machine } = this.work;
    let bytes = this.#scratchBytes;
    for (const place of this.#places) {
      const address = this.#addressOf(place, numbers, targets);
      place.kept = address !== undefined;
      place.address = address ?? bytes;
      if (!place.kept) bytes += blockBytes(this.#bytesOf(place.block));
    }
    const scratch = machine.loans.scratch(bytes);
    point(this.#scratch, scratch, this.#records);
    for (const place of this.#places) {
      if (!place.kept) place.address += scratch;
      if (!place.kept && place.block.kind === "operand") {
        const given = numbers[place.block.of.place];
        if (given instanceof Int32Array) machine.words.set(given, place.address / 4);
        else machine.numbers.set(given, place.address / this.work.bytes);
      }
      point(place, place.address, this.#records);
    }
  }

  /** Where a place is outside the scratch memory; undefined where it is inside. */
  #addressOf(
    { block, result, name }: Place,
    numbers: readonly NumbersOrWords[],
    targets: Targets,
  ): number | undefined {
    const { forms, loans, residence } = this.work.machine;
    if (block.kind === "operand") return residence.addressOf(numbers[block.of.place]);
    if (block.kind === "form") {
      const given = numbers[block.of.place];
      if (!forms.has(given)) return undefined;
      return forms.find(given, block.name) ?? loans.block(block.bytes);
    }
    if (result?.as !== "numbers") return undefined;
    const bytes = result.n * this.work.bytes;
    const target = targets[name as string];
    if (target !== undefined)
      return block.bytes === bytes ? residence.addressOf(target as Numbers) : undefined;
    return residence.hasRoom(bytes) ? loans.block(block.bytes) : undefined;
  }

  #bytesOf(block: Block): number {
    return block.kind === "operand" ? block.of.length * this.work.bytes + this.work.rowBytes : block.bytes;
  }

  /** All is done: results go to the caller, forms stay. */
  #handOver(numbers: readonly NumbersOrWords[], targets: Targets): ResultsTaken<R> {
    const taken: Record<string, Numbers | Lease | Int32Array> = {};
    const { forms, loans } = this.work.machine;
    for (const { block, address, kept } of this.#places) {
      if (block.kind !== "form" || !kept || forms.find(numbers[block.of.place], block.name) === address)
        continue;
      if (forms.keep(numbers[block.of.place], block.name, { address, bytes: block.bytes }))
        loans.handOver(address);
    }
    for (const name in this.#taken) taken[name] = this.#take(this.#taken[name], targets[name]);
    return taken as ResultsTaken<R>;
  }

  #take(
    { result, address, kept }: Given,
    target: Numbers | Int32Array | undefined,
  ): Numbers | Lease | Int32Array {
    const { machine, bytes } = this.work;
    if (kept && target !== undefined) return target;
    if (kept) {
      machine.loans.handOver(address);
      return machine.hold(address, result.n);
    }
    const whole = result.as === "words" ? machine.words : machine.numbers;
    const from = address / (result.as === "words" ? 4 : bytes);
    if (target === undefined) return whole.slice(from, from + result.n);
    target.set(whole.subarray(from, from + result.n));
    return target;
  }
}

function newPlace(block: Block, result?: Result<"numbers" | "words">, name?: string): Place {
  return { block, result, name, words: [], offsets: [], base: -1, address: 0, kept: false };
}

/** Writes the words that depend on a place, unless they are written for this address already. */
function point(place: Place, base: number, records: Int32Array): void {
  if (place.base === base) return;
  place.base = -1; // a host may end this loop
  const { words, offsets } = place;
  for (let k = 0; k < words.length; k++) records[words[k]] = base + offsets[k];
  place.base = base;
}
