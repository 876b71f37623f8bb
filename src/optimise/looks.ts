/** How problems, trainings and what comes of them look: what they are and how large, not every number of θ. */

import { type PlainLook, withLook } from "../numeric/show.js";
import type { Problem } from "./objective.js";
import type { TraceEntry } from "./training.js";

/** The same problem, which shows f, its sizes and its options. */
export function shownProblem<P extends Pick<Problem, "net" | "l" | "C" | "dtype">>(
  problem: P,
  loss: string,
): P {
  const { net, l, C, dtype } = problem;
  const [n, instances] = [net.n, l].map((count) => count.toLocaleString("en"));
  return withLook(problem, () => ({
    text: `min f(θ) = θᵀθ/(2C) + (1/l) Σ ξ(z^{L+1,i}(θ); yⁱ): n = ${n}, l = ${instances}, C = ${C}, ξ ${loss}, ${dtype}`,
    markdown: `$$\\min_\\theta f(\\theta) = \\frac{\\theta^T\\theta}{2C} + \\frac{1}{l}\\sum_{i=1}^{l} \\xi(z^{L+1,i}(\\theta); y^i)$$\n\n$n$ = ${n}, $l$ = ${instances}, $C$ = ${C}, $\\xi$ ${loss}, ${dtype}`,
  }));
}

/** What a training came to: why it ended, f at its begin and end, and how θ is had. */
export function shownTrained<
  T extends { readonly theta: Float64Array; readonly trace: readonly TraceEntry[]; readonly stopped: string },
>(trained: T): T {
  const { theta, trace, stopped } = trained;
  return withLook(trained, () => ({
    text: `trained: ${stopped}; ${courseOf(trace)}; theta has ${theta.length.toLocaleString("en")} numbers`,
  }));
}

/** One state of a training. */
export function shownState<
  T extends { readonly at: number; readonly theta: Float64Array; readonly f: number },
>(state: T): T {
  return withLook(state, () => ({
    text: `state ${state.at}: f = ${short(state.f)}; theta has ${state.theta.length.toLocaleString("en")} numbers`,
  }));
}

/** A training under way. */
export function runLook(last: { readonly at: number; readonly f: number } | undefined): PlainLook {
  const state = last === undefined ? "begun" : `at ${last.at}, f = ${short(last.f)}`;
  return { text: `a training, ${state}: await it for { theta, trace, best }` };
}

function courseOf(trace: readonly TraceEntry[]): string {
  const [first, last] = [trace[0], trace.at(-1)];
  return first && last ? `f = ${short(first.f)} → ${short(last.f)}` : "no entry in its trace";
}

function short(x: number): string {
  return String(Number(x.toPrecision(4)));
}
