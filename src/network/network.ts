/** A network: its layers, and the order of θ. */

import { type ConvLayerSize, convLayer, fullLayer } from "../layers/declared.js";
import { filterCols, type Layer, multiplications, partLength, partOf } from "../layers/layer.js";
import { kind } from "../numeric/check.js";
import { checkOptions } from "../numeric/options.js";
import { checkSeed, normalAt } from "../numeric/random.js";
import { withLook } from "../numeric/show.js";
import { checkObject, checkSize, type ImageShape } from "../shape.js";
import { networkLook } from "./networkLook.js";

/** A network as it is declared. */
export interface NetworkSize {
  /** The images Z^{1,i}. */
  readonly input: ImageShape;
  /** Convolutional layers, in order; may be left out. */
  readonly conv?: readonly ConvLayerSize[];
  /** Neurons of the full layers after them, in order; may be left out. */
  readonly full?: readonly number[];
}

/** Layers one after the other; the last one is linear, σ comes after each other. Nothing of it can be changed. */
export interface Network {
  /** The images Z^{1,i}. */
  readonly input: ImageShape;
  /** The layers, in order. */
  readonly layers: readonly Layer[];
  /** How many numbers θ has, X12. */
  readonly n: number;
  /** n_L: the entries of z^{L+1,i}, and of yⁱ. */
  readonly outputs: number;
  /** Multiplications of the products W φ(Z) of all layers, for one instance: F. */
  readonly multiplications: number;
  /**
   * θ to start from: weights normal with variance 2/(inputs of a neuron), biases 0. The same seed gives the same
   * numbers. He, Zhang, Ren, Sun, "Delving deep into rectifiers" (2015).
   */
  initial(seed: number): Float64Array;
}

/**
 * The network of these layers, X10 and X11: convolutions with σ and pooling, then full layers on vec(Z); the last layer
 * is linear. θ = [vec(W¹); b¹; …; vec(W^L); b^L], U9. Throws RangeError or TypeError that names the layer and the size.
 */
export function network(size: NetworkSize): Network {
  checkObject("network", "the size", size, "{ input: { a, b, d }, conv: [{ dOut, h, … }], full: [n, …] }");
  checkOptions("network", size, ["input", "conv", "full"]);
  const { input, conv = [], full = [] } = size;
  checkObject("network", "input", input, "{ a, b, d }");
  for (const name of ["a", "b", "d"] as const) checkSize("network", `input.${name}`, input[name]);
  for (const [name, list] of Object.entries({ conv, full })) checkList(name, list);
  const layers = layersOf(input, conv, full);
  const last = layers[layers.length - 1];
  const net: Network = {
    ...{ input: Object.freeze({ a: input.a, b: input.b, d: input.d }), layers: frozenLayers(layers) },
    n: last.from + partLength(last),
    outputs: last.image.a * last.image.b * last.image.d,
    multiplications: layers.reduce((sum, layer) => sum + multiplications(layer), 0),
    initial: (seed: number) => initial(layers, seed),
  };
  return Object.freeze(withLook(net, () => networkLook(net)));
}

function frozenLayers(layers: readonly Layer[]): readonly Layer[] {
  for (const layer of layers) {
    for (const part of Object.values(layer)) Object.freeze(part);
    Object.freeze(layer);
  }
  return Object.freeze(layers);
}

function layersOf(input: ImageShape, conv: readonly ConvLayerSize[], full: readonly number[]): Layer[] {
  const count = conv.length + full.length;
  if (count === 0) throw new RangeError("network: no layer; needed some in conv or in full");
  const layers: Layer[] = [];
  let [image, from] = [input, 0];
  for (let m = 1; m <= count; m++) {
    const place = { from, isLinear: m === count };
    const layer =
      m <= conv.length
        ? convLayer(m, image, conv[m - 1], place)
        : fullLayer(m - conv.length, image, full[m - 1 - conv.length], place);
    layers.push(layer);
    from += partLength(layer);
    image = layer.image;
  }
  return layers;
}

function initial(layers: readonly Layer[], seed: number): Float64Array {
  checkSeed("initial", seed);
  const last = layers[layers.length - 1];
  const theta = new Float64Array(last.from + partLength(last));
  for (const layer of layers) {
    const { data } = partOf(layer, theta).W;
    const deviation = Math.sqrt(2 / filterCols(layer));
    for (let k = 0; k < data.length; k++) data[k] = deviation * normalAt(seed, layer.from + k);
  }
  return theta;
}

function checkList(name: string, list: unknown): void {
  if (Array.isArray(list)) return;
  throw new TypeError(`network: ${name} is ${kind(list)}; needed an array, one entry for each layer`);
}
