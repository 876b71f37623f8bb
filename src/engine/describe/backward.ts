/** ∂ξ/∂W, ∂ξ/∂b and ∂ξ/∂Z of S = W φ(Z) + b 1ᵀ (X16 to X18), φ(Z) never made. */

import type { WinogradName } from "../kernels/winogradForm.js";
import type { Operand, Result, Workspace } from "../plan/workspace.js";
import { filterGradient } from "./filterGradient.js";
import { imageGradient } from "./imageGradient.js";
import type { ConvSizes } from "./sizes.js";

/** The three gradients, as numbers in the order of W, b and Z. */
export type Gradients = {
  readonly W: Result;
  readonly b: Result;
  readonly Z: Result;
};

/** The gradients; by a form of Winograd's where one is given. */
export function backward(
  work: Workspace,
  sizes: ConvSizes,
  W: Operand,
  Z: Operand,
  dS: Operand,
  form?: WinogradName,
): Gradients {
  const { dOut } = sizes;
  const outputs = work.put(dS);
  const filters = filterGradient(work, sizes, work.put(Z), outputs, form);
  const image = imageGradient(work, sizes, W, outputs, form);
  return {
    W: work.take(filters.W, W.length),
    b: work.take(filters.b, dOut),
    Z: work.take(image, Z.length),
  };
}
