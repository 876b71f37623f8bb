/**
 * `philab/numbers`: the public names that compute with numbers alone. It loads in less than a fifth of the time of all of
 * philab, for workers and pages: no mathjs, no derivations, no pictures. A name that is in both is the same, but that vec, mat,
 * phi, relu and reluPrime take typed arrays only, and that the problems of objective have no verify().
 */

export * from "./names.js";

// φ and σ, vec and mat, of typed arrays.

export { mat, vec } from "./numeric/matrix.js";
export { reluPrime } from "./numeric/relu.js";
export { relu } from "./operations/elementwise.js";
export { phi } from "./operations/fast.js";

// f(θ) of a network.

export { objective } from "./optimise/objective.js";
