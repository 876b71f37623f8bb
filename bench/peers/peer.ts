/** Who can be asked for a time: a library in a process of its own, or a function in this one. */

import type { What } from "../conv/bench.js";
import type { Layer } from "../conv/layers.js";
import type { Precision } from "../conv/problem.js";

/** What is computed: a pass of the layer, or φ and its transpose alone. */
export type Work = What | "phi" | "vTP";

/** One thing to be measured. */
export interface Task {
  readonly layer: Layer;
  readonly batch: number;
  readonly precision: Precision;
  readonly what: Work;
}

export interface Peer {
  readonly name: string;
  /** What it is, with its version and its threads. */
  readonly version: string;
  /** Whether it has this at all, in a time that a bench can wait for. */
  can(task: Task): boolean;
  /** Milliseconds of one call, from a window of at least `least` ms. */
  time(task: Task, least: number): Promise<number>;
  /** Five entries of each result, evenly from the first to the last in our order. */
  probe(task: Task): Promise<readonly number[]>;
  end(): void;
}
