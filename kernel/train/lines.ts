/** A training's states as lines on a terminal. */
import type { NewtonState, StochasticState } from "../../src/index.js";
import { type Part, partNames } from "./clock.js";

/** A state, the time it took, and what is known of the rest. */
export interface SaidState {
  readonly state: NewtonState | StochasticState;
  readonly seconds: number;
  readonly parts: ReadonlyMap<Part, number>;
  /** How many iterations or epochs there will be. */
  readonly length: number;
  /** Seconds that the rest will take at the mean speed so far; undefined before the first step. */
  readonly left: number | undefined;
}

/** iteration 3/25: f 0.731, ‖∇f‖ 0.12, accuracy 93.4 %, α 1, ρ 0.87, λ 0.44, CG 12; 2.1 s (function 0.4, gradient 0.5, CG 1.1); 46 s left */
export function lineOf({ state, seconds, parts, length, left }: SaidState): string {
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
  const shares = partNames.flatMap((part) => {
    const time = parts.get(part);
    return time === undefined ? [] : [`${part} ${time.toFixed(1)}`];
  });
  const time = `${seconds.toFixed(1)} s${shares.length > 0 ? ` (${shares.join(", ")})` : ""}`;
  const rest = left === undefined || state.stopped !== undefined ? "" : `; ${durationText(left)} left`;
  return `${what} ${state.at}/${length}: ${values.join(", ")}; ${time}${rest}`;
}

function digits(x: number): string {
  return String(Number(x.toPrecision(4)));
}

function durationText(seconds: number): string {
  const [minutes, hours] = [seconds / 60, seconds / 3600];
  if (seconds < 100) return `${Math.round(seconds)} s`;
  return minutes < 100 ? `${Math.round(minutes)} min` : `${hours.toFixed(1)} h`;
}
