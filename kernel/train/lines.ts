/** A training's states as lines on a terminal. */
import type { NewtonState, Progress, StochasticState } from "../../src/index.js";

/** A state, and how the time has gone. */
export interface SaidState {
  readonly state: NewtonState | StochasticState;
  /** How many iterations or epochs there will be. */
  readonly length: number;
  /** Undefined for a state that was resumed: it took no time. */
  readonly progress: Progress | undefined;
  /** At the state before. */
  readonly before: Progress | undefined;
}

const partOrder: readonly string[] = ["function", "gradient", "CG", "validation"];

/** iteration 3/25: f 0.731, ‖∇f‖ 0.12, accuracy 93.4 %, α 1, ρ 0.87, λ 0.44, CG 12; 2.1 s (function 0.4, gradient 0.5, CG 1.1); 46 s left */
export function lineOf({ state, length, progress, before }: SaidState): string {
  const { accuracy } = state.trace.at(-1) ?? {};
  const what = "gnorm" in state ? "iteration" : "epoch";
  const values = [
    `f ${digits(state.f)}`,
    ...("gnorm" in state ? [`‖∇f‖ ${digits(state.gnorm)}`] : []),
    ...(accuracy === undefined ? [] : [`accuracy ${(100 * accuracy).toFixed(2)} %`]),
    ...("gnorm" in state && state.at > 0
      ? [
          `α ${digits(state.alpha)}`,
          `ρ ${digits(state.ratio)}`,
          `λ ${digits(state.lambda)}`,
          `CG ${state.cgIters}`,
        ]
      : []),
  ];
  return `${what} ${state.at}/${length}: ${values.join(", ")}${progress === undefined ? "" : timeOf(progress, before, state.stopped)}`;
}

/** ; 2.1 s (function 0.4, gradient 0.5, CG 1.1); 46 s left */
function timeOf(progress: Progress, before: Progress | undefined, stopped: string | undefined): string {
  const seconds = progress.seconds - (before?.seconds ?? 0);
  const shares = Object.entries(progress.parts)
    .sort(([one], [other]) => partOrder.indexOf(one) - partOrder.indexOf(other))
    .map(([part, time]) => `${part} ${(time - (before?.parts[part] ?? 0)).toFixed(1)}`);
  const { remaining } = progress;
  const rest = remaining === undefined || stopped !== undefined ? "" : `; ${durationText(remaining)} left`;
  return `; ${seconds.toFixed(1)} s (${shares.join(", ")})${rest}`;
}

function digits(x: number): string {
  return String(Number(x.toPrecision(4)));
}

function durationText(seconds: number): string {
  const [minutes, hours] = [seconds / 60, seconds / 3600];
  if (seconds < 100) return `${Math.round(seconds)} s`;
  return minutes < 100 ? `${Math.round(minutes)} min` : `${hours.toFixed(1)} h`;
}
