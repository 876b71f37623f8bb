/** What is said of a state: its score, the best θ so far, and why it is the last one. */

import type { TrainingClock } from "./clock.js";
import type { Method } from "./method.js";
import type { Problem } from "./objective.js";
import { extended, frozenAll } from "./ownState.js";
import type { Best, StopOptions, TraceEntry, TrainingState } from "./training.js";

/** Who adds to a state its score, the best θ so far, and why it is the last one. */
export function judgeOf<Entry extends TraceEntry, State extends TrainingState<Entry>>(
  method: Method<State>,
  {
    others,
    stop,
    clock,
  }: { readonly others: Problem | undefined; readonly stop: StopOptions; readonly clock: TrainingClock },
): (state: State, before?: State) => Promise<State> {
  return async (state, before) => {
    const isKnown = before?.at === state.at;
    const accuracy =
      others && !isKnown ? await clock.time("validation", () => accuracyOf(others, state.theta)) : undefined;
    const best = isKnown ? (before.best as Best) : await better(others, state, accuracy, before?.best);
    const judged = { ...state, best, trace: withAccuracy(state.trace, accuracy) };
    const stopped = method.ends(judged) ?? reasonOf(judged, stop, clock.seconds);
    return stopped === undefined ? judged : { ...judged, stopped };
  };
}

function withAccuracy<Entry extends TraceEntry>(
  trace: readonly Entry[],
  accuracy: number | undefined,
): Entry[] {
  const entries = [...trace];
  const last = entries.pop();
  if (last === undefined) return [];
  return [...entries, accuracy === undefined ? last : extended(last, { accuracy })].map(frozenAll);
}

async function better(
  others: Problem | undefined,
  { theta, at, f }: TrainingState<TraceEntry>,
  accuracy: number | undefined,
  best: Best | undefined,
): Promise<Best> {
  const isOne = others?.net.outputs === 1;
  const score = isOne ? -(await others.value(theta)) : (accuracy ?? -f);
  if (best !== undefined && (best.score >= score || Number.isNaN(score))) return best;
  return { theta, at, score };
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
async function accuracyOf(problem: Problem, theta: Float64Array): Promise<number> {
  const z = await problem.outputs(theta);
  const [, , y] = problem.identity();
  let right = 0;
  for (let k = 0; k < z.cols; k++) {
    const range = [z.rows * k, z.rows * (k + 1)] as const;
    if (argmax(z.data.subarray(...range)) === argmax(y.subarray(...range))) right++;
  }
  return right / z.cols;
}

function argmax(numbers: ArrayLike<number>): number {
  let best = 0;
  for (let k = 1; k < numbers.length; k++) if (numbers[k] > numbers[best]) best = k;
  return best;
}
