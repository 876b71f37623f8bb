/** Before anything is timed: the fast path equals the plain reference. */

import { type Matrix, type Numbers, zerosLike } from "../../src/numeric/storage.js";
import type { ConvGradients } from "../../src/operations/convProblem.js";
import { addBlock, block, type Part } from "./blocks.js";
import { reference } from "./ours.js";
import type { Problem } from "./problem.js";

/** Whoever computes a layer: S, and dW, db and dZ; `release` gives results back that nobody will read. */
export interface Conv {
  forward(problem: Problem): Matrix;
  gradients(problem: Problem): ConvGradients;
  release(...results: Matrix[]): void;
}

/** How many filters of each group the reference computes: all of them would take it minutes. */
const filtersPerGroup = 4;

/**
 * Compares S, dW, db and dZ of a full-size layer with the reference on a slice: a few filters of each group in the
 * first and the last instance. dS is 0 elsewhere, so that dZ follows from the slice, and the rest of dW and db is 0.
 * Throws an Error that names the matrix and the error, relative to its largest entry, where it is above `tolerance`.
 */
export function checkConv(conv: Conv, whole: Problem, tolerance: number): void {
  const slice = sliceOf(whole);
  const masked = { ...whole, dS: spread(whole.dS, slice.S, slice.problem.dS) };
  const { W, b, Z } = conv.gradients(masked);
  const expected = reference.gradients(slice.problem);
  const S = gathered(conv.forward(whole), slice.S, slice.problem.dS);
  compare("S", whole, S, reference.forward(slice.problem), tolerance);
  compare("dW", whole, W, spread(W, slice.W, expected.W), tolerance);
  compare("db", whole, b, spread(b, slice.b, expected.b), tolerance);
  compare("dZ", whole, Z, spread(Z, slice.Z, expected.Z), tolerance);
}

/** A block of a full matrix, and where it lies in the slice's. */
type Pair = readonly [whole: Part, slice: Part];

interface Slice {
  readonly problem: Problem;
  readonly W: readonly Pair[];
  readonly b: readonly Pair[];
  readonly Z: readonly Pair[];
  readonly S: readonly Pair[];
}

function sliceOf(whole: Problem): Slice {
  const { layer, batch, W, b, Z, dS } = whole;
  const instances = batch === 1 ? [0] : [0, batch - 1];
  const per = Math.min(filtersPerGroup, layer.dOut / layer.groups);
  const groups = Array.from({ length: layer.groups }, (_, g) => g);
  const filters = (M: Matrix): Pair[] =>
    groups.map((g) =>
      rowsMoved((g * layer.dOut) / layer.groups, g * per, { rows: per, from: 0, cols: M.cols }),
    );
  const pixels = layer.shape.a * layer.shape.b;
  const places = layer.shape.aOut * layer.shape.bOut;
  const images = instances.map((l, at) =>
    columnsMoved(l * pixels, at * pixels, { top: 0, rows: Z.rows, cols: pixels }),
  );
  const outputs = instances.flatMap((l, at) =>
    filters(dS).map(
      ([from, to]): Pair => [
        { ...from, from: l * places, cols: places },
        { ...to, from: at * places, cols: places },
      ],
    ),
  );
  const rows = per * layer.groups;
  const problem: Problem = {
    layer: { ...layer, dOut: rows },
    batch: instances.length,
    W: gathered(W, filters(W), { rows, cols: W.cols }),
    b: gathered(b, filters(b), { rows, cols: 1 }),
    Z: gathered(Z, images, { rows: Z.rows, cols: pixels * instances.length }),
    dS: gathered(dS, outputs, { rows, cols: places * instances.length }),
  };
  return { problem, W: filters(W), b: filters(b), Z: images, S: outputs };
}

function rowsMoved(top: number, to: number, rest: Omit<Part, "top">): Pair {
  return [
    { ...rest, top },
    { ...rest, top: to },
  ];
}

function columnsMoved(from: number, to: number, rest: Omit<Part, "from">): Pair {
  return [
    { ...rest, from },
    { ...rest, from: to },
  ];
}

/** The slice of M, put together. */
function gathered(M: Matrix, pairs: readonly Pair[], { rows, cols }: { rows: number; cols: number }): Matrix {
  const slice = zerosLike(M, rows, cols);
  for (const [from, to] of pairs) addBlock(slice, to, block(M, from));
  return slice;
}

/** A matrix of M's size that holds the slice at its places and 0 elsewhere. */
function spread(M: Matrix, pairs: readonly Pair[], slice: Matrix): Matrix {
  const whole = zerosLike(M, M.rows, M.cols);
  for (const [to, from] of pairs) addBlock(whole, to, block(slice, from));
  return whole;
}

function compare(
  name: string,
  { layer, batch }: Problem,
  M: Matrix,
  expected: Matrix,
  tolerance: number,
): void {
  const error = relativeError(M.data, expected.data);
  if (error <= tolerance) return; // NaN is not
  throw new Error(
    `${layer.name}, batch ${batch}: ${name} differs from the reference by ${error.toExponential(1)} ` +
      `of its largest entry; at most ${tolerance} was allowed`,
  );
}

/** max |x − y| / max |y|; NaN where the lengths differ. */
export function relativeError(x: Numbers, y: Numbers): number {
  if (x.length !== y.length) return Number.NaN;
  let [difference, largest] = [0, 0];
  for (let k = 0; k < y.length; k++) {
    const distance = Math.abs(x[k]! - y[k]!);
    if (!(distance <= difference)) difference = distance; // NaN stays
    largest = Math.max(largest, Math.abs(y[k]!));
  }
  return difference / largest;
}
