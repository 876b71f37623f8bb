/**
 * `philab/numbers`: the public names that compute with numbers alone. It loads in a fifth of the time of all of philab,
 * for workers and pages: no mathjs, no derivations, no pictures. A name that is in both is the same, but that vec, mat,
 * phi, relu and reluPrime take typed arrays only.
 */

// Sizes: a, b, d, h, s, padding, and what follows from them.

export type { ConvShape, ImageShape, PoolShape } from "./shape.js";
export { convShape, poolShape } from "./shape.js";

// Matrices, column by column.

export type { ImageMatrix } from "./numeric/image.js";
export { channel, image } from "./numeric/image.js";
export type { MatrixOptions } from "./numeric/matrix.js";
export { eye, fromRows, matrix, ones, toRows, transpose } from "./numeric/matrix.js";
export { maxAbs, sum } from "./numeric/measure.js";
export { kron } from "./numeric/multiply.js";
export type { SparseMatrix, Triplets } from "./numeric/sparse.js";
export { sparse } from "./numeric/sparse.js";
export type { Matrix, Numbers } from "./numeric/storage.js";
export type { Into } from "./numeric/target.js";
export { add, axpy, dot, dotMultiply, scale, subtract } from "./operations/elementwise.js";
export { multiply } from "./operations/fast.js";

// Eq. (1) to (5): the layer, σ, φ and P_φ, vec and mat.

export { mat, vec } from "./numeric/matrix.js";
export { Ppad, pad, unpad } from "./numeric/pad.js";
export { Pphi, phiIndex } from "./numeric/phi.js";
export { reluPrime } from "./numeric/relu.js";
export {
  convBiasGradient,
  convFilterGradient,
  convGradients,
  convImageGradient,
  convLinear,
} from "./operations/conv.js";
export type {
  ConvGradientOptions,
  ConvGradients,
  ConvGradientsOptions,
  ConvLinearOptions,
  ConvOptions,
} from "./operations/convProblem.js";
export { relu, reluGradient } from "./operations/elementwise.js";
export { phi, vTP } from "./operations/fast.js";
export type { NativeBackend } from "./operations/native.js";
export { nativeBackend } from "./operations/native.js";

// Where the lecture goes on: pooling.

export type { MaxPooled, PoolSize } from "./numeric/pool.js";
export { avgPool, avgPoolTranspose, maxPool, maxPoolTranspose } from "./operations/pool.js";

// The engine that computes layers, and its memory.

export { engineAccuracy } from "./engine/operations/accuracy.js";
export type { EngineInfo } from "./engine/operations/info.js";
export { engineInfo } from "./engine/operations/info.js";
export { frozen, release, resident } from "./engine/operations/resident.js";
export { scope } from "./engine/operations/scope.js";

// Seeded numbers.

export type { SeededGenerator } from "./numeric/random.js";
export { generator, permutation, randomMatrix } from "./numeric/random.js";
