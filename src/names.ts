/** The public names that philab and philab/numbers have in common: what computes with numbers alone. */

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

// Networks and training: layers, θ, f(θ) and its derivatives, Newton-CG, SG, Adam.

export type { ConvLayerSize } from "./layers/declared.js";
export type { Layer, LayerPool, PoolKind } from "./layers/layer.js";
export type { Network, NetworkSize } from "./network/network.js";
export { network } from "./network/network.js";
export type { AdamOptions } from "./optimise/adam.js";
export { adam, adamSteps } from "./optimise/adam.js";
export type { Progress } from "./optimise/clock.js";
export type { Dtype, Instances } from "./optimise/data.js";
export type { Linearised } from "./optimise/linearised.js";
export type { InstanceLoss, LossName } from "./optimise/loss.js";

export { newton, newtonSteps } from "./optimise/newton.js";
export type { NewtonEntry, NewtonOptions, NewtonState } from "./optimise/newtonOptions.js";
export type { ObjectiveOptions, Problem, SubsetOptions, Vector } from "./optimise/objective.js";
export type { Trained, TrainingRun } from "./optimise/run.js";
export type { SgdOptions } from "./optimise/sgd.js";
export { sgd, sgdSteps } from "./optimise/sgd.js";
export type { StochasticEntry, StochasticOptions, StochasticState } from "./optimise/stochastic.js";
export type { Best, StopOptions, TraceEntry, TrainingOptions, TrainingState } from "./optimise/training.js";
export { TrainingError } from "./optimise/training.js";

// The engine that computes layers, and its memory.

export { engineAccuracy } from "./engine/operations/accuracy.js";
export type { EngineInfo } from "./engine/operations/info.js";
export { engineInfo } from "./engine/operations/info.js";
export { frozen, release, resident } from "./engine/operations/resident.js";
export { scope } from "./engine/operations/scope.js";

// Seeded numbers.

export type { SeededGenerator } from "./numeric/random.js";
export { generator, permutation, randomMatrix } from "./numeric/random.js";
