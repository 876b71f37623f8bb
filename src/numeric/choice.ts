/**
 * Max pooling and the way back through it and through σ before it, without places in vec(Z): for each entry of the pooled
 * images only which entry of its window it is. That is I ⊙ P_pool of X15 and X26, in numbers as many as the pooled images.
 */

import { maxPool, type PoolForm, type PoolSize, poolForm, poolTransposeForm, windowPlaces } from "./pool.js";
import { type Matrix, numbersOf, zerosLike } from "./storage.js";

/** What max pooling takes of each window. */
export interface ChosenPool {
  /** The largest: d × floor(a/q)·floor(b/q)·l. */
  readonly Z: Matrix;
  /** Which of its window it is, from 0, vertical place fastest; −1 where σ is flat there. As large as Z. */
  readonly choice: Matrix;
}

/**
 * The largest entry of each window of Z, and which it is; as maxPool, the first of several, and NaN wins. `isRelu`: Z is
 * σ(S) of eq. (3), so that nothing is chosen where the largest is not above 0: σ′ is 0 there. Throws as maxPool does.
 */
export function maxPoolChoice(Z: Matrix, size: PoolSize, isRelu: boolean): ChosenPool {
  const pooled = maxPool(Z, size);
  const choice = zerosLike(Z, pooled.Z.rows, pooled.Z.cols);
  const places = windowPlaces(poolForm("maxPool", Z, size));
  const largest = numbersOf(pooled.Z);
  for (let k = 0; k < largest.length; k++) {
    choice.data[k] = isRelu && !(largest[k] > 0) ? -1 : places(k).indexOf(pooled.index[k]);
  }
  return { Z: pooled.Z, choice };
}

/** (I ⊙ P_pool) vec(R) as images, X26: the entries of R that were chosen, 0 where none was; as large as `choice`. */
export function chosenEntries(R: Matrix, choice: Matrix, size: PoolSize): Matrix {
  const pooled = zerosLike(R, choice.rows, choice.cols);
  const r = numbersOf(R);
  eachChosen(choice, poolForm("chosenEntries", R, size), (k, place) => {
    pooled.data[k] = r[place];
  });
  return pooled;
}

/** mat((I ⊙ P_pool)ᵀ vec(V)), X15: each entry of V where it was chosen, 0 elsewhere; d × a·b·l. */
export function chosenTranspose(V: Matrix, choice: Matrix, size: PoolSize): Matrix {
  const form = poolTransposeForm("chosenTranspose", V, size);
  const Z = zerosLike(V, form.d, form.pixels * form.batch);
  const v = numbersOf(V);
  eachChosen(choice, form, (k, place) => {
    Z.data[place] = v[k];
  });
  return Z;
}

/** Calls `take` with each entry of the pooled images that has one, and its place in vec(Z). */
function eachChosen(choice: Matrix, form: PoolForm, take: (k: number, place: number) => void): void {
  const places = windowPlaces(form);
  numbersOf(choice).forEach((which, k) => {
    if (which >= 0) take(k, places(k)[which]);
  });
}
