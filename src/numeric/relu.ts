import { checkMatrix } from "./check.js";
import { type Matrix, zerosLike } from "./storage.js";

/** σ(S), eq. (2) and (3): max(x, 0) of every entry. */
export function relu(S: Matrix): Matrix {
  return map("relu", S, (x) => Math.max(x, 0));
}

/** σ′(S), eq. (3): 1 where the entry is > 0, else 0; so σ′(0) = 0. */
export function reluPrime(S: Matrix): Matrix {
  return map("reluPrime", S, (x) => (x > 0 ? 1 : 0));
}

function map(operation: string, S: Matrix, f: (x: number) => number): Matrix {
  checkMatrix(operation, "S", S);
  const Z = zerosLike(S, S.rows, S.cols);
  for (let k = 0; k < Z.data.length; k++) Z.data[k] = f(S.data[k]);
  return Z;
}
