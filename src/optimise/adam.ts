/** Adam, X22: Kingma, Ba, "Adam: a method for stochastic optimization" (2015). */

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

/** How Adam goes. */
export interface AdamOptions extends StochasticOptions {
  /**
   * What the moments are corrected by: 1 − βᵗ with t the number of the step, as in the paper and in PyTorch, or of the epoch,
   * as in the lecturer's program. Default "step", for parity "simpleNN" "epoch".
   */
  readonly correction?: "step" | "epoch";
  /** Of the mean of g. Default 0.9. */
  readonly beta1?: number;
  /** Of the mean of g ⊙ g. Default 0.999. */
  readonly beta2?: number;
  /** ε, outside the root. Default 1e-8. */
  readonly eps?: number;
}

/**
 * min f(θ) from θ⁰ by Adam, X22: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g ⊙ g, θ ← θ − α m̂/(√v̂ + ε) with g = θ/C +
 * (1/|B|) Σ_B ∇ξ, m̂ = m/(1 − β₁ᵗ) and v̂ = v/(1 − β₂ᵗ); `lr` is α, 0.001 unless given. Each epoch is an entry of the
 * trace. Throws TrainingError, with the θ of the last good epoch, where f or θ is no number any more.
 */
export function adam(
  problem: Problem,
  theta0: Vector,
  options: AdamOptions = {},
): TrainingRun<StochasticEntry, StochasticState> {
  return new TrainingRun(() => adamSteps(problem, theta0, options));
}

/** The same as states, one for each epoch, from the start on. */
export function adamSteps(
  problem: Problem,
  theta0: Vector,
  options: AdamOptions = {},
): AsyncGenerator<StochasticState, void, void> {
  checkStochastic("adam", options, ["correction", "beta1", "beta2", "eps"]);
  const method = stochasticMethod(problem, theta0, options, ruleOf(options));
  return statesOf<StochasticEntry, StochasticState>(problem, method, options);
}

function ruleOf(options: AdamOptions): StepRule {
  const { lr = 0.001, beta1 = 0.9, beta2 = 0.999, eps = 1e-8, parity } = options;
  const { correction = parity === "simpleNN" ? "epoch" : "step" } = options;
  for (const [name, value] of Object.entries({ beta1, beta2 }))
    checkNumber("adam", name, value, { least: 0, most: 1 - Number.EPSILON / 2 }); // 1 − βᵗ is divided by
  checkNumber("adam", "eps", eps, { least: 0, most: Number.POSITIVE_INFINITY });
  if (correction !== "step" && correction !== "epoch") {
    throw new RangeError(`adam: correction is ${String(correction)}; needed "step" or "epoch"`);
  }
  return {
    ...{ name: "adam", moments: 2, lr, options: { beta1, beta2, eps, correction } },
    update: ({ theta, g, moments: [m, v], step, epoch }) => {
      const t = correction === "step" ? step : epoch;
      const [mWeight, vWeight] = [1 - beta1 ** t, 1 - beta2 ** t];
      for (let k = 0; k < theta.length; k++) {
        m[k] = beta1 * m[k] + (1 - beta1) * g[k];
        v[k] = beta2 * v[k] + (1 - beta2) * g[k] * g[k];
        theta[k] -= (lr * (m[k] / mWeight)) / (Math.sqrt(v[k] / vWeight) + eps);
      }
    },
  };
}
