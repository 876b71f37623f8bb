/** The public names that philab and philab/numbers have in common: what computes with numbers alone. */

// Sizes: a, b, d, h, s, padding, and what follows from them.

export type { ConvShape, ImageShape, PoolShape } from "./shape.js";
export { convShape, poolShape } from "./shape.js";

// Matrices, column by column.

export type { Image } from "./numeric/image.js";
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

// Eq. (1) to (5): the layer and its gradients, P_φ and padding.

export { Ppad, pad, unpad } from "./numeric/pad.js";
export { Pphi, phiIndex } from "./numeric/phi.js";
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
export { reluGradient } from "./operations/elementwise.js";
export { vTP } from "./operations/fast.js";
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

export type { Generator } from "./numeric/random.js";
export { generator, permutation, randomMatrix } from "./numeric/random.js";
