/** One layer backward: from ∂ξ/∂Z^{m+1} to ∂ξ/∂W, ∂ξ/∂b and ∂ξ/∂Z^m, X15 to X19. */

import type { Matrix } from "../numeric/storage.js";
import { chosenTranspose } from "../operations/choice.js";
import { convBiasGradient, convFilterGradient, convGradients } from "../operations/conv.js";
import { reluGradient } from "../operations/elementwise.js";
import { avgPoolTranspose } from "../operations/pool.js";
import { type Batch, type LayerState, layerProduct } from "./forward.js";
import type { Layer, LayerPart } from "./layer.js";

/** The gradients of one layer; Z is left out where nobody needs it. */
export interface LayerGradients extends LayerPart {
  /** ∂ξ/∂Z^m: d × a·b·l. */
  readonly Z: Matrix | undefined;
}

/** X16 to X18 from dZ = ∂ξ/∂Z^{m+1}; W and b are summed over the instances. `needsZ`: whether ∂ξ/∂Z^m is wanted. */
export function layerBackward(
  layer: Layer,
  { W }: LayerPart,
  state: LayerState,
  dZ: Matrix,
  { needsZ, ...batch }: Batch & { readonly needsZ: boolean },
): LayerGradients {
  const dS = outputGradient(layer, state, dZ, batch);
  const { shape, options } = layerProduct(layer, batch);
  if (needsZ) return convGradients(W, state.Z, dS, shape, options);
  const dW = convFilterGradient(state.Z, dS, shape, options);
  return { W: dW, b: convBiasGradient(dS, shape, options), Z: undefined };
}

/** ∂ξ/∂S = mat((∂ξ/∂vec(Z^{m+1})ᵀ ⊙ vec(I[Z^{m+1}])ᵀ) P_pool), X15: dOut × aOut·bOut·l. */
function outputGradient(layer: Layer, state: LayerState, dZ: Matrix, { threads }: Batch): Matrix {
  const { pool, isLinear } = layer;
  const masked = (M: Matrix, Z: Matrix): Matrix => (isLinear ? M : reluGradient(M, Z, { threads }));
  if (pool === undefined) return masked(dZ, state.out);
  const { a, b, q } = pool;
  if (state.choice !== undefined) return chosenTranspose(dZ, state.choice, { a, b, q }, { threads });
  return masked(avgPoolTranspose(dZ, { a, b, q }, { threads }), state.unpooled as Matrix);
}
