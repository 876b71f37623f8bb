import { checkMatrix } from "./check.js";
import { type Matrix, numbersOf, zerosLike } from "./storage.js";

/** σ′(S), eq. (3): 1 where the entry is > 0, else 0; so σ′(0) = 0. */
export function reluPrime(S: Matrix): Matrix {
  checkMatrix("reluPrime", "S", S);
  const [I, s] = [zerosLike(S, S.rows, S.cols), numbersOf(S)];
  for (let k = 0; k < s.length; k++) I.data[k] = s[k] > 0 ? 1 : 0;
  return I;
}
