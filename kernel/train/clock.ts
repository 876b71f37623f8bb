/** Where the time of a training goes. */
import type { Problem } from "../../src/index.js";

/** The parts that are measured; φ is in all of them, as the engine never makes φ(Z) by itself. */
export const partNames = ["function", "gradient", "CG", "validation"] as const;

export type Part = (typeof partNames)[number];

/** Seconds of each part since the last question. */
export class Clock {
  #parts = new Map<Part, number>();
  #start = performance.now();

  /** Runs something that belongs to a part. */
  async timed<T>(part: Part, run: () => Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await run();
    } finally {
      this.#parts.set(part, (this.#parts.get(part) ?? 0) + (performance.now() - start) / 1000);
    }
  }

  /** All seconds since the last question, and those of the parts that took some. */
  lap(): { seconds: number; parts: ReadonlyMap<Part, number> } {
    const now = performance.now();
    const lap = { seconds: (now - this.#start) / 1000, parts: this.#parts };
    [this.#start, this.#parts] = [now, new Map()];
    return lap;
  }
}

/** The same problem, with its time on a clock: a method asks for f, f with ∇f, and products G_S v. */
export function onClock(problem: Problem, clock: Clock): Problem {
  return {
    ...problem,
    value: (theta, options) => clock.timed("function", () => problem.value(theta, options)),
    gradient: (theta, options) => clock.timed("gradient", () => problem.gradient(theta, options)),
    linearised: (theta, subset) => {
      const one = problem.linearised(theta, subset);
      const Gv = one.Gv.bind(one);
      one.Gv = (v) => clock.timed("CG", () => Gv(v));
      return one;
    },
    onInstances: (instances) => {
      const others = problem.onInstances(instances);
      return {
        ...others,
        value: (theta, options) => clock.timed("validation", () => others.value(theta, options)),
        outputs: (theta, options) => clock.timed("validation", () => others.outputs(theta, options)),
      };
    },
  };
}
