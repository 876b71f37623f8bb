/** A small instance of a network: the same layers with few channels, and θ, images and directions drawn for it. */

import type { Layer } from "../layers/layer.js";
import { filterCols } from "../layers/layer.js";
import { type Network, network } from "../network/network.js";
import { columnMajor, type Matrix, zeros } from "../numeric/storage.js";

/** The same windows, strides, paddings, groups and poolings on the same images, with at least 3 channels where it had. */
export function smallTwin({ input, layers }: Network): Network {
  const isLast = (m: number): boolean => m === layers.length - 1;
  const few = (m: number): number => {
    const { dOut, groups, kind } = layers[m];
    if (isLast(m)) return dOut;
    const both = kind === "conv" ? commonMultiple(groups, layers[m + 1].groups) : 1;
    return Math.min(dOut, both * Math.ceil(3 / both));
  };
  const conv = layers.flatMap(({ kind, shape: { h, s, pad }, groups, pool }, m) =>
    kind === "full"
      ? []
      : [{ dOut: few(m), h, s, pad, groups, ...(pool && { pool: pool.q, poolKind: pool.kind }) }],
  );
  return network({ input, conv, full: layers.slice(conv.length).map((_, m) => few(conv.length + m)) });
}

function commonMultiple(a: number, b: number): number {
  let multiple = a;
  while (multiple % b > 0) multiple += a;
  return multiple;
}

/** W of a layer with groups as that of one without: 0 where a channel is not seen; dOut × h h d. */
export function withoutGroups(layer: Layer, W: Matrix): Matrix {
  if (layer.groups === 1) return W;
  const whole = zeros(layer.dOut, filterCols(layer) * layer.groups);
  eachSeen(layer, (part, place) => {
    whole.data[place] = W.data[part];
  });
  return whole;
}

/** The other way: the entries of W's places, whatever stands where a channel is not seen. */
export function withGroups(layer: Layer, whole: ArrayLike<number>): Float64Array {
  if (layer.groups === 1) return Float64Array.from(whole);
  const W = columnMajor(layer.dOut, filterCols(layer), new Float64Array(layer.dOut * filterCols(layer)));
  eachSeen(layer, (part, place) => {
    W.data[part] = whole[place];
  });
  return W.data as Float64Array;
}

/** Every entry of W with groups, and where it is in the W without: columns are channels slowest, so a group's lie together. */
function eachSeen(layer: Layer, visit: (part: number, place: number) => void): void {
  const { dOut, groups } = layer;
  const cols = filterCols(layer);
  for (let j = 0; j < cols; j++) {
    for (let o = 0; o < dOut; o++) {
      const group = Math.floor(o / (dOut / groups));
      visit(o + dOut * j, o + dOut * (j + cols * group));
    }
  }
}
