/** The public names, grouped as the lecture is. */

// The lecture's equations on numbers
export { convLinear } from "./layers/conv.js";
export type { Image, Matrix, MatrixOptions, Numbers } from "./numeric/matrix.js";
export { eye, fromRows, image, mat, matrix, ones, toRows, transpose, vec } from "./numeric/matrix.js";
export { add, dotMultiply, kron, multiply, scale, subtract } from "./numeric/multiply.js";
export { Ppad, pad, unpad } from "./numeric/pad.js";
export { Pphi, phi, phiIndex, vTP } from "./numeric/phi.js";
export { avgPool, maxPool, maxPoolTranspose } from "./numeric/pool.js";
export type { Generator } from "./numeric/random.js";
export { generator, permutation, randomMatrix } from "./numeric/random.js";
export { relu, reluPrime } from "./numeric/relu.js";
export type { SparseMatrix, Triplets } from "./numeric/sparse.js";
export { sparse } from "./numeric/sparse.js";
// Sizes
export type { ConvShape, ImageShape, PoolShape } from "./shape.js";
export { convShape, poolShape } from "./shape.js";
