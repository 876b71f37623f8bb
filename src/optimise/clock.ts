/** Where the time of a training goes. */

/** How the time goes, beside a state: no part of it, since the same seed gives the same states and never the same times. */
export interface Progress {
  /** Since this call began. */
  readonly seconds: number;
  /** At the rate so far, until the last iteration or epoch or until time is over; undefined before there is a rate. */
  readonly remaining: number | undefined;
  /** Seconds by what they were spent on: "function", "gradient", "CG", "validation". */
  readonly parts: Readonly<Record<string, number>>;
  /** Seconds at which each state of this call came, the last one last. */
  readonly history: readonly number[];
}

export class TrainingClock {
  /** Seconds of each part so far. */
  readonly parts: Map<string, number> = new Map();
  /** Seconds at which each state came. */
  readonly history: number[] = [];
  readonly #start: number = performance.now();

  /** Since it was made. */
  get seconds(): number {
    return (performance.now() - this.#start) / 1000;
  }

  /** What `work` gives; its time is counted for a part. */
  async time<T>(part: string, work: () => Promise<T>): Promise<T> {
    const from = performance.now();
    const result = await work();
    this.parts.set(part, (this.parts.get(part) ?? 0) + (performance.now() - from) / 1000);
    return result;
  }
}
