/** Newton's method with conjugate gradients on subsampled Gauss–Newton matrices: Wang, Tan, Lin (2020), X29 to X32. */

import { checkOptions } from "../numeric/options.js";
import { permutationAt } from "../numeric/random.js";
import { checkSize } from "../shape.js";
import { conjugateGradients, type Direction } from "./conjugate.js";
import { vectorOf } from "./data.js";
import type { Method } from "./method.js";
import type { Problem, Vector } from "./objective.js";
import { checkedOrder } from "./orders.js";
import { TrainingRun } from "./run.js";
import {
  checkNumber,
  statesOf,
  type TraceEntry,
  TrainingError,
  type TrainingOptions,
  type TrainingState,
  trainingNames,
} from "./training.js";
import { areFinite, movedAlong, norm } from "./vectors.js";

/** How Newton's method goes; each default is the lecturer's program's. */
export interface NewtonOptions extends TrainingOptions<NewtonState> {
  /** Instances of a G_S: how many, or below 1 which share of all. Default 0.05. */
  readonly GNsize?: number;
  /** How many iterations. Default 100. */
  readonly iterMax?: number;
  /** ξ: conjugate gradients stop at ‖r‖ ≤ ξ‖∇f‖. Default 0.1. */
  readonly xi?: number;
  /** The most steps of conjugate gradients. Default 250. */
  readonly CGmax?: number;
  /** λ to start with. Default 1. */
  readonly lambda?: number;
  /** λ's factor where the model was good, ρ ≥ 0.75. Default 2/3. */
  readonly drop?: number;
  /** λ's factor where it was bad, ρ < 0.25. Default 3/2. */
  readonly boost?: number;
  /** η: a step has to bring f down by η times what its slope promises. Default 1e-4. */
  readonly eta?: number;
  /** Orders of all instances, from 0, that replace the random ones: one for each round of subsets. */
  readonly permutations?: readonly ArrayLike<number>[];
}

/** An iteration of Newton's method; of the start only f, gnorm and lambda mean something. */
export interface NewtonEntry extends TraceEntry {
  /** ‖∇f(θ)‖ after it. */
  readonly gnorm: number;
  /** The length of the step along d. */
  readonly alpha: number;
  /** ρ, X31: by how much f went down over what the model promised. */
  readonly ratio: number;
  /** λ after it. */
  readonly lambda: number;
  /** Steps of conjugate gradients. */
  readonly cgIters: number;
}

/** Where Newton's method is after an iteration. */
export interface NewtonState extends TrainingState<NewtonEntry>, NewtonEntry {
  /** ∇f(θ). */
  readonly g: Float64Array;
}

const defaults = { iterMax: 100, xi: 0.1, CGmax: 250, lambda: 1, drop: 2 / 3, boost: 3 / 2, eta: 1e-4 };

/** The shortest step that is tried along a direction. */
const shortest = 2 ** -30;

/**
 * min f(θ) from θ⁰ by Newton's method: (G_S + λI)d = −∇f by conjugate gradients (X29), S the next piece of a random order
 * of all instances, a step of length 1, ½, ¼, … along d (X30), λ by how good the model was (X32). Each iteration is an
 * entry of the trace, entry 0 the start. Throws TrainingError, with the last good θ, where no step leads down.
 */
export function newton(
  problem: Problem,
  theta0: Vector,
  options: NewtonOptions = {},
): TrainingRun<NewtonEntry, NewtonState> {
  return new TrainingRun(() => newtonSteps(problem, theta0, options));
}

/** The same as states, one after the other, from the start on. */
export function newtonSteps(
  problem: Problem,
  theta0: Vector,
  options: NewtonOptions = {},
): AsyncGenerator<NewtonState, void, void> {
  return statesOf<NewtonEntry, NewtonState>(problem, methodOf(problem, theta0, options), options);
}

function methodOf(problem: Problem, theta0: Vector, options: NewtonOptions): Method<NewtonState> {
  const chosen = checked(problem, options);
  const theta = vectorOf("newton", "theta0", theta0, problem.net.n).slice();
  const { iterMax, permutations = null, ...rest } = chosen;
  const orders = permutations && Array.from(permutations, (order) => Array.from(order));
  return {
    name: "newton",
    identity: [JSON.stringify({ ...rest, orders }), theta],
    first: () => firstState(problem, theta, chosen.lambda),
    next: (state) => nextState(problem, state, chosen),
    ends: ({ at, gnorm }) => {
      if (gnorm === 0) return "‖∇f‖ = 0";
      return at >= iterMax ? `${iterMax} iterations` : undefined;
    },
  };
}

type Chosen = Required<Pick<NewtonOptions, keyof typeof defaults | "GNsize" | "seed">> &
  Pick<NewtonOptions, "permutations">;

function checked(problem: Problem, options: NewtonOptions): Chosen {
  checkOptions("newton", options, [...trainingNames, ...Object.keys(defaults), "GNsize", "permutations"]);
  const given = Object.fromEntries(Object.keys(defaults).map((name) => [name, options[name as "xi"]]));
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const chosen = { ...defaults, ...set } as typeof defaults;
  for (const name of ["iterMax", "CGmax"] as const) checkSize("newton", name, chosen[name]);
  for (const name of ["xi", "lambda", "eta"] as const) {
    checkNumber("newton", name, chosen[name], { least: 0, most: Number.POSITIVE_INFINITY });
  }
  checkNumber("newton", "drop", chosen.drop, { least: 0, most: 1, isOpen: true });
  checkNumber("newton", "boost", chosen.boost, { least: 1, most: Number.POSITIVE_INFINITY });
  const { GNsize = 0.05, seed = 0, permutations } = options;
  checkNumber("newton", "GNsize", GNsize, { least: 0, most: problem.l, isOpen: true });
  const size = GNsize < 1 ? Math.ceil(GNsize * problem.l) : GNsize;
  checkSize("newton", "GNsize", size);
  permutations?.forEach((order, k) => {
    checkedOrder(`newton: permutations[${k}]`, order, problem.l);
  });
  return { ...chosen, GNsize: size, seed, ...(permutations === undefined ? {} : { permutations }) };
}

async function firstState(problem: Problem, theta: Float64Array, lambda: number): Promise<NewtonState> {
  const { f, g } = await problem.gradient(theta);
  const entry = { f, gnorm: norm(g), alpha: 0, ratio: 0, lambda, cgIters: 0 };
  if (Number.isFinite(entry.f + entry.gnorm)) return { at: 0, theta, g, ...entry, trace: [entry] };
  throw new TrainingError(`newton: f = ${f} and ‖∇f‖ = ${entry.gnorm} at theta0`, 0, theta, []);
}

async function nextState(problem: Problem, state: NewtonState, chosen: Chosen): Promise<NewtonState> {
  const { theta, trace } = state;
  const at = state.at + 1;
  const failed = (why: string) =>
    new TrainingError(
      `newton: iteration ${at}: ${why}; theta and trace of this error are the last good ones`,
      at,
      theta,
      trace,
    );
  const direction = await directionOf(problem, state, chosen, failed);
  const step = await lineSearch(problem, state, direction, chosen.eta);
  if (step === undefined) {
    if (isPrecise(problem, state, direction)) {
      return { ...state, stopped: "f cannot go down further in this precision" };
    }
    throw failed(
      `no step along d down to ${shortest} brings f = ${state.f} down by η = ${chosen.eta} of its slope ${direction.slope}`,
    );
  }
  const { alpha, change, moved } = step;
  const promised = alpha * direction.slope + (alpha ** 2 * direction.curvature) / 2;
  const ratio = change / promised;
  const { f, g } = await problem.gradient(moved);
  const gnorm = norm(g);
  if (!Number.isFinite(f + gnorm)) throw failed(`f = ${f}, ‖∇f‖ = ${gnorm}`);
  const lambda = nextLambda(state.lambda, ratio, chosen);
  const entry = { f, gnorm, alpha, ratio, lambda, cgIters: direction.iterations };
  return { at, theta: moved, g, ...entry, trace: [...trace, entry] };
}

/** X29 on the subset of this iteration. */
async function directionOf(
  problem: Problem,
  state: NewtonState,
  chosen: Chosen,
  failed: (why: string) => TrainingError,
): Promise<Direction> {
  const here = problem.linearised(state.theta, subsetOf(problem.l, state.at, chosen));
  try {
    return await conjugateGradients((v) => here.Gv(v), state.g, { ...chosen, lambda: state.lambda });
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("conjugate gradients"))
      throw failed(error.message);
    throw error;
  } finally {
    here.dispose();
  }
}

/**
 * The instances of iteration k, from 0: a piece of a random order of all, which is renewed when it is used up. The last
 * piece is filled up from the order's begin, so that all have the same size.
 */
function subsetOf(l: number, k: number, { GNsize, seed, permutations }: Chosen): Int32Array {
  const pieces = Math.ceil(l / GNsize);
  const [round, piece] = [Math.floor(k / pieces), k % pieces];
  if (permutations !== undefined && round >= permutations.length) {
    throw new RangeError(
      `newton: iteration ${k + 1} needs permutations[${round}]; there are ${permutations.length}`,
    );
  }
  const order = permutations?.[round] ?? permutationAt(l, seed, round);
  return Int32Array.from({ length: GNsize }, (_, i) => order[(piece * GNsize + i) % l]);
}

/** The longest of 1, ½, ¼, … with f(θ + αd) ≤ f + ηα∇fᵀd, X30; undefined where there is none. */
async function lineSearch(
  problem: Problem,
  { theta, f }: NewtonState,
  { d, slope }: Direction,
  eta: number,
): Promise<{ alpha: number; change: number; moved: Float64Array } | undefined> {
  for (let alpha = 1; alpha >= shortest; alpha /= 2) {
    const moved = movedAlong(theta, alpha, d);
    if (!areFinite(moved)) continue;
    const change = (await problem.value(moved)) - f;
    if (change <= eta * alpha * slope) return { alpha, change, moved };
  }
  return undefined;
}

/** Whether what the model promises is below what f is known to. */
function isPrecise({ dtype }: Problem, { f }: NewtonState, { slope, curvature }: Direction): boolean {
  const promised = Math.abs(slope + curvature / 2);
  return promised <= (dtype === "float32" ? 1e-6 : 1e-14) * Math.abs(f);
}

/** X32. */
function nextLambda(lambda: number, ratio: number, { drop, boost }: Chosen): number {
  if (ratio < 0.25) return lambda * boost;
  return ratio >= 0.75 ? lambda * drop : lambda;
}
