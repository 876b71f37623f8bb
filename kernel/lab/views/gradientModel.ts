/** ξ of one layer and its gradients, X16 to X18, and how differences come near to them as t becomes small. */

import { dot } from "../../../src/numeric/dot.js";
import { reluGradient, scale, subtract } from "../../../src/numeric/elementwise.js";
import { matrix, transpose } from "../../../src/numeric/matrix.js";
import { multiply } from "../../../src/numeric/multiply.js";
import { vTP } from "../../../src/numeric/phi.js";
import type { Matrix } from "../../../src/numeric/storage.js";
import { type LayerNumbers, layerSteps } from "./layerModel.js";

/** ξ = ‖σ(S) − Y‖², its terms' squares added up, and its gradients by W and by Z. */
export interface DeskGradients {
  readonly xi: number;
  readonly dW: Matrix;
  readonly dZ: Matrix;
}

/** ξ alone. */
export function layerLoss(numbers: LayerNumbers, Y: Matrix): number {
  const residual = subtract(layerSteps({ ...numbers, q: 1 }).sigma, Y);
  return dot(residual, residual);
}

/** ∂ξ/∂S = 2 (σ(S) − Y) ⊙ σ′(S), from it ∂ξ/∂W = ∂ξ/∂S φᵀ (X16) and ∂ξ/∂vec(Z)ᵀ = vec(Wᵀ ∂ξ/∂S)ᵀ P_φ P_pad (X18). */
export function layerGradients(numbers: LayerNumbers, Y: Matrix): DeskGradients {
  const { S, sigma, phiZ } = layerSteps({ ...numbers, q: 1 });
  const residual = subtract(sigma, Y);
  const dS = reluGradient(scale(2, residual), S);
  return {
    xi: dot(residual, residual),
    dW: multiply(dS, transpose(phiZ)),
    dZ: vTP(multiply(transpose(numbers.W), dS), numbers.shape),
  };
}

/** W − η ∂ξ/∂W. */
export function stepped(numbers: LayerNumbers, { dW }: DeskGradients, eta: number): LayerNumbers {
  return { ...numbers, W: subtract(numbers.W, scale(eta, dW)) };
}

/** What is moved by t: an entry of W or of Z, counted from 0 in its storage. */
export interface MovedEntry {
  readonly of: "W" | "Z";
  readonly at: number;
}

/** A step t, and the relative errors of the forward and the central difference. */
export interface DifferenceError {
  readonly t: number;
  readonly forward: number;
  readonly central: number;
}

/** The errors of (ξ(x + t) − ξ(x))/t and (ξ(x + t) − ξ(x − t))/(2t) against the gradient's entry, for t from 1 to 10⁻¹². */
export function differenceErrors(
  numbers: LayerNumbers,
  Y: Matrix,
  entry: MovedEntry,
  exact: number,
): DifferenceError[] {
  const xi = layerLoss(numbers, Y);
  const size = Math.abs(exact) || 1;
  return Array.from({ length: 25 }, (_, k) => {
    const t = 10 ** (-k / 2);
    const [above, below] = [t, -t].map((step) => layerLoss(moved(numbers, entry, step), Y));
    return {
      t,
      forward: Math.abs((above - xi) / t - exact) / size,
      central: Math.abs((above - below) / (2 * t) - exact) / size,
    };
  });
}

function moved(numbers: LayerNumbers, { of, at }: MovedEntry, t: number): LayerNumbers {
  const M = numbers[of];
  const data = Float64Array.from(M.data);
  data[at] += t;
  return { ...numbers, [of]: matrix(M.rows, M.cols, data, { nonFinite: true }) };
}
