/** Newton's method with conjugate gradients on subsampled Gauss–Newton matrices: Wang, Tan, Lin (2020), X29 to X32. */

import { vectorOf } from "./data.js";
import type { Method } from "./method.js";
import { checkedNewton, type NewtonEntry, type NewtonOptions, type NewtonState } from "./newtonOptions.js";
import { firstState, nextState } from "./newtonStep.js";
import type { Problem, Vector } from "./objective.js";
import { TrainingRun } from "./run.js";
import { statesOf } from "./states.js";

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
  const chosen = checkedNewton(problem, options);
  const theta = vectorOf("newton", "theta0", theta0, problem.net.n);
  const { iterMax, permutations: orders = null, ...rest } = chosen;
  return {
    name: "newton",
    identity: [JSON.stringify({ ...rest, orders }), theta],
    most: iterMax,
    first: (clock) => firstState(problem, theta, chosen.lambda, clock),
    next: (state, clock) => nextState(problem, state, chosen, clock),
    ends: ({ at, gnorm }) => {
      if (gnorm === 0) return "‖∇f‖ = 0";
      return at >= iterMax ? `${iterMax} iterations` : undefined;
    },
  };
}
