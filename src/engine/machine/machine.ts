/** One running engine for one kind of number: memory, the module, and the tasks given to it and to its helpers. */

import type { Lease } from "../../numeric/lease.js";
import type { Numbers } from "../../numeric/storage.js";
import { type Library, library, type TileCut } from "../kernels/library.js";
import { board, control, mostQueues, queues } from "../kernels/scheduler.js";
import { noteBytes, recordWords } from "../kernels/task.js";
import { rowBytes, scratchOf } from "../kernels/tile.js";
import { Arena } from "../memory/arena.js";
import { Forms } from "../memory/forms.js";
import { Lists } from "../memory/lists.js";
import { Loans } from "../memory/loans.js";
import { Residence } from "../memory/residence.js";
import type { NumberType } from "../wasm/instructions.js";
import { checkpoint } from "./checkpoint.js";
import { EngineLease } from "./engineLease.js";
import type { MachineCode } from "./machineCode.js";
import { nodeRuntime } from "./runtime.node.js";
import { currentScope } from "./scope.js";
import { spins, startHelper } from "./threads.js";

/** 4 GiB, the most that 32-bit addresses reach. */
const maximumPages = 65536;

export type Precision = NumberType["name"];

export class Machine {
  readonly memory: WebAssembly.Memory;
  readonly arena: Arena;
  readonly residence: Residence;
  readonly forms: Forms;
  readonly lists: Lists;
  readonly loans: Loans;
  readonly library: Library;
  /** Whether a host may stop the work between two tasks: not while the engine tests itself, or it would seem to fail. */
  mayBeStopped = false;
  readonly #module: WebAssembly.Module;
  readonly #runOne: (scratch: number, queue: number) => number;
  readonly #scratch: number;
  #helpers = 0;
  #view: Int32Array;
  #numbers: Numbers;

  constructor(
    readonly precision: Precision,
    readonly cut: TileCut,
    readonly shared: boolean,
    /** What the tiles are where they are machine code. */
    private readonly code: MachineCode | undefined = undefined,
  ) {
    this.memory = new WebAssembly.Memory({ initial: 32, maximum: maximumPages, shared });
    this.arena = new Arena(this.memory);
    this.residence = new Residence(this.memory, this.arena, shared, precision === "float32" ? 4 : 8);
    this.forms = new Forms(this.arena);
    this.lists = new Lists(this.memory, this.arena);
    this.loans = new Loans(this.arena);
    this.library = library(precision, cut, { initial: 1, maximum: maximumPages, shared });
    this.#module = new WebAssembly.Module(this.library.bytes);
    const given = { env: { memory: this.memory }, code: code?.over(this.memory) ?? {} };
    const { exports } = new WebAssembly.Instance(this.#module, given);
    this.#runOne = exports.runOne as (scratch: number, queue: number) => number;
    this.#scratch = this.#newScratch();
    this.#view = new Int32Array(this.memory.buffer);
    this.#numbers = new Float32Array(0);
  }

  /**
   * Does all tasks, given as records, in any order, with up to `threads` threads (helpers are started when they are
   * first wanted); returns when all are done.
   */
  run(records: Int32Array, threads: number): void {
    if (threads > 1) this.#wantHelpers(threads - 1);
    const most = board.records * recordWords;
    for (let from = 0; from < records.length; from += most) {
      this.#publish(records.length <= most ? records : records.subarray(from, from + most), threads);
      this.#work();
    }
  }

  /** The number of a task's function, as a record begins with it. */
  numberOf(task: string): number {
    return this.library.numbers.get(task) ?? missing(task);
  }

  /** The whole memory as numbers of this precision. */
  get numbers(): Numbers {
    if (this.#numbers.byteLength !== this.arena.size) {
      const { buffer } = this.memory;
      this.#numbers = this.precision === "float32" ? new Float32Array(buffer) : new Float64Array(buffer);
    }
    return this.#numbers;
  }

  /** The whole memory as words. */
  get words(): Int32Array {
    if (this.#view.byteLength !== this.arena.size) this.#view = new Int32Array(this.memory.buffer);
    return this.#view;
  }

  /** Hands over the block at an address, of n numbers: to the scope there is, or to whoever sees it. */
  hold(address: number, n: number): Numbers | Lease {
    const scope = currentScope();
    if (scope === undefined) return this.residence.keep(address, n);
    const lease = new EngineLease(this.residence, address, n);
    scope.take(lease);
    return lease;
  }

  /** Ends what was begun: no task is left to take, and no helper is at one. */
  settle(): void {
    this.#dropTasks();
    this.#awaitHelpers();
  }

  #publish(records: Int32Array, threads: number): void {
    const { words } = this;
    const parts = Math.min(threads, mostQueues);
    words.set(records, board.address >> 2);
    words[control.threads >> 2] = threads;
    words[control.queues >> 2] = parts;
    words[control.failed >> 2] = 0;
    for (let k = 0; k < parts; k++) this.#deal(k, parts, records.length / recordWords);
    Atomics.add(words, control.stage >> 2, 1);
    if (threads > 1 && Atomics.load(words, control.sleepers >> 2) > 0) {
      Atomics.notify(words, control.stage >> 2);
    }
  }

  /** Puts part k of the stage's tasks into its queue. */
  #deal(k: number, parts: number, tasks: number): void {
    const { words } = this;
    const [limit, origin] = [queues[k].limit >> 2, queues[k].origin >> 2];
    const [from, to] = [k, k + 1].map((part) => Math.floor((part * tasks) / parts));
    const first = board.address + 4 * recordWords * from;
    words[origin] = first - Math.imul(words[limit], 4 * recordWords);
    Atomics.store(words, limit, (words[limit] + to - from) | 0);
  }

  /**
   * Tasks until there are none; if the host stops the work between two, the rest is dropped, and it throws. So it is
   * where a task fails, here or in a helper.
   */
  #work(): void {
    const check = this.mayBeStopped ? checkpoint() : undefined;
    try {
      while (this.#runOne(this.#scratch, 0)) check?.();
    } catch (cause) {
      throw cause instanceof WebAssembly.RuntimeError ? failure(cause) : cause;
    } finally {
      this.settle();
    }
    if (Atomics.load(this.words, control.failed >> 2) !== 0) throw failure();
  }

  #dropTasks(): void {
    const { words } = this;
    for (const { next, limit } of queues) {
      const last = words[limit >> 2];
      for (let mine = Atomics.load(words, next >> 2); mine !== last; mine = Atomics.load(words, next >> 2)) {
        Atomics.compareExchange(words, next >> 2, mine, (mine + 1) | 0);
      }
    }
  }

  /** Until no helper is busy; first looking, then, where this thread may, asleep for moments. */
  #awaitHelpers(): void {
    const [words, busy] = [this.words, control.busy >> 2];
    for (let looks = 0; Atomics.load(words, busy) !== 0; looks++) {
      if (looks > spins && nodeRuntime() !== undefined) Atomics.wait(words, busy, words[busy], 0.05);
    }
  }

  #wantHelpers(count: number): void {
    while (this.shared && this.#helpers < count) {
      const help = { memory: this.memory, module: this.#module, addon: this.code?.path };
      startHelper(nodeRuntime(), { ...help, scratch: this.#newScratch(), id: ++this.#helpers });
    }
  }

  /** The address of a thread's own memory. */
  #newScratch(): number {
    return noteBytes + this.arena.allocate(noteBytes + scratchOf(rowBytes(this.library.style)));
  }
}

function failure(cause?: Error): Error {
  const why = cause?.message ?? "in another thread";
  return new Error(`engine: a task reaches outside the memory, or counts none (${why})`, { cause });
}

function missing(name: string): never {
  throw new Error(`engine: there is no task ${name}`);
}
