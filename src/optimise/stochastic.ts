/** Epochs of steps on batches: what stochastic gradient and Adam have in common. */

import { checkOptions } from "../numeric/options.js";
import { inspect } from "../numeric/show.js";
import { checkSize } from "../shape.js";
import type { TrainingClock } from "./clock.js";
import { checkedInstances, vectorOf } from "./data.js";
import type { Method } from "./method.js";
import type { Problem, Vector } from "./objective.js";
import { type BatchOptions, batchesOf, checkedLists } from "./orders.js";
import {
  checkNumber,
  checkProblem,
  type TraceEntry,
  TrainingError,
  type TrainingOptions,
  type TrainingState,
  trainingNames,
} from "./training.js";
import { areFinite, norm } from "./vectors.js";

/** Options of both. */
export interface StochasticOptions extends TrainingOptions<StochasticState> {
  /** The learning rate η₀, or α. */
  readonly lr?: number;
  /** Instances of a batch. Default 128, or all where there are fewer. */
  readonly bsize?: number;
  /** How often each instance is seen. Default 10. */
  readonly epochs?: number;
  /** Batches, from 0, that replace the random ones, one for each step; all of them are used. */
  readonly batches?: readonly ArrayLike<number>[];
  /** Steps of an epoch. Default l over bsize, rounded up. */
  readonly stepsPerEpoch?: number;
}

/** An epoch. */
export interface StochasticEntry extends TraceEntry {
  /** ‖∇f(θ)‖ after it, where `stop.gnorm` asks for it. */
  readonly gnorm?: number;
  /** Which, from 1. */
  readonly epoch: number;
  /** The instances of each of its steps, from 0. */
  readonly batches: readonly (readonly number[])[];
}

/** Where a training is after an epoch. */
export interface StochasticState extends TrainingState<StochasticEntry> {
  /** How many epochs were made; 0 at the start. */
  readonly epoch: number;
  /** How many steps were made. */
  readonly step: number;
  /** What the method remembers beside θ: the velocity v, or Adam's two moments. */
  readonly moments: readonly Float64Array[];
}

/** What a step may use: θ and the moments may be changed in place. */
export interface Step {
  readonly theta: Float64Array;
  readonly g: Float64Array;
  readonly moments: readonly Float64Array[];
  /** From 1. */
  readonly step: number;
  readonly epoch: number;
}

/** What differs: a name, how many moments there are, its options, and the step. */
export interface StepRule {
  readonly name: string;
  readonly moments: number;
  readonly lr: number;
  readonly options: Readonly<Record<string, unknown>>;
  readonly update: (step: Step) => void;
}

export const stochasticNames: readonly string[] = [
  ...trainingNames,
  ...["lr", "bsize", "epochs", "batches", "stepsPerEpoch"],
];

/** Epochs of a rule's steps on g = θ/C + (1/|B|) Σ_B ∇ξ. */
export function stochasticMethod(
  problem: Problem,
  theta0: Vector,
  options: StochasticOptions,
  rule: StepRule,
): Method<StochasticState> {
  const { name, moments } = rule;
  checkProblem(name, problem);
  const theta = vectorOf(name, "theta0", theta0, problem.net.n);
  const { epochs, orders } = planOf(problem, options, rule);
  const { batches: given, ...rest } = orders;
  const own = { ...rest, given, lr: rule.lr, ...rule.options };
  return {
    name,
    identity: [JSON.stringify(own), theta],
    most: epochs,
    first: async (clock) => ({
      ...{ at: 0, epoch: 0, step: 0, theta, trace: [] },
      f: await clock.time("function", () => problem.value(theta)),
      moments: Array.from({ length: moments }, () => new Float64Array(theta.length)),
    }),
    complete: (kept) => ({ ...kept, trace: kept.trace.map((entry) => entryOf(entry, orders)) }),
    next: (state, clock) =>
      nextEpoch(problem, state, { orders, rule, clock, needsNorm: options.stop?.gnorm !== undefined }),
    ends: ({ epoch }) => (epoch >= epochs ? `${epochs} epochs` : undefined),
  };
}

async function nextEpoch(
  problem: Problem,
  state: StochasticState,
  {
    orders,
    rule,
    clock,
    needsNorm,
  }: {
    readonly orders: BatchOptions;
    readonly rule: StepRule;
    readonly clock: TrainingClock;
    readonly needsNorm: boolean;
  },
): Promise<StochasticState> {
  const { name, update } = rule;
  const epoch = state.epoch + 1;
  const batches = batchesOf(epoch, orders);
  const theta = state.theta.slice();
  const moments = state.moments.map((moment) => moment.slice());
  let { step } = state;
  const failed = (why: string) =>
    new TrainingError(
      `${name}: epoch ${epoch}, step ${step}: ${why}; theta and trace of this error are the last good ones. A smaller lr may help`,
      ...([epoch, state.theta, state.trace] as const),
    );
  for (const subset of batches) {
    step++;
    const { f, g } = await clock.time("gradient", () => problem.gradient(theta, { subset }));
    if (!Number.isFinite(f) || !areFinite(g)) throw failed(`f = ${f} on the batch`);
    update({ theta, g, moments, step, epoch });
    if (!areFinite(theta)) throw failed("θ has grown beyond all numbers");
  }
  const reached = await clock.time("function", () => reachedAt(problem, theta, needsNorm));
  const { f } = reached;
  if (!Number.isFinite(f)) throw failed(`f = ${f}`);
  const entry = entryOf({ epoch, ...reached }, orders);
  return { at: epoch, epoch, step, theta, moments, f, trace: [...state.trace, entry] };
}

/** f(θ), and ‖∇f(θ)‖ where it is needed. */
async function reachedAt(
  problem: Problem,
  theta: Float64Array,
  needsNorm: boolean,
): Promise<{ f: number; gnorm?: number }> {
  if (!needsNorm) return { f: await problem.value(theta) };
  const { f, g } = await problem.gradient(theta);
  return { f, gnorm: norm(g) };
}

/** An epoch. Its batches are worked out when they are asked for: all of them would be more than θ, and the data. */
function entryOf(entry: Omit<StochasticEntry, "batches">, orders: BatchOptions): StochasticEntry {
  const batches = (): number[][] => batchesOf(entry.epoch, orders).map((batch) => Array.from(batch));
  return Object.defineProperties({ ...entry } as StochasticEntry, {
    batches: { get: batches, enumerable: true },
    // console.log would write [Getter]
    [inspect]: { value: () => ({ ...entry, batches: batches() }) },
  });
}

/** How many epochs, and their batches. */
function planOf(
  problem: Problem,
  options: StochasticOptions,
  { name, lr }: StepRule,
): { epochs: number; orders: BatchOptions } {
  const { l } = problem;
  const { bsize = Math.min(128, l), epochs = 10, seed = 0, batches, parity } = options;
  checkSize(name, "bsize", bsize);
  checkSize(name, "epochs", epochs);
  checkNumber(name, "lr", lr, { least: 0, most: Number.POSITIVE_INFINITY });
  if (bsize > l) throw new RangeError(`${name}: bsize = ${bsize}; there are ${l} instances`);
  const { stepsPerEpoch = Math.ceil(l / bsize) } = options;
  checkSize(name, "stepsPerEpoch", stepsPerEpoch);
  const own =
    batches && checkedLists(`${name}: batches`, batches, (place, batch) => checkedInstances(place, batch, l));
  const given = own && inEpochs(own, stepsPerEpoch, options);
  const orders = { l, bsize, seed, stepsPerEpoch, batches: given, drawsAnew: parity === "simpleNN" };
  return { epochs: given?.length ?? epochs, orders };
}

/** Given batches by epochs: evenly among those that are asked for, where their steps are not; none is empty. */
function inEpochs<Batch>(
  batches: readonly Batch[],
  usual: number,
  { epochs, stepsPerEpoch }: StochasticOptions,
): Batch[][] {
  const count = batches.length;
  if (epochs === undefined || stepsPerEpoch !== undefined)
    return cut(batches, Math.ceil(count / usual), usual);
  const most = Math.min(epochs, count);
  return cut(batches, most, count / most);
}

/** `count` pieces of `size`; where that is no whole number, of one more or less. */
function cut<Batch>(batches: readonly Batch[], count: number, size: number): Batch[][] {
  return Array.from({ length: count }, (_, k) =>
    batches.slice(Math.round(k * size), Math.round((k + 1) * size)),
  );
}

/** Throws TypeError for an option that a method does not have. */
export function checkStochastic(name: string, options: StochasticOptions, own: readonly string[]): void {
  checkOptions(name, options, [...stochasticNames, ...own]);
}
