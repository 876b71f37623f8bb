import { engineBackward, engineForward, machineFor } from "../engine/operations/conv.js";
import type { Matrix, Numbers } from "../numeric/storage.js";
import type { ConvShape } from "../shape.js";
import {
  type ConvGradients,
  type ConvOptions,
  checkBias,
  checkOutputGradient,
  convProblem,
} from "./convProblem.js";
import { convGradientsReference, convLinearReference } from "./convReference.js";

/**
 * S = W φ(Z) + b 1ᵀ, eq. (1): dOut × aOut·bOut·l, from W: dOut × h h d/groups (columns i fastest, then j, channel
 * slowest), b: dOut entries and Z: d × a·b·l, instances side by side. float32 where all three are, else float64.
 * φ(Z) is never made. Throws RangeError that names the sizes that do not fit.
 */
export function convLinear(
  W: Matrix,
  b: Matrix | Numbers | readonly number[],
  Z: Matrix,
  shape: ConvShape,
  options: ConvOptions = {},
): Matrix {
  const problem = convProblem("convLinear", W, Z, shape, options);
  const bias = checkBias("convLinear", b, problem);
  const machine = machineFor(problem, W, bias, Z);
  if (machine === undefined) return convLinearReference(W, b, Z, shape, options);
  return engineForward(machine, problem, W, bias, Z);
}

/**
 * ∂ξ/∂W = ∂ξ/∂S φ(Z)ᵀ (X16), ∂ξ/∂b = ∂ξ/∂S 1 (X17) and vec(∂ξ/∂Z)ᵀ = vec(Wᵀ ∂ξ/∂S)ᵀ P_φ P_pad (X18), from
 * dS = ∂ξ/∂S: dOut × aOut·bOut·l; summed over the l instances in W and b. float32 where all three are, else float64.
 * Throws RangeError that names the sizes that do not fit.
 */
export function convGradients(
  W: Matrix,
  Z: Matrix,
  dS: Matrix,
  shape: ConvShape,
  options: ConvOptions = {},
): ConvGradients {
  const problem = convProblem("convGradients", W, Z, shape, options);
  checkOutputGradient("convGradients", dS, problem);
  const machine = machineFor(problem, W, Z, dS);
  if (machine === undefined) return convGradientsReference(W, Z, dS, shape, options);
  return engineBackward(machine, problem, W, Z, dS);
}
