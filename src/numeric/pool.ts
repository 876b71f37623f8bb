/** Pooling with windows q × q at stride q, one channel at a time; remainders are dropped. */

import { checkObject, convShape, type ImageShape, poolShape } from "../shape.js";
import { checkMatrix } from "./check.js";
import { phiIndex } from "./phi.js";
import { type Matrix, size, zerosLike } from "./storage.js";

/** The sides of the image and of the window. */
export interface PoolSize {
  readonly a: number;
  readonly b: number;
  readonly q: number;
}

/**
 * Max pooling: the largest entry of each window, d × floor(a/q)·floor(b/q), and `index`, where each was found in
 * vec(Z), 0-based: the selection P_pool of this image. The first maximum in window order (vertical fastest) wins ties.
 */
export function maxPool(Z: Matrix, size: PoolSize): { Z: Matrix; index: Int32Array } {
  const windows = poolWindows("maxPool", Z, size);
  const pooled = zerosLike(Z, Z.rows, windows.count);
  const index = new Int32Array(pooled.data.length);
  for (let k = 0; k < index.length; k++) {
    index[k] = firstMaximum(Z.data, windows.places(k));
    pooled.data[k] = Z.data[index[k]];
  }
  return { Z: pooled, index };
}

/** Average pooling: the mean of each window, d × floor(a/q)·floor(b/q). */
export function avgPool(Z: Matrix, size: PoolSize): Matrix {
  const windows = poolWindows("avgPool", Z, size);
  const pooled = zerosLike(Z, Z.rows, windows.count);
  for (let k = 0; k < pooled.data.length; k++) {
    let sum = 0;
    for (const place of windows.places(k)) sum += Z.data[place];
    pooled.data[k] = sum / size.q ** 2;
  }
  return pooled;
}

/** P_poolᵀ v as an image: entry k of V is added where `index` of maxPool points; d × a·b. */
export function maxPoolTranspose(V: Matrix, index: Int32Array, shape: ImageShape): Matrix {
  checkMatrix("maxPoolTranspose", "V", V);
  checkObject("maxPoolTranspose", "index", index, "the index of maxPool");
  checkObject("maxPoolTranspose", "shape", shape, "{ a, b, d }");
  const { a, b, d } = shape;
  if (V.data.length !== index.length) {
    throw new RangeError(
      `maxPoolTranspose: V is ${size(V)}, the index has ${index.length} places; needed as many`,
    );
  }
  const Z = zerosLike(V, d, a * b);
  for (let k = 0; k < index.length; k++) Z.data[index[k]] += V.data[k];
  return Z;
}

interface Windows {
  readonly count: number;
  /** The places in vec(Z) of the window that makes entry k of the pooled image. */
  places(k: number): number[];
}

/** Pooling windows are φ of a one-channel image with h = s = q; channel c of Z lies at c + d·place. */
function poolWindows(operation: string, Z: Matrix, sides: PoolSize): Windows {
  checkMatrix(operation, "Z", Z);
  checkObject(operation, "the size", sides, "{ a, b, q }");
  const { a, b, q } = sides;
  const shape = poolShape({ a, b, q });
  if (Z.cols !== a * b)
    throw new RangeError(`${operation}: Z is ${size(Z)}; needed a·b = ${a}·${b} = ${a * b} columns`);
  const d = Z.rows;
  const index = phiIndex(convShape({ a, b, d: 1, h: q, s: q }));
  const places = (k: number) => {
    const start = Math.floor(k / d) * q * q;
    return Array.from(index.subarray(start, start + q * q), (place) => (k % d) + d * place);
  };
  return { count: shape.aOut * shape.bOut, places };
}

/** The place of the largest of the entries at the given places, the first of several; NaN wins, so that it is not lost. */
export function firstMaximum(z: ArrayLike<number>, places: readonly number[] | Int32Array): number {
  let best = places[0];
  for (const place of places)
    if (z[place] > z[best] || (Number.isNaN(z[place]) && !Number.isNaN(z[best]))) best = place;
  return best;
}
