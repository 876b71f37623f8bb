/**
 * Cells one after the other; an error aborts what had arrived by then, by sequence number and never by a timer. Stop aborts
 * it too, and at once.
 */

/** `aborted`: answer without running. */
export type Job = (aborted: boolean) => Promise<void>;

interface Entry {
  readonly sequence: number;
  readonly isBeside: boolean;
  readonly job: Job;
}

export class Queue {
  readonly #log: (text: string) => void;
  readonly #waiting: Entry[] = [];
  #received = 0;
  #abortedUpTo = 0;
  #isRunning = false;

  /** `log` hears of jobs that fail. */
  constructor(log: (text: string) => void) {
    this.#log = log;
  }

  /** Adds a cell. */
  add(job: Job): void {
    this.#waiting.push({ sequence: ++this.#received, isBeside: false, job });
    void this.#runWaiting();
  }

  /** Adds a job that an error does not abort and that need not wait for the running cell, only for those before it. */
  addBeside(job: Job): void {
    const entry = { sequence: ++this.#received, isBeside: true, job };
    if (this.#waiting.length === 0) void this.#run(entry);
    else this.#waiting.push(entry);
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
    for (const entry of waiting) if (!entry.isBeside) void this.#run(entry);
  }

  async #runWaiting(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (let entry = this.#waiting.shift(); entry; entry = this.#waiting.shift()) await this.#run(entry);
    this.#isRunning = false;
  }

  #run({ job, isBeside, sequence }: Entry): Promise<void> {
    const isAborted = !isBeside && sequence <= this.#abortedUpTo;
    return job(isAborted).catch((error: Error) => this.#log(String(error.stack)));
  }
}
