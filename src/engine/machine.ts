/** One running engine: memory, the modules of both kinds of number, and the tasks given to them. */

import { Arena } from "./arena.js";
import { type Library, library, type TileCut } from "./kernels/library.js";
import { control, ring } from "./kernels/scheduler.js";
import { recordWords, scratchBytes } from "./kernels/task.js";
import type { NumberType } from "./wasm/instructions.js";

/** 4 GiB, the most that 32-bit addresses reach. */
const maximumPages = 65536;

type Precision = NumberType["name"];

interface Instance {
  readonly library: Library;
  runOne(scratch: number): number;
}

/** A task by its name, and its arguments in order. */
export type Task = readonly [name: string, ...args: number[]];

export class Machine {
  readonly memory: WebAssembly.Memory;
  readonly arena: Arena;
  readonly #instances = new Map<Precision, Instance>();
  readonly #scratch: number;
  #words: Int32Array;

  constructor(
    readonly cut: TileCut,
    readonly shared: boolean,
  ) {
    this.memory = new WebAssembly.Memory({ initial: 32, maximum: maximumPages, shared });
    this.arena = new Arena(this.memory);
    this.#scratch = this.arena.allocate(scratchBytes);
    this.#words = new Int32Array(this.memory.buffer);
  }

  /** The module of a precision; made when it is first asked for. */
  library(precision: Precision): Library {
    return this.#instance(precision).library;
  }

  /** Does all tasks, in any order and by any thread; returns when all are done. */
  run(precision: Precision, tasks: readonly Task[]): void {
    for (let from = 0; from < tasks.length; from += ring.records) {
      this.#publish(precision, tasks.slice(from, from + ring.records));
      this.#work(precision);
    }
  }

  #publish(precision: Precision, tasks: readonly Task[]): void {
    const words = this.words;
    const { numbers } = this.library(precision);
    const limit = words[control.limit >> 2];
    for (let k = 0; k < tasks.length; k++) {
      const [name, ...args] = tasks[k];
      const at = (ring.address >> 2) + ((limit + k) & (ring.records - 1)) * recordWords;
      words[at] = numbers.get(name) ?? missing(name);
      for (let n = 0; n < args.length; n++) words[at + 1 + n] = args[n];
    }
    Atomics.store(words, control.limit >> 2, (limit + tasks.length) | 0);
  }

  #work(precision: Precision): void {
    const { runOne } = this.#instance(precision);
    while (runOne(this.#scratch));
  }

  /** The memory as words; made again after it has grown. */
  get words(): Int32Array {
    if (this.#words.buffer !== this.memory.buffer) this.#words = new Int32Array(this.memory.buffer);
    return this.#words;
  }

  #instance(precision: Precision): Instance {
    let instance = this.#instances.get(precision);
    if (instance === undefined) {
      instance = this.#instantiate(precision);
      this.#instances.set(precision, instance);
    }
    return instance;
  }

  #instantiate(precision: Precision): Instance {
    const limits = { initial: 1, maximum: maximumPages, shared: this.shared };
    const made = library(precision, this.cut, limits);
    const module = new WebAssembly.Module(made.bytes);
    const { exports } = new WebAssembly.Instance(module, { env: { memory: this.memory } });
    return { library: made, runOne: exports.runOne as (scratch: number) => number };
  }
}

function missing(name: string): never {
  throw new Error(`engine: there is no task ${name}`);
}
