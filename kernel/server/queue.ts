/**
 * Cells one after the other; an error aborts what had arrived by then, by sequence number and never by a timer. Stop aborts
 * it too, and at once.
 */

import { Fill } from "./fill.js";

/** `aborted`: answer without running. */
export type Job = (aborted: boolean) => Promise<void>;

interface Entry {
  readonly sequence: number;
  readonly size: number;
  readonly isBeside: boolean;
  readonly job: Job;
}

export class Queue {
  readonly #log: (text: string) => void;
  readonly #waiting: Entry[] = [];
  #received = 0;
  #abortedUpTo = 0;
  #isRunning = false;
  /** What waits, in bytes of the messages that it came by. */
  readonly fill: Fill = new Fill(10_000, 64 * 2 ** 20);

  /** `log` hears of jobs that fail. */
  constructor(log: (text: string) => void) {
    this.#log = log;
  }

  /** Adds a cell; `size` is that of its message in bytes. */
  add(job: Job, size: number): void {
    this.#wait({ sequence: ++this.#received, isBeside: false, job, size });
    void this.#runWaiting();
  }

  /** Adds a job that an error does not abort and that need not wait for the running cell, only for those before it. */
  addBeside(job: Job, size: number): void {
    const entry = { sequence: ++this.#received, isBeside: true, job, size };
    if (this.#waiting.length === 0) void this.#run(entry);
    else this.#wait(entry);
  }

  /** How much has been added so far. */
  get received(): number {
    return this.#received;
  }

  /** Aborts every cell received so far that has not started. */
  abortReceived(): void {
    this.#abortedUpTo = this.#received;
  }

  /** Aborts them without waiting for the cell that runs. */
  abortAtOnce(): void {
    this.abortReceived();
    const waiting = this.#waiting.splice(0);
    this.#waiting.push(...waiting.filter(({ isBeside }) => isBeside));
    for (const entry of waiting) if (!entry.isBeside) void this.#leave(entry);
  }

  #wait(entry: Entry): void {
    this.#waiting.push(entry);
    this.fill.add(entry.size);
  }

  /** It waits no longer: it is run, or aborted. */
  #leave(entry: Entry): Promise<void> {
    this.fill.remove(entry.size);
    return this.#run(entry);
  }

  async #runWaiting(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (let entry = this.#waiting.shift(); entry; entry = this.#waiting.shift()) await this.#leave(entry);
    this.#isRunning = false;
  }

  #run({ job, isBeside, sequence }: Entry): Promise<void> {
    const isAborted = !isBeside && sequence <= this.#abortedUpTo;
    return job(isAborted).catch((error: Error) => this.#log(String(error.stack)));
  }
}
