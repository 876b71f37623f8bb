/** One layer's tangent: how Z^{m+1} changes where θ moves along v, X26. */

import { columnMajor, type Matrix, numbersOf, reshaped } from "../numeric/storage.js";
import { chosenEntries } from "../operations/choice.js";
import { convLinear } from "../operations/conv.js";
import { reluGradient } from "../operations/elementwise.js";
import { avgPool } from "../operations/pool.js";
import { type Batch, type LayerState, layerProduct } from "./forward.js";
import type { Layer, LayerPart } from "./layer.js";

/**
 * R(Z^{m+1}) = I[Z^{m+1}] ⊙ P_pool(W R(φ(Z^m)) + V_W φ(Z^m) + v_b 1ᵀ), X26, from v's part of this layer and R(Z^m), which
 * is left out where it is 0.
 */
export function layerTangent(
  layer: Layer,
  { W }: LayerPart,
  direction: LayerPart,
  {
    state,
    RZ,
    batch,
  }: { readonly state: LayerState; readonly RZ: Matrix | undefined; readonly batch: Batch },
): Matrix {
  const { shape, options } = layerProduct(layer, batch);
  const moved = convLinear(direction.W, direction.b, state.Z, shape, options);
  if (RZ === undefined) return throughPool(layer, state, moved, batch);
  const images = reshaped(RZ, state.Z.rows, state.Z.cols);
  const zero = columnMajor(W.rows, 1, numbersOf(W).slice(0, W.rows).fill(0));
  const RS = convLinear(W, zero, images, shape, { ...options, addTo: moved, into: moved });
  return throughPool(layer, state, RS, batch);
}

/** I ⊙ P_pool vec(R(S)): the entries of R(S) that pooling took, 0 where σ is flat. */
function throughPool({ pool, isLinear }: Layer, state: LayerState, RS: Matrix, { threads }: Batch): Matrix {
  const masked = (M: Matrix, Z: Matrix): Matrix => (isLinear ? M : reluGradient(M, Z, { threads }));
  if (pool === undefined) return masked(RS, state.out);
  const { a, b, q } = pool;
  if (state.choice !== undefined) return chosenEntries(RS, state.choice, { a, b, q }, { threads });
  return avgPool(masked(RS, state.unpooled as Matrix), { a, b, q }, { threads });
}
