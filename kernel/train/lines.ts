/** A training's states as lines on a terminal. */
import type { NewtonState, Progress, StochasticState } from "../../src/index.js";

/** A state, and how the time went until it and until the one before. */
export interface SaidState {
  readonly state: NewtonState | StochasticState;
  /** How many iterations or epochs there will be. */
  readonly length: number;
  /** Undefined for a state that was read from a checkpoint. */
  readonly until: Progress | undefined;
  readonly before: Progress | undefined;
}

/** iteration 3/25: f 0.731, ‖∇f‖ 0.12, accuracy 93.4 %, α 1, ρ 0.87, λ 0.44, CG 12; 2.1 s (function 0.4, gradient 0.5, CG 1.1); 46 s left */
export function lineOf({ state, length, until, before }: SaidState): string {
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
  const rest =
    until?.remaining === undefined || state.stopped !== undefined
      ? ""
      : `; ${durationText(until.remaining)} left`;
  const time = until === undefined ? "" : `; ${timeText(until, before)}`;
  return `${what} ${state.at}/${length}: ${values.join(", ")}${time}${rest}`;
}

/** "2.1 s (function 0.4, gradient 0.5, CG 1.1)": since the state before. */
function timeText(until: Progress, before: Progress | undefined): string {
  const shares = Object.entries(until.parts)
    .map(([part, time]) => [part, time - (before?.parts[part] ?? 0)] as const)
    .filter(([, time]) => time > 0)
    .map(([part, time]) => `${part} ${time.toFixed(1)}`);
  const seconds = until.seconds - (before?.seconds ?? 0);
  return `${seconds.toFixed(1)} s${shares.length > 0 ? ` (${shares.join(", ")})` : ""}`;
}

function digits(x: number): string {
  return String(Number(x.toPrecision(4)));
}

function durationText(seconds: number): string {
  const [minutes, hours] = [seconds / 60, seconds / 3600];
  if (seconds < 100) return `${Math.round(seconds)} s`;
  return minutes < 100 ? `${Math.round(minutes)} min` : `${hours.toFixed(1)} h`;
}
