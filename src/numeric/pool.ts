/**
 * Pooling with windows q × q at stride q, one channel at a time; remainders are dropped. Instances lie side by side:
 * Z is d × a·b·l, and how many there are is read off its columns.
 */

import { checkObject, checkSize, convShape, type ImageShape, poolShape } from "../shape.js";
import { checkMatrix, kind } from "./check.js";
import { phiIndex } from "./phi.js";
import { type Matrix, numbersOf, size, zerosLike } from "./storage.js";

/** The sides of the image and of the window. */
export interface PoolSize {
  /** Height of an image. */
  readonly a: number;
  /** Width of an image. */
  readonly b: number;
  /** Side of a window, which is its stride too. */
  readonly q: number;
}

/** What max pooling finds: the largest of each window, and where each was found in vec(Z). */
export interface MaxPooled {
  /** d × floor(a/q)·floor(b/q)·l. */
  readonly Z: Matrix;
  /** For each entry of it its place in vec(Z) of all instances, from 0. */
  readonly index: Int32Array;
}

/**
 * Max pooling: the largest entry of each window, d × floor(a/q)·floor(b/q)·l, and `index`, where each was found in
 * vec(Z), 0-based: the selections P_pool of these images. The first maximum in window order (vertical fastest) wins
 * ties; NaN wins over all. Throws RangeError unless Z has a·b columns for each instance.
 */
export function maxPool(Z: Matrix, size: PoolSize): MaxPooled {
  const form = poolForm("maxPool", Z, size);
  const z = numbersOf(Z);
  const pooled = zerosLike(Z, form.d, form.places);
  const index = new Int32Array(pooled.data.length);
  const places = windowPlaces(form);
  for (let k = 0; k < index.length; k++) {
    index[k] = firstMaximum(z, places(k));
    pooled.data[k] = z[index[k]];
  }
  return { Z: pooled, index };
}

/**
 * P_pool vec(R) as images: the entries of R where `index` of maxPool points, as in the tangent Jv (X26); d × as many columns
 * as the pooled images have. Throws RangeError where they do not fit.
 */
export function maxPoolAt(R: Matrix, index: Int32Array): Matrix {
  checkMatrix("maxPoolAt", "R", R);
  if (index.length % R.rows > 0) {
    throw new RangeError(
      `maxPoolAt: the index has ${index.length} places; needed as many for each of R's ${R.rows} rows`,
    );
  }
  const pooled = zerosLike(R, R.rows, index.length / R.rows);
  const [r, to] = [numbersOf(R), pooled.data];
  for (let k = 0; k < to.length; k++) to[k] = r[index[k]];
  return pooled;
}

/** Average pooling: the mean of each window, d × floor(a/q)·floor(b/q)·l. Throws as maxPool does. */
export function avgPool(Z: Matrix, size: PoolSize): Matrix {
  const form = poolForm("avgPool", Z, size);
  const z = numbersOf(Z);
  const pooled = zerosLike(Z, form.d, form.places);
  const places = windowPlaces(form);
  for (let k = 0; k < pooled.data.length; k++) {
    let sum = 0;
    for (const place of places(k)) sum += z[place];
    pooled.data[k] = sum / size.q ** 2;
  }
  return pooled;
}

/**
 * P_poolᵀ v as images: entry k of V is added where `index` of maxPool points; d × a·b·l, with l = `batch` (1 where it
 * is left out). Throws RangeError where V, index and shape do not fit, or a place is in no image, or in that of another
 * instance.
 */
export function maxPoolTranspose(
  V: Matrix,
  index: Int32Array,
  shape: ImageShape,
  options: { readonly batch?: number } = {},
): Matrix {
  const { d, pixels, batch } = maxTransposeForm(V, index, shape, options);
  const Z = zerosLike(V, d, pixels * batch);
  const v = numbersOf(V);
  refusePlace(index, d * pixels, batch);
  for (let k = 0; k < index.length; k++) Z.data[index[k]] += v[k];
  return Z;
}

/** P_poolᵀ v of average pooling: each entry of V, over q², at all places of its window; d × a·b·l. */
export function avgPoolTranspose(V: Matrix, size: PoolSize): Matrix {
  const form = poolTransposeForm("avgPoolTranspose", V, size);
  const v = numbersOf(V);
  const Z = zerosLike(V, form.d, form.pixels * form.batch);
  const places = windowPlaces(form);
  for (let k = 0; k < v.length; k++) for (const place of places(k)) Z.data[place] += v[k] / size.q ** 2;
  return Z;
}

/** The sizes of a pooling, worked out and checked. */
export interface PoolForm extends PoolSize {
  readonly d: number;
  readonly aOut: number;
  readonly bOut: number;
  readonly batch: number;
  /** Pixels of one instance, and columns of the pooled images of all. */
  readonly pixels: number;
  readonly places: number;
}

/** The sizes of a pooling of Z. */
export function poolForm(operation: string, Z: Matrix, sides: PoolSize): PoolForm {
  checkMatrix(operation, "Z", Z);
  checkObject(operation, "the size", sides, "{ a, b, q }");
  const { a, b } = sides;
  return formOf(sides, Z.rows, instances(operation, "Z", Z, { name: "a·b", sides: [a, b] }, sides));
}

/** The sizes of a pooling whose result has V's size. */
export function poolTransposeForm(operation: string, V: Matrix, sides: PoolSize): PoolForm {
  checkMatrix(operation, "V", V);
  checkObject(operation, "the size", sides, "{ a, b, q }");
  const { aOut, bOut } = poolShape(sides);
  const pooled = { name: "floor(a/q)·floor(b/q)", sides: [aOut, bOut] as const };
  return formOf(sides, V.rows, instances(operation, "V", V, pooled, sides));
}

function formOf(sides: PoolSize, d: number, batch: number): PoolForm {
  const { a, b, q, aOut, bOut } = poolShape(sides);
  return { a, b, q, d, aOut, bOut, batch, pixels: a * b, places: aOut * bOut * batch };
}

/** How many instances M holds, each with so many columns. */
function instances(
  operation: string,
  name: string,
  M: Matrix,
  each: { readonly name: string; readonly sides: readonly [number, number] },
  sides: PoolSize,
): number {
  poolShape(sides);
  const columns = each.sides[0] * each.sides[1];
  if (M.cols % columns === 0) return M.cols / columns;
  throw new RangeError(
    `${operation}: ${name} is ${size(M)}; needed ${each.name} = ${each.sides.join("·")} = ${columns} columns for each instance`,
  );
}

/** The sizes of the images that V goes back to, checked but for the places in `index`. */
export function maxTransposeForm(
  V: Matrix,
  index: Int32Array,
  shape: ImageShape,
  options: { readonly batch?: number } = {},
): Pick<PoolForm, "d" | "pixels" | "batch"> {
  const operation = "maxPoolTranspose";
  checkMatrix(operation, "V", V);
  checkObject(operation, "shape", shape, "{ a, b, d }");
  if (!(index instanceof Int32Array)) {
    throw new TypeError(`${operation}: index is ${kind(index)}; needed the Int32Array of maxPool`);
  }
  const { a, b, d } = shape;
  const { batch = 1 } = options;
  for (const [name, value] of Object.entries({ a, b, d, batch })) checkSize(operation, name, value);
  if (V.rows * V.cols !== index.length) {
    throw new RangeError(
      `${operation}: V is ${size(V)}, the index has ${index.length} places; needed as many`,
    );
  }
  if (V.rows === d && V.cols % batch === 0) return { d, pixels: a * b, batch };
  throw new RangeError(
    `${operation}: V is ${size(V)}; needed d = ${d} rows and as many columns for each of ${batch} instances`,
  );
}

/** Throws RangeError that names the first place of `index` that is not in the image of its instance. */
export function refusePlace(index: Int32Array, entries: number, batch: number): void {
  const each = index.length / batch;
  for (let l = 0; l < batch; l++) {
    const [first, behind] = [l * entries, (l + 1) * entries];
    for (let k = l * each; k < (l + 1) * each; k++) {
      if (index[k] >= first && index[k] < behind) continue;
      throw new RangeError(
        `maxPoolTranspose: index[${k}] = ${index[k]}; needed a place in vec(Z) of instance ${l + 1}, from ${first} to ${behind - 1}`,
      );
    }
  }
}

/**
 * The places in vec(Z) of the window that makes entry k of the pooled images. Pooling windows are φ of a one-channel
 * image with h = s = q; channel c of Z lies at c + d·place.
 */
export function windowPlaces({ a, b, d, q, aOut, bOut, pixels }: PoolForm): (k: number) => number[] {
  const index = phiIndex(convShape({ a, b, d: 1, h: q, s: q }));
  return (k) => {
    const [c, column] = [k % d, Math.floor(k / d)];
    const [window, l] = [column % (aOut * bOut), Math.floor(column / (aOut * bOut))];
    const start = window * q * q;
    return Array.from(index.subarray(start, start + q * q), (place) => c + d * (place + l * pixels));
  };
}

/** The place of the largest of the entries at the given places, the first of several; NaN wins, so that it is not lost. */
export function firstMaximum(z: ArrayLike<number>, places: readonly number[] | Int32Array): number {
  let best = places[0];
  for (const place of places)
    if (z[place] > z[best] || (Number.isNaN(z[place]) && !Number.isNaN(z[best]))) best = place;
  return best;
}
