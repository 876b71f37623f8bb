/** What a convolution layer is given, checked once for forward, backward, reference and engine. */

import { checkMatrix, column } from "../numeric/check.js";
import { type Matrix, type Numbers, size } from "../numeric/storage.js";
import type { Into } from "../numeric/target.js";
import { type ConvShape, checkConvSizes, checkObject, checkSize, convShape, phiRows } from "../shape.js";
import { Recent } from "./recent.js";

/** How a layer is to be computed; every one may be left out. */
export interface ConvOptions {
  /** The channels fall into this many groups that do not see each other (AlexNet's conv2 has 2). Default 1. */
  readonly groups?: number;
  /** Z holds this many instances side by side: d × a·b·l, the same memory as d a b × l. Default 1. */
  readonly batch?: number;
  /**
   * "exact": products and sums only, in a fixed order. Left out: also Winograd's F(2 × 2, 3 × 3), whose error is no
   * larger than the direct sum's (of the largest entry 3e-7 to 8e-7 in float32, 3e-16 to 2e-15 in float64). "fast":
   * also F(4 × 4, 3 × 3) and F(2 × 2, 5 × 5), whose error is some 1e-5 of the largest entry in float32, 1e-14 in
   * float64. By Winograd's forms an infinity or NaN in Z reaches all outputs of its tile, not only those that see it.
   */
  readonly accuracy?: "exact" | "fast";
  /** σ applied to S at once, eq. (2): Z^out = max(S, 0). Forward only. */
  readonly relu?: boolean;
  /** How many threads may work; the result has the same bits for any number. Default: what the machine has. */
  readonly threads?: number;
}

/** How S is to be computed, and where. */
export interface ConvLinearOptions extends ConvOptions, Into {
  /**
   * S := addTo + W φ(Z) + b 1ᵀ, as in the tangent Jv (X26); σ comes after the sum. A matrix of S's size and precision,
   * which may be `into` itself: then it is added to what is there.
   */
  readonly addTo?: Matrix;
}

/** How convGradients is to compute. */
export interface ConvGradientsOptions extends ConvOptions {
  /** What an earlier call returned, or other matrices of these sizes: the gradients are written into them. */
  readonly into?: ConvGradients;
}

/** How one gradient is to be computed. */
export interface ConvGradientOptions extends ConvOptions, Into {}

/** One layer's sizes, whole and per group, with every option decided. */
export interface ConvProblem extends Required<Pick<ConvOptions, "groups" | "batch">> {
  readonly relu: boolean;
  readonly threads: number | undefined;
  readonly accuracy: "exact" | "fast" | "default";
  /** The image of one instance, all channels. */
  readonly shape: ConvShape;
  /** The image that one group sees: d/groups channels. */
  readonly part: ConvShape;
  readonly dOut: number;
}

/** The gradients of a loss ξ with respect to W, b and Z, each of the size of what it belongs to. */
export interface ConvGradients {
  /** ∂ξ/∂W, of W's size. */
  readonly W: Matrix;
  /** ∂ξ/∂b, dOut × 1. */
  readonly b: Matrix;
  /** ∂ξ/∂Z, of Z's size. */
  readonly Z: Matrix;
}

/**
 * Sizes and options of a layer: the same object for the same ones, as long as they are among those asked for last, so
 * that what is worked out for it can be kept with it. Throws TypeError or RangeError that names what does not fit.
 */
export function convProblem(
  operation: string,
  W: Matrix,
  Z: Matrix,
  given: ConvShape,
  options: ConvOptions = {},
): ConvProblem {
  checkMatrix(operation, "W", W);
  checkMatrix(operation, "Z", Z);
  const problem = problemOf(operation, W.rows, given, options);
  checkImages(operation, Z, problem);
  checkFilters(operation, W, problem);
  return problem;
}

/** The same where dOut is known; its matrices are still to be checked. */
export function problemOf(
  operation: string,
  dOut: number,
  given: ConvShape,
  options: ConvOptions,
): ConvProblem {
  checkConvSizes(operation, "shape", given);
  checkObject(operation, "the options", options, "{ groups, batch, accuracy, relu, threads }");
  const problem = asked(given, options, dOut) ?? newProblem(operation, dOut, given, options);
  known.remember(problem);
  return problem;
}

const known = new Recent<ConvProblem>();

/** The problem of these sizes and options, where it is known. */
function asked(given: ConvShape, options: ConvOptions, dOut: number): ConvProblem | undefined {
  const { a, b, d, h, s = 1, pad = 0 } = given;
  const { groups = 1, batch = 1, accuracy, relu = false, threads } = options;
  return known.find((problem) => {
    const { shape } = problem;
    if (shape.a !== a || shape.b !== b || shape.d !== d || shape.h !== h) return false;
    if (shape.s !== s || shape.pad !== pad || problem.dOut !== dOut || problem.batch !== batch) return false;
    if (problem.groups !== groups || problem.relu !== relu) return false;
    const wanted = problem.accuracy === "default" ? undefined : problem.accuracy;
    return wanted === accuracy && problem.threads === threads;
  });
}

function newProblem(operation: string, dOut: number, given: ConvShape, options: ConvOptions): ConvProblem {
  const { groups = 1, batch = 1, accuracy = "default", relu = false, threads } = options;
  const shape = convShape(given);
  for (const [name, value] of Object.entries({ groups, batch, threads: threads ?? 1 })) {
    checkSize(operation, name, value);
  }
  checkAccuracy(operation, options.accuracy);
  checkGroups(operation, groups, shape.d, dOut);
  const part = convShape({ ...shape, d: shape.d / groups });
  return { shape, part, dOut, groups, batch, accuracy, relu, threads };
}

/** The layer whose filters' gradient is dS φ(Z)ᵀ. */
export function filterProblem(Z: Matrix, dS: Matrix, shape: ConvShape, options: ConvOptions): ConvProblem {
  const operation = "convFilterGradient";
  checkMatrix(operation, "Z", Z);
  const problem = gradientProblem(operation, dS, shape, options);
  checkImages(operation, Z, problem);
  return problem;
}

/** The layer whose bias's gradient is dS 1. */
export function biasProblem(dS: Matrix, shape: ConvShape, options: ConvOptions): ConvProblem {
  return gradientProblem("convBiasGradient", dS, shape, options);
}

/** The layer whose images' gradient is Wᵀ dS, sent back by P_φ and P_pad. */
export function imageProblem(W: Matrix, dS: Matrix, shape: ConvShape, options: ConvOptions): ConvProblem {
  const operation = "convImageGradient";
  checkMatrix(operation, "W", W);
  checkMatrix(operation, "dS", dS);
  const problem = problemOf(operation, W.rows, shape, options);
  checkFilters(operation, W, problem);
  checkOutputGradient(operation, dS, problem);
  return problem;
}

/** The layer of a gradient that W has no part in: dOut is read off dS. */
function gradientProblem(operation: string, dS: Matrix, shape: ConvShape, options: ConvOptions): ConvProblem {
  checkMatrix(operation, "dS", dS);
  const problem = problemOf(operation, dS.rows, shape, options);
  checkOutputGradient(operation, dS, problem);
  return problem;
}

/** b as a column of dOut numbers. Throws RangeError for another length. */
export function checkBias(
  operation: string,
  b: Matrix | Numbers | readonly number[],
  problem: ConvProblem,
): Matrix {
  const bias = column(operation, "b", b);
  if (bias.rows === problem.dOut) return bias;
  throw new RangeError(
    `${operation}: b has ${bias.rows} entries; needed one for each of W's ${problem.dOut} rows`,
  );
}

/** Throws unless dS has the size of S: dOut × aOut·bOut·l. */
export function checkOutputGradient(
  operation: string,
  dS: Matrix,
  { dOut, shape, batch }: ConvProblem,
): void {
  checkMatrix(operation, "dS", dS);
  checkSides(operation, "dS", dS, dOut, shape.aOut * shape.bOut * batch);
}

/** Throws unless Z has the size of the images: d × a·b·l. */
export function checkImages(operation: string, Z: Matrix, { shape, batch }: ConvProblem): void {
  checkSides(operation, "Z", Z, shape.d, shape.a * shape.b * batch);
}

function checkSides(operation: string, name: string, M: Matrix, rows: number, cols: number): void {
  if (M.rows === rows && M.cols === cols) return;
  throw new RangeError(`${operation}: ${name} is ${size(M)}; the shape needs ${rows} × ${cols}`);
}

/** Throws unless W has a column for each entry of a group's sub-image. */
export function checkFilters(operation: string, W: Matrix, { part, groups }: ConvProblem): void {
  const needed = phiRows(part);
  if (W.cols === needed) return;
  const what = groups === 1 ? "h h d" : "h h d/groups";
  throw new RangeError(`${operation}: W is ${size(W)}; the shape needs ${what} = ${needed} columns`);
}

function checkGroups(operation: string, groups: number, d: number, dOut: number): void {
  if (d % groups === 0 && dOut % groups === 0) return;
  throw new RangeError(
    `${operation}: groups = ${groups} must divide the channels: d = ${d} and W's ${dOut} rows`,
  );
}

function checkAccuracy(operation: string, accuracy: unknown): void {
  if (accuracy === undefined || accuracy === "exact" || accuracy === "fast") return;
  throw new RangeError(`${operation}: accuracy = ${String(accuracy)}; needed "exact" or "fast", or nothing`);
}
