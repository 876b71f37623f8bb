/** The public names, grouped as the lecture is. */

// The lecture's equations on numbers
export { convLinear } from "./layers/conv.js";
// mathjs
export { fromMath, toMath } from "./mathjs/convert.js";
// vec, mat, φ and σ also take mathjs matrices with exact or symbolic entries
export { mat, phi, relu, reluPrime, vec } from "./mathjs/lecture.js";
export type { LectureMath } from "./mathjs/math.js";
export { math } from "./mathjs/math.js";
export { symbolImage } from "./mathjs/symbols.js";
export type { Image, Matrix, MatrixOptions, Numbers } from "./numeric/matrix.js";
export { eye, fromRows, image, matrix, ones, toRows, transpose } from "./numeric/matrix.js";
export { add, dotMultiply, kron, multiply, scale, subtract } from "./numeric/multiply.js";
export { Ppad, pad, unpad } from "./numeric/pad.js";
export { Pphi, phiIndex, vTP } from "./numeric/phi.js";
export { avgPool, maxPool, maxPoolTranspose } from "./numeric/pool.js";
export type { Generator } from "./numeric/random.js";
export { generator, permutation, randomMatrix } from "./numeric/random.js";
export type { SparseMatrix, Triplets } from "./numeric/sparse.js";
export { sparse } from "./numeric/sparse.js";
// Sizes
export type { ConvShape, ImageShape, PoolShape } from "./shape.js";
export { convShape, poolShape } from "./shape.js";
