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
 * vᵀ(G + λI)v/vᵀv is 0, up to rounding in float32, where it is so little below 0 beside what it was along other directions: as
 * where G_S has less rank than θ has numbers, and λ has become small.
 */
const flat = 2 ** -16;

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
  let [iterations, most] = [0, 0];
  while (iterations < CGmax && (iterations === 0 || Math.sqrt(rr) > enough) && rr > 0) {
    const w = movedAlong(await G(v), lambda, v);
    const vw = sumOfProducts(v, w);
    const bend = vw / sumOfProducts(v, v);
    most = Math.max(most, bend);
    if (iterations > 0 && vw <= 0 && -bend <= flat * most) break; // no way down is known along v: d is good as it is
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
