/** All layers forward, backward and along a direction, for instances side by side. */

import { layerBackward } from "../layers/backward.js";
import { type Batch, type LayerState, layerForward } from "../layers/forward.js";
import { type LayerPart, partOf } from "../layers/layer.js";
import { layerTangent } from "../layers/tangent.js";
import { type Matrix, type Numbers, numbersOf, reshaped } from "../numeric/storage.js";
import type { Network } from "./network.js";

/** A network's layers with their parts of one θ. */
export type Parts = readonly LayerPart[];

/** The parts of θ, or of a vector like it: views. */
export function partsOf(net: Network, theta: Numbers): Parts {
  return net.layers.map((layer) => partOf(layer, theta));
}

/** Work in steps, none longer than one layer's products: between two of them others may get their turn. */
export type Steps<T> = Generator<void, T, void>;

/** What each layer was given and made. */
export type NetworkState = readonly LayerState[];

/** z^{L+1,i} of each instance, n_L × l, from Z: d a b × l; and what derivatives need. */
export function* networkForward(net: Network, parts: Parts, Z: Matrix, batch: Batch): Steps<NetworkState> {
  const state: LayerState[] = [];
  let images = Z;
  for (const [m, layer] of net.layers.entries()) {
    const made = layerForward(layer, parts[m], images, batch);
    state.push(made);
    images = made.out;
    yield;
  }
  return state;
}

/** z^{L+1}: n_L × l. */
export function outputsOf(net: Network, state: NetworkState): Matrix {
  const { out } = state[state.length - 1];
  return reshaped(out, net.outputs, (out.rows * out.cols) / net.outputs);
}

/**
 * Σᵢ Jᵢᵀ uᵢ, X27, from U: n_L × l, column i for instance i; with U = ∂ξ/∂z the gradient of Σ ξᵢ. n numbers, each of which is
 * written into `g`.
 */
export function* networkBackward(
  net: Network,
  parts: Parts,
  state: NetworkState,
  U: Matrix,
  { g, ...batch }: Batch & { readonly g: Float64Array },
): Steps<Float64Array> {
  let dZ: Matrix = U;
  for (let m = net.layers.length - 1; m >= 0; m--) {
    const { out } = state[m];
    const images = reshaped(dZ, out.rows, out.cols);
    const found = layerBackward(net.layers[m], parts[m], state[m], images, { ...batch, needsZ: m > 0 });
    const to = partOf(net.layers[m], g);
    to.W.data.set(numbersOf(found.W));
    to.b.data.set(numbersOf(found.b));
    if (found.Z !== undefined) dZ = found.Z;
    yield;
  }
  return g;
}

/** Jᵢ v of each instance, X26: n_L × l. */
export function* networkTangent(
  net: Network,
  parts: Parts,
  state: NetworkState,
  direction: Parts,
  batch: Batch,
): Steps<Matrix> {
  let RZ: Matrix | undefined;
  for (const [m, layer] of net.layers.entries()) {
    RZ = layerTangent(layer, parts[m], direction[m], { state: state[m], RZ, batch });
    yield;
  }
  const last = RZ as Matrix;
  return reshaped(last, net.outputs, (last.rows * last.cols) / net.outputs);
}
