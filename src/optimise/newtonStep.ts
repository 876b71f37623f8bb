/** An iteration of Newton's method: a direction, a step along it, λ, X29 to X32. */

import { permutationAt } from "../numeric/random.js";
import type { TrainingClock } from "./clock.js";
import { conjugateGradients, type Direction } from "./conjugate.js";
import type { Chosen, NewtonState } from "./newtonOptions.js";
import type { Problem } from "./objective.js";
import { TrainingError } from "./training.js";
import { areFinite, movedAlong, norm } from "./vectors.js";

/** The shortest step that is tried along a direction. */
const shortest = 2 ** -30;

/** θ⁰ with f and ∇f. */
export async function firstState(
  problem: Problem,
  theta: Float64Array,
  lambda: number,
  clock: TrainingClock,
): Promise<NewtonState> {
  const { f, g } = await clock.time("gradient", () => problem.gradient(theta));
  const entry = { f, gnorm: norm(g), alpha: 0, ratio: 0, lambda, cgIters: 0 };
  if (Number.isFinite(entry.f + entry.gnorm)) return { at: 0, theta, g, ...entry, trace: [entry] };
  throw new TrainingError(`newton: f = ${f} and ‖∇f‖ = ${entry.gnorm} at theta0`, 0, theta, []);
}

/** One iteration. Throws TrainingError, with the last good θ, where no step leads down. */
export async function nextState(
  problem: Problem,
  state: NewtonState,
  chosen: Chosen,
  clock: TrainingClock,
): Promise<NewtonState> {
  const { theta, trace } = state;
  const at = state.at + 1;
  const failed = (why: string) =>
    new TrainingError(
      `newton: iteration ${at}: ${why}; theta and trace of this error are the last good ones`,
      at,
      theta,
      trace,
    );
  const direction = await clock.time("CG", () => directionOf(problem, state, chosen, failed));
  const step = await clock.time("function", () => lineSearch(problem, state, direction, chosen.eta));
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
  const { f, g } = await clock.time("gradient", () => problem.gradient(moved));
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

/**
 * Whether what the model promises is below what f is known to: it is rounded itself, and so is θ, which changes it by |g|ᵀ|θ|
 * times as much. The latter counts where f is nearly 0, as where a network fits all its instances.
 */
function isPrecise(
  { dtype }: Problem,
  { f, g, theta }: NewtonState,
  { slope, curvature }: Direction,
): boolean {
  const promised = Math.abs(slope + curvature / 2);
  const byTheta = g.reduce((sum, x, k) => sum + Math.abs(x * theta[k]), 0);
  return promised <= (dtype === "float32" ? 1e-6 : 1e-14) * (Math.abs(f) + byTheta);
}

/** X32. */
function nextLambda(lambda: number, ratio: number, { drop, boost }: Chosen): number {
  if (ratio < 0.25) return lambda * boost;
  return ratio >= 0.75 ? lambda * drop : lambda;
}
