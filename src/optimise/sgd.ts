/** Stochastic gradient with momentum and decay, X21. */

import type { Problem, Vector } from "./objective.js";
import { TrainingRun } from "./run.js";
import { statesOf } from "./states.js";
import {
  checkStochastic,
  type StepRule,
  type StochasticEntry,
  type StochasticOptions,
  type StochasticState,
  stochasticMethod,
} from "./stochastic.js";
import { checkNumber } from "./training.js";

/** How stochastic gradient goes. */
export interface SgdOptions extends StochasticOptions {
  /** η_k = η₀/(1 + decay·k) in step k, from 0. Default 0. */
  readonly decay?: number;
  /** μ. Default 0. */
  readonly momentum?: number;
}

/**
 * min f(θ) from θ⁰ by stochastic gradient, X21: v ← μv − η_k g, θ ← θ + v with g = θ/C + (1/|B|) Σ_B ∇ξ; `lr` is η₀, 0.01
 * unless given. The learning rate is inside v: where it changes, PyTorch's v ← μv + g, θ ← θ − ηv goes another way. Each
 * epoch is an entry of the trace. Throws TrainingError, with the θ of the last good epoch, where f or θ is no number any more.
 */
export function sgd(
  problem: Problem,
  theta0: Vector,
  options: SgdOptions = {},
): TrainingRun<StochasticEntry, StochasticState> {
  return new TrainingRun(() => sgdSteps(problem, theta0, options));
}

/** The same as states, one for each epoch, from the start on. */
export function sgdSteps(
  problem: Problem,
  theta0: Vector,
  options: SgdOptions = {},
): AsyncGenerator<StochasticState, void, void> {
  checkStochastic("sgd", options, ["decay", "momentum"]);
  const method = stochasticMethod(problem, theta0, options, ruleOf(options));
  return statesOf<StochasticEntry, StochasticState>(problem, method, options);
}

function ruleOf({ lr = 0.01, decay = 0, momentum = 0 }: SgdOptions): StepRule {
  checkNumber("sgd", "decay", decay, { least: 0, most: Number.POSITIVE_INFINITY });
  checkNumber("sgd", "momentum", momentum, { least: 0, most: 1 });
  return {
    ...{ name: "sgd", moments: 1, lr, options: { decay, momentum } },
    update: ({ theta, g, moments: [v], step }) => {
      const rate = lr / (1 + decay * (step - 1));
      for (let k = 0; k < theta.length; k++) {
        v[k] = momentum * v[k] - rate * g[k];
        theta[k] += v[k];
      }
    },
  };
}
