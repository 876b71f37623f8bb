/** How Newton's method goes, and what it tells of an iteration. */

import { checkOptions } from "../numeric/options.js";
import { checkSize } from "../shape.js";
import type { Problem } from "./objective.js";
import { checkedLists, checkedOrder } from "./orders.js";
import {
  checkNumber,
  type TraceEntry,
  type TrainingOptions,
  type TrainingState,
  trainingNames,
} from "./training.js";

/** How Newton's method goes; each default is the lecturer's program's. */
export interface NewtonOptions extends TrainingOptions<NewtonState> {
  /** Instances of a G_S: how many, or below 1 which share of all. Default 0.05. */
  readonly GNsize?: number;
  /** How many iterations. Default 100. */
  readonly iterMax?: number;
  /** ξ: conjugate gradients stop at ‖r‖ ≤ ξ‖∇f‖. Default 0.1. */
  readonly xi?: number;
  /** The most steps of conjugate gradients. Default 250. */
  readonly CGmax?: number;
  /** λ to start with. Default 1. */
  readonly lambda?: number;
  /** λ's factor where the model was good, ρ ≥ 0.75. Default 2/3. */
  readonly drop?: number;
  /** λ's factor where it was bad, ρ < 0.25. Default 3/2. */
  readonly boost?: number;
  /** η: a step has to bring f down by η times what its slope promises. Default 1e-4. */
  readonly eta?: number;
  /** Orders of all instances, from 0, that replace the random ones: one for each round of subsets. */
  readonly permutations?: readonly ArrayLike<number>[];
}

/** An iteration of Newton's method; of the start only f, gnorm and lambda mean something. */
export interface NewtonEntry extends TraceEntry {
  /** ‖∇f(θ)‖ after it. */
  readonly gnorm: number;
  /** The length of the step along d. */
  readonly alpha: number;
  /** ρ, X31: by how much f went down over what the model promised. */
  readonly ratio: number;
  /** λ after it. */
  readonly lambda: number;
  /** Steps of conjugate gradients. */
  readonly cgIters: number;
}

/** Where Newton's method is after an iteration. */
export interface NewtonState extends TrainingState<NewtonEntry>, NewtonEntry {
  /** ∇f(θ). */
  readonly g: Float64Array;
}

const defaults: Record<Defaulted, number> = {
  ...{ iterMax: 100, xi: 0.1, CGmax: 250, lambda: 1, drop: 2 / 3, boost: 3 / 2, eta: 1e-4 },
};

type Defaulted = "iterMax" | "xi" | "CGmax" | "lambda" | "drop" | "boost" | "eta";

/** Every option decided; GNsize as a number of instances. */
export type Chosen = Required<Pick<NewtonOptions, Defaulted | "GNsize" | "seed">> &
  Pick<NewtonOptions, "permutations">;

/** Throws TypeError or RangeError for an option that is no good. */
export function checkedNewton(problem: Problem, options: NewtonOptions): Chosen {
  checkOptions("newton", options, [...trainingNames, ...Object.keys(defaults), "GNsize", "permutations"]);
  const given = Object.fromEntries(Object.keys(defaults).map((name) => [name, options[name as "xi"]]));
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const chosen = { ...defaults, ...set } as Record<Defaulted, number>;
  for (const name of ["iterMax", "CGmax"] as const) checkSize("newton", name, chosen[name]);
  for (const name of ["xi", "lambda", "eta"] as const) {
    checkNumber("newton", name, chosen[name], { least: 0, most: Number.POSITIVE_INFINITY });
  }
  checkNumber("newton", "drop", chosen.drop, { least: 0, most: 1, isOpen: true });
  checkNumber("newton", "boost", chosen.boost, { least: 1, most: Number.POSITIVE_INFINITY });
  const { GNsize = 0.05, seed = 0, permutations } = options;
  checkNumber("newton", "GNsize", GNsize, { least: 0, most: problem.l, isOpen: true });
  const size = GNsize < 1 ? Math.ceil(GNsize * problem.l) : GNsize;
  checkSize("newton", "GNsize", size);
  const orders =
    permutations &&
    checkedLists("newton: permutations", permutations, (place, order) =>
      checkedOrder(place, order, problem.l),
    );
  return { ...chosen, GNsize: size, seed, ...(orders && { permutations: orders }) };
}
