/** Conjugate gradients for (G_S + λI) d = −∇f, X29. */

import { areFinite, movedAlong, norm, sumOfProducts } from "./vectors.js";

/** When conjugate gradients stop, and what stands beside G. */
export interface ConjugateOptions {
  /** At ‖r‖ ≤ ξ‖∇f‖. */
  readonly xi: number;
  /** After so many steps. */
  readonly CGmax: number;
  readonly lambda: number;
}

/** A direction, and what is known of it. */
export interface Direction {
  readonly d: Float64Array;
  readonly iterations: number;
  /** dᵀ∇f. */
  readonly slope: number;
  /** dᵀG d, from the residual: dᵀ(−∇f − r − λd), which leaves λ out. */
  readonly curvature: number;
}

/**
 * (G + λI) d = −g by conjugate gradients from 0. Throws Error where vᵀ(G + λI)v is not positive, or no number: G is no
 * Gauss–Newton matrix then, or has overflowed.
 */
export async function conjugateGradients(
  G: (v: Float64Array) => Promise<Float64Array>,
  g: Float64Array,
  { xi, CGmax, lambda }: ConjugateOptions,
): Promise<Direction> {
  let d: Float64Array = new Float64Array(g.length);
  let r: Float64Array = g.map((x) => -x);
  let v = r;
  let rr = sumOfProducts(r, r);
  const enough = xi * norm(g);
  let iterations = 0;
  while (iterations < CGmax && (iterations === 0 || Math.sqrt(rr) > enough) && rr > 0) {
    const w = movedAlong(await G(v), lambda, v);
    const vw = sumOfProducts(v, w);
    if (!(vw > 0) || !areFinite(w))
      throw new Error(`conjugate gradients: vᵀ(G + λI)v = ${vw} in step ${iterations + 1}`);
    const a = rr / vw;
    d = movedAlong(d, a, v);
    r = movedAlong(r, -a, w);
    const before = rr;
    rr = sumOfProducts(r, r);
    v = movedAlong(r, rr / before, v);
    iterations++;
  }
  const curvature = d.reduce((sum, x, k) => sum + x * (-g[k] - r[k] - lambda * x), 0);
  return { d, iterations, slope: sumOfProducts(d, g), curvature };
}
