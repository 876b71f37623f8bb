/** Losses ξ(z; y) of one instance: their value, gradient and Hessian in z. */

import { isNumbers, kind } from "../numeric/check.js";

/** A loss of one instance, z = z^{L+1,i} and y = yⁱ being n_L numbers each. */
export interface InstanceLoss {
  /** ξ(z; y). */
  value(z: Float64Array, y: Float64Array): number;
  /** ∇_z ξ: n_L numbers. */
  gradient(z: Float64Array, y: Float64Array): ArrayLike<number>;
  /** B v with B = ∂²ξ/∂z∂zᵀ: n_L numbers. */
  hessianProduct(z: Float64Array, y: Float64Array, v: Float64Array): ArrayLike<number>;
}

/** A loss that has a name here. */
export type LossName = "squared" | "crossEntropy";

/** ξ = ‖z − y‖², U10: no ½, so that ∇ξ = 2(z − y) (X20) and B = 2I. */
const squared: InstanceLoss = {
  value: (z, y) => z.reduce((sum, x, k) => sum + (x - y[k]) ** 2, 0),
  gradient: (z, y) => z.map((x, k) => 2 * (x - y[k])),
  hessianProduct: (_z, _y, v) => v.map((x) => 2 * x),
};

/**
 * ξ = −Σ y_k log p_k with p = softmax(z), p_k = exp(z_k)/Σ exp(z_j). ∇ξ = (Σ y) p − y, B v = (Σ y)(p ⊙ v − p (pᵀ v)). The
 * largest z is taken out of every exponent, and the logarithm is taken of 1 + the others, so that neither large
 * entries nor a loss near 0 lose their digits.
 */
const crossEntropy: InstanceLoss = {
  value: (z, y) => {
    const { top, others } = exponentials(z);
    const logOfSum = Math.log1p(others);
    return y.reduce((sum, weight, k) => (weight === 0 ? sum : sum + weight * (z[top] - z[k] + logOfSum)), 0);
  },
  gradient: (z, y) => {
    const [p, total] = [softmax(z), sumOf(y)];
    return p.map((x, k) => total * x - y[k]);
  },
  hessianProduct: (z, y, v) => {
    const [p, total] = [softmax(z), sumOf(y)];
    const mean = p.reduce((sum, x, k) => sum + x * v[k], 0);
    return p.map((x, k) => total * x * (v[k] - mean));
  },
};

const losses: Readonly<Record<LossName, InstanceLoss>> = { squared, crossEntropy };

/** The loss of a name, or the reader's own, checked. Throws TypeError for what is none. */
export function namedLoss(given: LossName | InstanceLoss): InstanceLoss {
  if (typeof given === "string" && Object.hasOwn(losses, given)) return losses[given];
  const parts = ["value", "gradient", "hessianProduct"] as const;
  if (typeof given === "object" && given !== null && parts.every((name) => typeof given[name] === "function"))
    return checkedLoss(given);
  throw new TypeError(
    `objective: loss is ${kind(given)}; needed ${Object.keys(losses)
      .map((name) => `"${name}"`)
      .join(", ")} or { ${parts.join(", ")} }`,
  );
}

/** The text of a loss, by which one is known from another: its name, or the reader's own functions. */
export function lossText(given: LossName | InstanceLoss): string {
  if (typeof given === "string") return given;
  return [given.value, given.gradient, given.hessianProduct].map(String).join("\n");
}

/**
 * The reader's own loss, with the functions that it has now: they are given copies, which they may write over, and what they
 * return has as many numbers as z.
 */
function checkedLoss(own: InstanceLoss): InstanceLoss {
  const { value, gradient, hessianProduct } = own;
  const entries = (name: string, z: Float64Array, found: ArrayLike<number>): ArrayLike<number> => {
    if ((isNumbers(found) || Array.isArray(found)) && found.length === z.length) return found;
    throw new RangeError(`loss.${name} gave ${kind(found)}; needed ${z.length} numbers, one for each of z`);
  };
  return {
    value: (z, y) => {
      const sum = value.call(own, z.slice(), y.slice());
      if (typeof sum === "number") return sum;
      throw new TypeError(`loss.value gave ${kind(sum)}; needed a number`);
    },
    gradient: (z, y) => entries("gradient", z, gradient.call(own, z.slice(), y.slice())),
    hessianProduct: (z, y, v) =>
      entries("hessianProduct", z, hessianProduct.call(own, z.slice(), y.slice(), v.slice())),
  };
}

/** Where the largest entry is, exp(z_k − largest), and the sum of all of these but that one's 1. */
function exponentials(z: Float64Array): { top: number; powers: Float64Array; others: number } {
  let top = 0;
  for (let k = 1; k < z.length; k++) if (z[k] > z[top] || Number.isNaN(z[k])) top = k;
  const powers = z.map((x) => Math.exp(x - z[top]));
  return { top, powers, others: powers.reduce((sum, x, k) => (k === top ? sum : sum + x), 0) };
}

function softmax(z: Float64Array): Float64Array {
  const { powers, others } = exponentials(z);
  return powers.map((x) => x / (1 + others));
}

function sumOf(y: Float64Array): number {
  return y.reduce((sum, x) => sum + x, 0);
}
