/**
 * vec, mat, φ, σ and σ′ as the package offers them: typed arrays go to the reference (a large φ to the engine), mathjs
 * matrices keep their exact or symbolic entries.
 */

import type { Matrix as MathMatrix } from "mathjs";
import { mat as plainMat, vec as plainVec } from "../numeric/matrix.js";
import { reluPrime as plainReluPrime } from "../numeric/relu.js";
import type { Matrix, Numbers } from "../numeric/storage.js";
import type { Into } from "../numeric/target.js";
import { relu as plainRelu } from "../operations/elementwise.js";
import { phi as plainPhi } from "../operations/fast.js";
import type { ConvShape } from "../shape.js";
import { isMathMatrix } from "./bare.js";
import { matExact, phiExact, reluExact, reluPrimeExact, vecExact } from "./exact.js";

/**
 * vec(M), eq. (5): the columns of M stacked, rows·cols × 1; a Matrix's memory is shared.
 *
 * @example
 * vec(matrix([[1, 2], [3, 4]]))
 */
export function vec(M: Matrix): Matrix;
export function vec(M: MathMatrix): MathMatrix;
export function vec(M: Matrix | MathMatrix): Matrix | MathMatrix {
  return isMathMatrix(M) ? vecExact(M) : plainVec(M);
}

/**
 * mat(v)_{a×b}, eq. (5): the inverse of vec; a Matrix's memory is shared.
 * Throws RangeError unless v has a·b entries.
 *
 * @example
 * mat([1, 3, 2, 4], 2, 2)
 */
export function mat(v: Matrix | Numbers | readonly number[], a: number, b: number): Matrix;
export function mat(v: MathMatrix, a: number, b: number): MathMatrix;
export function mat(
  v: Matrix | Numbers | readonly number[] | MathMatrix,
  a: number,
  b: number,
): Matrix | MathMatrix {
  return isMathMatrix(v) ? matExact(v, a, b) : plainMat(v, a, b);
}

/**
 * φ(pad(Z)), eq. (4): column (p, q) is the h × h sub-image at output place (p, q); h h d × aOut·bOut.
 * Z is d × a·b, column-major. Throws RangeError unless Z has the shape's size.
 *
 * @example
 * const Z = matrix([[1, 2, 3, 4, 5, 6, 7, 8, 9]]);
 * phi(Z, convShape({ a: 3, b: 3, d: 1, h: 2 }))
 */
export function phi(Z: Matrix, shape: ConvShape, options?: Into): Matrix;
export function phi(Z: MathMatrix, shape: ConvShape): MathMatrix;
export function phi(Z: Matrix | MathMatrix, shape: ConvShape, options?: Into): Matrix | MathMatrix {
  return isMathMatrix(Z) ? phiExact(Z, shape) : plainPhi(Z, shape, options);
}

/**
 * σ(S), eq. (2) and (3): max(x, 0) of every entry; of a symbol it is the expression relu(x).
 *
 * @example
 * relu(matrix([[-1, 0, 2]]))
 */
export function relu(S: Matrix, options?: Into): Matrix;
export function relu(S: MathMatrix): MathMatrix;
export function relu(S: Matrix | MathMatrix, options?: Into): Matrix | MathMatrix {
  return isMathMatrix(S) ? reluExact(S) : plainRelu(S, options);
}

/**
 * σ′(S), eq. (3): 1 where the entry is > 0, else 0; so σ′(0) = 0.
 *
 * @example
 * reluPrime(matrix([[-1, 0, 2]]))
 */
export function reluPrime(S: Matrix): Matrix;
export function reluPrime(S: MathMatrix): MathMatrix;
export function reluPrime(S: Matrix | MathMatrix): Matrix | MathMatrix {
  return isMathMatrix(S) ? reluPrimeExact(S) : plainReluPrime(S);
}
