/** ∂ξ/∂W, ∂ξ/∂b and ∂ξ/∂Z of S = W φ(Z) + b 1ᵀ (X16 to X18), φ(Z) never made. */

import { phiRows } from "../../shape.js";
import type { WinogradName } from "../kernels/winogradForm.js";
import type { Operand, Result, Workspace } from "../plan/workspace.js";
import { filterGradient, placeSums } from "./filterGradient.js";
import { imageGradient } from "./imageGradient.js";
import type { ConvSizes } from "./sizes.js";

/** The three gradients, as numbers in the order of W, b and Z. */
export type Gradients = {
  readonly W: Result;
  readonly b: Result;
  readonly Z: Result;
};

/** By which of Winograd's forms each product is made; by the direct sum where none is given. */
export interface GradientForms {
  readonly filters?: WinogradName | undefined;
  readonly image?: WinogradName | undefined;
}

/** The three gradients. */
export function backward(
  work: Workspace,
  sizes: ConvSizes,
  W: Operand,
  Z: Operand,
  dS: Operand,
  forms: GradientForms = {},
): Gradients {
  const filters = filterGradient(work, sizes, work.put(Z), work.put(dS), forms.filters);
  return {
    W: work.take(filters.W, W.length),
    b: work.take(filters.b(), sizes.dOut),
    ...imageBackward(work, sizes, W, dS, forms.image),
  };
}

/** ∂ξ/∂W alone. */
export function filtersBackward(
  work: Workspace,
  sizes: ConvSizes,
  Z: Operand,
  dS: Operand,
  form?: WinogradName,
): Pick<Gradients, "W"> {
  const { W } = filterGradient(work, sizes, work.put(Z), work.put(dS), form);
  return { W: work.take(W, sizes.dOut * phiRows(sizes.part)) };
}

/** ∂ξ/∂b alone. */
export function biasBackward(work: Workspace, sizes: ConvSizes, dS: Operand): Pick<Gradients, "b"> {
  return { b: work.take(placeSums(work, sizes, work.put(dS)), sizes.dOut) };
}

/** ∂ξ/∂Z alone. */
export function imageBackward(
  work: Workspace,
  sizes: ConvSizes,
  W: Operand,
  dS: Operand,
  form?: WinogradName,
): Pick<Gradients, "Z"> {
  const { shape, batch } = sizes;
  const image = imageGradient(work, sizes, W, work.put(dS), form);
  return { Z: work.take(image, shape.d * shape.a * shape.b * batch) };
}
