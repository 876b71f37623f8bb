/** What all methods have in common: their states, their options, and how they fail. */

import { kind } from "../numeric/check.js";
import { checkOptions } from "../numeric/options.js";
import { checkSeed } from "../numeric/random.js";
import type { Progress } from "./clock.js";
import type { Instances } from "./data.js";

/** A line of a trace. */
export interface TraceEntry {
  /** f(θ). */
  readonly f: number;
  /** The share of validation instances whose largest output is the wanted one. */
  readonly accuracy?: number;
}

/** The best θ so far: by accuracy on the validation instances, where there are some, else by f. */
export interface Best {
  /** Its numbers. */
  readonly theta: Float64Array;
  /** Which iteration or epoch it comes from. */
  readonly at: number;
  /** What it was chosen by: accuracy (the loss, negative, where there is one output), or −f. */
  readonly score: number;
}

/** Where a training is after an iteration or an epoch; nothing changes it afterwards. */
export interface TrainingState<Entry extends TraceEntry> {
  /** How many iterations or epochs were made. */
  readonly at: number;
  /** θ there. */
  readonly theta: Float64Array;
  /** f(θ). */
  readonly f: number;
  /** What happened so far. */
  readonly trace: readonly Entry[];
  /** The best θ so far. */
  readonly best?: Best;
  /** Why the training ends here; undefined where it goes on. */
  readonly stopped?: string;
}

/** When to stop, besides the number of iterations or epochs. */
export interface StopOptions {
  /** At f(θ) ≤ this. */
  readonly f?: number;
  /** At ‖∇f(θ)‖ ≤ this, over all instances: stochastic methods work it out after each epoch where it is asked for. */
  readonly gnorm?: number;
  /** After so many seconds. */
  readonly seconds?: number;
  /** After so many iterations or epochs without a better score. */
  readonly patience?: number;
}

/** Options that all methods take. */
export interface TrainingOptions<State> {
  /** Of the random orders; the same one gives the same bits. Default 0. */
  readonly seed?: number;
  /** "simpleNN": as the lecturer's program does, where it differs. */
  readonly parity?: "simpleNN";
  /** When to stop. */
  readonly stop?: StopOptions;
  /** Instances that are not trained on, to choose the best θ by. */
  readonly validation?: Instances;
  /** Called with each new state, and with how the time goes; a promise that it returns is waited for. */
  readonly onIteration?: (state: State, progress: Progress) => unknown;
  /** A file that each state is kept in; one that is there is resumed from. Node alone. */
  readonly checkpoint?: string;
}

export const trainingNames: readonly string[] = [
  ...["seed", "parity", "stop", "validation", "onIteration", "checkpoint"],
];

/** A training that has to stop: f or θ is no number any more, or no step leads down. */
export class TrainingError extends Error {
  override readonly name = "TrainingError";

  constructor(
    message: string,
    /** The iteration, or the epoch, that failed. */
    readonly iteration: number,
    /** The last θ that was good. */
    readonly theta: Float64Array,
    /** What happened before. */
    readonly trace: readonly TraceEntry[],
  ) {
    super(message);
  }
}

/** Throws TypeError or RangeError for an option that all methods have and that is no good. */
export function checkTraining(
  name: string,
  { parity, stop = {}, seed = 0, checkpoint, onIteration }: TrainingOptions<never>,
): void {
  checkSeed(name, seed);
  if (parity !== undefined && parity !== "simpleNN") {
    throw new RangeError(`${name}: parity is ${kind(parity)}; needed "simpleNN"`);
  }
  checkStop(name, stop);
  if (checkpoint !== undefined && typeof checkpoint !== "string") {
    throw new TypeError(`${name}: checkpoint is ${kind(checkpoint)}; needed the path of a file`);
  }
  if (onIteration !== undefined && typeof onIteration !== "function") {
    throw new TypeError(`${name}: onIteration is ${kind(onIteration)}; needed a function`);
  }
}

/** Bounds that nothing reaches would never stop a training, and nobody would know why. */
function checkStop(name: string, stop: StopOptions): void {
  checkOptions(name, stop, ["f", "gnorm", "seconds", "patience"]);
  const least = { f: Number.NEGATIVE_INFINITY, gnorm: 0, seconds: 0, patience: 1 };
  for (const [bound, from] of Object.entries(least)) {
    const value = stop[bound as keyof StopOptions];
    if (value === undefined || (typeof value === "number" && value >= from)) continue;
    const needed = from === Number.NEGATIVE_INFINITY ? "a number" : `a number ≥ ${from}`;
    throw new RangeError(`${name}: stop.${bound} is ${kind(value)}; needed ${needed}`);
  }
}

/** Throws RangeError for what is no finite number in a range. */
export function checkNumber(
  operation: string,
  name: string,
  value: unknown,
  { least, most, isOpen = false }: { least: number; most: number; isOpen?: boolean },
): void {
  if (Number.isFinite(value) && isBetween(value as number, least, most, isOpen)) return;
  const from = isOpen ? `> ${least}` : `≥ ${least}`;
  const to = most === Number.POSITIVE_INFINITY ? "" : ` and ≤ ${most}`;
  throw new RangeError(`${operation}: ${name} is ${kind(value)}; needed a number ${from}${to}`);
}

function isBetween(value: number, least: number, most: number, isOpen: boolean): boolean {
  return (isOpen ? value > least : value >= least) && value <= most;
}
