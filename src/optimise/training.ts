/** What all methods have in common: states one after the other, judged, kept, and stopped. */

import { kind } from "../numeric/check.js";
import { checkOptions } from "../numeric/options.js";
import { type Checkpoints, checkpointsAt } from "./checkpoint.js";
import type { Instances } from "./data.js";
import type { Method } from "./method.js";
import type { Problem } from "./objective.js";

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
  /** At ‖∇f(θ)‖ ≤ this: Newton's method alone, which knows ∇f. */
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
  /** Called with each new state. */
  readonly onIteration?: (state: State) => unknown;
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

/** The states of a method, one after the other, each kept in the checkpoint before it is handed on. */
export function statesOf<Entry extends TraceEntry, State extends TrainingState<Entry>>(
  problem: Problem,
  method: Method<State>,
  options: TrainingOptions<State>,
): AsyncGenerator<State, void, void> {
  checkTraining(method.name, options);
  return states(problem, method, options);
}

async function* states<Entry extends TraceEntry, State extends TrainingState<Entry>>(
  problem: Problem,
  method: Method<State>,
  options: TrainingOptions<State>,
): AsyncGenerator<State, void, void> {
  const { checkpoint, onIteration } = options;
  const files =
    checkpoint === undefined ? undefined : await checkpointsAt<State>(checkpoint, problem, method);
  const judge = judgeOf<Entry, State>(problem, method, options);
  let state = await resumed(files, judge);
  if (state !== undefined) yield state;
  while (state?.stopped === undefined) {
    state = await judge(state === undefined ? await method.first() : await method.next(state), state);
    await files?.keep(state);
    onIteration?.(state);
    yield state;
  }
}

/** The kept state; what ended it then may not end it now. */
async function resumed<State extends { stopped?: string }>(
  files: Checkpoints<State> | undefined,
  judge: (state: State, before?: State) => Promise<State>,
): Promise<State | undefined> {
  const kept = await files?.last();
  if (kept === undefined) return undefined;
  const { stopped, ...rest } = kept;
  return judge({ ...rest } as State, kept);
}

/** Who adds to a state its score, the best θ so far, and why it is the last one. */
function judgeOf<Entry extends TraceEntry, State extends TrainingState<Entry>>(
  problem: Problem,
  method: Method<State>,
  { validation, stop = {} }: TrainingOptions<State>,
): (state: State, before?: State) => Promise<State> {
  const start = performance.now();
  const others = validation && problem.onInstances(validation);
  return async (state, before) => {
    const isKnown = before?.at === state.at;
    const accuracy =
      others && !isKnown ? await accuracyOf(others, validation as Instances, state.theta) : undefined;
    const best = isKnown ? (before.best as Best) : await better(others, state, accuracy, before?.best);
    const judged = { ...state, best, trace: withAccuracy(state.trace, accuracy) };
    const stopped = method.ends(judged) ?? reasonOf(judged, stop, (performance.now() - start) / 1000);
    return stopped === undefined ? judged : { ...judged, stopped };
  };
}

function withAccuracy<Entry extends TraceEntry>(
  trace: readonly Entry[],
  accuracy: number | undefined,
): Entry[] {
  if (accuracy === undefined || trace.length === 0) return [...trace];
  return [...trace.slice(0, -1), { ...(trace[trace.length - 1] as Entry), accuracy }];
}

async function better(
  others: Problem | undefined,
  { theta, at, f }: TrainingState<TraceEntry>,
  accuracy: number | undefined,
  best: Best | undefined,
): Promise<Best> {
  const isOne = others?.net.outputs === 1;
  const score = isOne ? -(await others.value(theta)) : (accuracy ?? -f);
  return best !== undefined && best.score >= score ? best : { theta, at, score };
}

function reasonOf(
  { f, at, best, trace }: TrainingState<TraceEntry>,
  stop: StopOptions,
  seconds: number,
): string | undefined {
  const { gnorm } = (trace[trace.length - 1] ?? {}) as { gnorm?: number };
  if (stop.f !== undefined && f <= stop.f) return `f = ${f} ≤ ${stop.f}`;
  if (stop.gnorm !== undefined && gnorm !== undefined && gnorm <= stop.gnorm)
    return `‖∇f‖ = ${gnorm} ≤ ${stop.gnorm}`;
  if (stop.patience !== undefined && best !== undefined && at - best.at >= stop.patience) {
    return `no better score since ${best.at}`;
  }
  return stop.seconds !== undefined && seconds >= stop.seconds ? `${stop.seconds} s are over` : undefined;
}

/** The share of instances whose largest output is where y is largest, X13. */
async function accuracyOf(problem: Problem, { y }: Instances, theta: Float64Array): Promise<number> {
  const z = await problem.outputs(theta);
  let right = 0;
  for (let k = 0; k < z.cols; k++) {
    const range = [z.rows * k, z.rows * (k + 1)] as const;
    if (argmax(z.data.subarray(...range)) === argmax(y.data.subarray(...range))) right++;
  }
  return right / z.cols;
}

function argmax(numbers: ArrayLike<number>): number {
  let best = 0;
  for (let k = 1; k < numbers.length; k++) if (numbers[k] > numbers[best]) best = k;
  return best;
}

function checkTraining(
  name: string,
  { parity, stop, checkpoint, onIteration }: TrainingOptions<never>,
): void {
  if (parity !== undefined && parity !== "simpleNN") {
    throw new RangeError(`${name}: parity is ${kind(parity)}; needed "simpleNN"`);
  }
  if (stop !== undefined) checkOptions(name, stop, ["f", "gnorm", "seconds", "patience"]);
  if (checkpoint !== undefined && typeof checkpoint !== "string") {
    throw new TypeError(`${name}: checkpoint is ${kind(checkpoint)}; needed the path of a file`);
  }
  if (onIteration !== undefined && typeof onIteration !== "function") {
    throw new TypeError(`${name}: onIteration is ${kind(onIteration)}; needed a function`);
  }
}

/** Throws RangeError for a number that is not in a range. */
export function checkNumber(
  operation: string,
  name: string,
  value: unknown,
  { least, most, isOpen = false }: { least: number; most: number; isOpen?: boolean },
): void {
  if (typeof value === "number" && (isOpen ? value > least : value >= least) && value <= most) return;
  const from = isOpen ? `> ${least}` : `≥ ${least}`;
  const to = most === Number.POSITIVE_INFINITY ? "" : ` and ≤ ${most}`;
  throw new RangeError(`${operation}: ${name} is ${kind(value)}; needed a number ${from}${to}`);
}
