/** Cells one after the other; an error aborts what had arrived by then, by sequence number and never by a timer. */

/** `aborted`: answer without running. */
export type Job = (aborted: boolean) => Promise<void>;

export interface Queue {
  /** Adds a cell. */
  add(job: Job): void;
  /** Adds a job that an error does not abort and that need not wait for the running cell, only for those before it. */
  addBeside(job: Job): void;
  /** Aborts every cell received so far that has not started. */
  abortReceived(): void;
}

interface Entry {
  readonly sequence: number;
  readonly isBeside: boolean;
  readonly job: Job;
}

/** An empty queue; `log` hears of jobs that fail. */
export function newQueue(log: (text: string) => void): Queue {
  const waiting: Entry[] = [];
  let received = 0;
  let abortedUpTo = 0;
  let isRunning = false;

  const run = (entry: Entry): Promise<void> =>
    entry
      .job(!entry.isBeside && entry.sequence <= abortedUpTo)
      .catch((error: Error) => log(String(error.stack)));

  async function next(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    for (let entry = waiting.shift(); entry; entry = waiting.shift()) await run(entry);
    isRunning = false;
  }

  return {
    add(job) {
      waiting.push({ sequence: ++received, isBeside: false, job });
      void next();
    },
    addBeside(job) {
      const entry = { sequence: ++received, isBeside: true, job };
      if (waiting.length === 0) void run(entry);
      else waiting.push(entry);
    },
    abortReceived() {
      abortedUpTo = received;
    },
  };
}
