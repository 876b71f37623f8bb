/** The public names, grouped as the lecture is. */

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

// Eq. (1) to (5): the layer, σ, φ and P_φ, vec and mat; these also take mathjs matrices with exact entries.

export { mat, phi, relu, reluPrime, vec } from "./mathjs/eitherMatrix.js";
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

// Derivations: names declared, statements proved, formulas derived and run.

export type { Formula, Lecture, TaggedVerdict } from "./lecture/lecture.js";
export { lecture } from "./lecture/lecture.js";
export { verifyCertificate } from "./symbolic/check/certificate.js";
export type { Certificate } from "./symbolic/check/check.js";
export type { Verdict } from "./symbolic/check/verdict.js";
export { StepError } from "./symbolic/derive/derive.js";
export type { Exercise, ExerciseOptions } from "./symbolic/exercise/exercise.js";
export { ExerciseError } from "./symbolic/exercise/exercise.js";
export type { Answer, Hint } from "./symbolic/exercise/exerciseSheet.js";
export { ParseError } from "./symbolic/language/parse.js";
export { ShapeError } from "./symbolic/world/shapes.js";
export type { Values } from "./verify/sizes.js";

// mathjs, and the way there and back.

export { fromMath, toMath } from "./mathjs/convert.js";
export type { LectureMath } from "./mathjs/math.js";
export { math } from "./mathjs/math.js";
export { symbolImage } from "./mathjs/symbols.js";

// Pictures and text.

export { explorePhi } from "./mime/explorePhi.js";
export type { Figure } from "./mime/figure.js";
export { plot } from "./mime/plot.js";
export { md, tex } from "./mime/text.js";

// Data and seeded numbers.

export type { Digits } from "./data/digits.js";
export { digits } from "./data/digits.js";
export { photograph } from "./data/photograph.js";
export type { SeededGenerator } from "./numeric/random.js";
export { generator, permutation, randomMatrix } from "./numeric/random.js";
