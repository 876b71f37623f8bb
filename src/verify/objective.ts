/** min f(θ) with what verifies it: what computes and what is derived meet here. */

import type { Network } from "../network/network.js";
import { randomMatrix } from "../numeric/random.js";
import type { Instances } from "../optimise/data.js";
import { namedLoss } from "../optimise/loss.js";
import { type ObjectiveOptions, type Problem, objective as plainObjective } from "../optimise/objective.js";
import { verified } from "./training.js";
import { smallTwin } from "./twin.js";
import type { Verification } from "./verification.js";

/** f of one network on its data, which can be held against what is derived. */
export interface VerifiableProblem extends Problem {
  /**
   * ∇f, Jv, Jᵀu and Gv beside the formulas that gradient, jv, jtu and gaussNewton derive for the same layers, run on the
   * same numbers: two drawn instances of the network with few channels, so that it takes seconds. Says of each
   * derivative which formula it was held against.
   */
  verify(): Promise<Verification>;
}

/**
 * f(θ) = θᵀθ/(2C) + (1/l) Σ ξ(z^{L+1,i}(θ); yⁱ), U11, for Z: d a b × l with vec(Z^{1,i}) as columns and y: n_L × l. Throws
 * RangeError or TypeError that names the sizes that do not fit.
 */
export function objective(
  net: Network,
  instances: Instances,
  options: ObjectiveOptions = {},
): VerifiableProblem {
  const problem = plainObjective(net, instances, options);
  return Object.assign(problem, { verify: () => verifyTwin(problem, options) });
}

/** The same layers, loss, C and precision on two drawn instances. */
function verifyTwin({ net: whole, C }: Problem, options: ObjectiveOptions): Promise<Verification> {
  const net = smallTwin(whole);
  const { a, b, d } = net.input;
  const Z = randomMatrix(d * a * b, 2, { seed: 5, low: -1 });
  const y = randomMatrix(net.outputs, 2, { seed: 6 });
  const problem = plainObjective(net, { Z, y }, { ...options, C });
  const { loss = "squared" } = options;
  return verified({ net, problem, loss: namedLoss(loss), isSquared: loss === "squared", Z, y });
}
