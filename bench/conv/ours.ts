/** philab's own layer, as a notebook calls it, and its plain reference. */

import { frozen, release, resident } from "../../src/engine/operations/resident.js";
import { convGradients, convLinear } from "../../src/operations/conv.js";
import type { ConvOptions } from "../../src/operations/convProblem.js";
import { convGradientsReference, convLinearReference } from "../../src/operations/convReference.js";
import type { Conv } from "./check.js";
import type { Precision, Problem } from "./problem.js";

/** How the layer is asked to compute, and the name of that way in a finding. */
export interface Way {
  readonly engine: string;
  readonly accuracy?: "exact" | "fast";
  /** Whether the filters are frozen, so that what is made of them is kept; forward only. */
  readonly frozen?: true;
}

/**
 * Products and sums in a fixed order; what is asked for by default, as accurate; the fastest there is; and the same for
 * filters that do not change from call to call.
 */
export const ways: readonly Way[] = [
  { engine: "philab-exact", accuracy: "exact" },
  { engine: "philab" },
  { engine: "philab-fast", accuracy: "fast" },
  { engine: "philab-frozen", accuracy: "fast", frozen: true },
];

/** Whether a way is of use for this work: filters that get a gradient change at every step. */
export function serves({ frozen }: Way, what: string): boolean {
  return frozen === undefined || what === "fwd";
}

/**
 * The problem with its matrices in the engine's memory, as a training loop keeps them (`resident`), or with frozen
 * filters; without it every call would copy them in once.
 */
export function settled({ W, b, Z, dS, ...rest }: Problem, way: Way): Problem {
  const filters = way.frozen === undefined ? resident(W) : frozen(W);
  return { ...rest, W: filters, b: resident(b), Z: resident(Z), dS: resident(dS) };
}

/** convLinear and convGradients in one of these ways. */
export function ours({ accuracy }: Way, threads: number): Conv {
  const options = (problem: Problem): ConvOptions => ({ ...sizes(problem), accuracy, threads });
  return {
    forward: (P) => convLinear(P.W, P.b, P.Z, P.layer.shape, options(P)),
    gradients: (P) => convGradients(P.W, P.Z, P.dS, P.layer.shape, options(P)),
    release,
  };
}

/** The plain reference: φ(Z) written out, products in TypeScript. */
export const reference: Conv = {
  forward: (P) => convLinearReference(P.W, P.b, P.Z, P.layer.shape, sizes(P)),
  gradients: (P) => convGradientsReference(P.W, P.Z, P.dS, P.layer.shape, sizes(P)),
  release: () => undefined,
};

/** The largest error, relative to the largest entry, that a way may show beside the reference. */
export function tolerance({ accuracy }: Way, precision: Precision): number {
  if (precision === "float64") return accuracy === "fast" ? 1e-12 : 1e-13;
  return accuracy === "fast" ? 5e-5 : 1e-5;
}

function sizes({ layer, batch }: Problem): ConvOptions {
  return { groups: layer.groups, batch };
}
