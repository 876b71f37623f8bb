/** The layer as its equations say it, φ(Z) written out: the plain reference that the engine is compared with. */

import { add, relu } from "../numeric/elementwise.js";
import { transpose } from "../numeric/matrix.js";
import { addColumn, multiply } from "../numeric/multiply.js";
import { phi, vTP } from "../numeric/phi.js";
import { areFloat32, columnMajor, type Matrix, type Numbers, zerosLike } from "../numeric/storage.js";
import { type ConvShape, phiRows } from "../shape.js";
import {
  biasProblem,
  type ConvGradients,
  type ConvLinearOptions,
  type ConvOptions,
  type ConvProblem,
  checkBias,
  checkOutputGradient,
  convProblem,
  filterProblem,
  imageProblem,
} from "./convProblem.js";

/** S = W φ(Z) + b 1ᵀ, eq. (1), group by group and instance by instance; arguments and errors as convLinear's. */
export function convLinearReference(
  W: Matrix,
  b: Matrix | Numbers | readonly number[],
  Z: Matrix,
  shape: ConvShape,
  options: ConvLinearOptions = {},
): Matrix {
  const problem = convProblem("convLinear", W, Z, shape, options);
  const bias = checkBias("convLinear", b, problem);
  const { dOut, part, batch } = problem;
  const { addTo } = options;
  const S = zerosLike(commonPrecision(W, bias, Z), dOut, part.aOut * part.bOut * batch);
  for (const { inputs, outputs, places, pixels } of blocks(problem)) {
    const phiZ = phi(block(Z, inputs, pixels), part);
    const product = addColumn(multiply(rowsOf(W, outputs), phiZ), rowsOf(bias, outputs));
    const Sg = addTo === undefined ? product : add(product, block(addTo, outputs, places));
    putBlock(S, problem.relu ? relu(Sg) : Sg, outputs, places);
  }
  return S;
}

/** X16 to X18, group by group and instance by instance; arguments and errors as convGradients'. */
export function convGradientsReference(
  W: Matrix,
  Z: Matrix,
  dS: Matrix,
  shape: ConvShape,
  options: ConvOptions = {},
): ConvGradients {
  const problem = convProblem("convGradients", W, Z, shape, options);
  checkOutputGradient("convGradients", dS, problem);
  const like = commonPrecision(W, Z, dS);
  return {
    W: filterGradient(problem, like, Z, dS),
    b: biasGradient(problem, like, dS),
    Z: imageGradient(problem, like, W, dS),
  };
}

/** X16; arguments and errors as convFilterGradient's. */
export function convFilterGradientReference(
  Z: Matrix,
  dS: Matrix,
  shape: ConvShape,
  options: ConvOptions = {},
): Matrix {
  return filterGradient(filterProblem(Z, dS, shape, options), commonPrecision(Z, dS), Z, dS);
}

/** X17; arguments and errors as convBiasGradient's. */
export function convBiasGradientReference(dS: Matrix, shape: ConvShape, options: ConvOptions = {}): Matrix {
  return biasGradient(biasProblem(dS, shape, options), dS, dS);
}

/** X18; arguments and errors as convImageGradient's. */
export function convImageGradientReference(
  W: Matrix,
  dS: Matrix,
  shape: ConvShape,
  options: ConvOptions = {},
): Matrix {
  return imageGradient(imageProblem(W, dS, shape, options), commonPrecision(W, dS), W, dS);
}

/** dS φ(Z)ᵀ, X16, in the precision of `like`. */
function filterGradient(problem: ConvProblem, like: Matrix, Z: Matrix, dS: Matrix): Matrix {
  const { part, dOut } = problem;
  const dW = zerosLike(like, dOut, phiRows(part));
  for (const { inputs, outputs, places, pixels } of blocks(problem)) {
    const phiZ = phi(block(Z, inputs, pixels), part);
    addBlock(dW, multiply(block(dS, outputs, places), transpose(phiZ)), outputs);
  }
  return dW;
}

/** dS 1, X17. */
function biasGradient(problem: ConvProblem, like: Matrix, dS: Matrix): Matrix {
  const db = zerosLike(like, problem.dOut, 1);
  for (const { outputs, places } of blocks(problem)) {
    const dSg = block(dS, outputs, places);
    const one = columnMajor(dSg.cols, 1, zerosLike(dSg, dSg.cols, 1).data.fill(1));
    addBlock(db, multiply(dSg, one), outputs);
  }
  return db;
}

/** (vec(Wᵀ dS)ᵀ P_φ P_pad)ᵀ, X18. */
function imageGradient(problem: ConvProblem, like: Matrix, W: Matrix, dS: Matrix): Matrix {
  const { shape, part, batch } = problem;
  const dZ = zerosLike(like, shape.d, shape.a * shape.b * batch);
  for (const { inputs, outputs, places, pixels } of blocks(problem)) {
    const V = multiply(transpose(rowsOf(W, outputs)), block(dS, outputs, places));
    putBlock(dZ, vTP(V, part), inputs, pixels);
  }
  return dZ;
}

/** A stretch of rows or columns: the first, and how many. */
interface Stretch {
  readonly from: number;
  readonly count: number;
}

/** Each group of each instance: its channels in Z and in S, its pixels in Z and its output places in S. */
function* blocks(
  problem: ConvProblem,
): Generator<Record<"inputs" | "outputs" | "pixels" | "places", Stretch>> {
  const { part, dOut, groups, batch } = problem;
  for (let l = 0; l < batch; l++) {
    for (let g = 0; g < groups; g++) {
      yield {
        inputs: stretch(g, part.d),
        outputs: stretch(g, dOut / groups),
        pixels: stretch(l, part.a * part.b),
        places: stretch(l, part.aOut * part.bOut),
      };
    }
  }
}

function stretch(number: number, count: number): Stretch {
  return { from: number * count, count };
}

function rowsOf(M: Matrix, rows: Stretch): Matrix {
  return block(M, rows, { from: 0, count: M.cols });
}

function block(M: Matrix, rows: Stretch, cols: Stretch): Matrix {
  const B = zerosLike(M, rows.count, cols.count);
  for (let j = 0; j < cols.count; j++) {
    const at = rows.from + M.rows * (cols.from + j);
    B.data.set(M.data.subarray(at, at + rows.count), rows.count * j);
  }
  return B;
}

function putBlock(M: Matrix, B: Matrix, rows: Stretch, cols: Stretch): void {
  for (let j = 0; j < B.cols; j++) {
    M.data.set(B.data.subarray(B.rows * j, B.rows * (j + 1)), rows.from + M.rows * (cols.from + j));
  }
}

function addBlock(M: Matrix, B: Matrix, rows: Stretch): void {
  const cols = { from: 0, count: M.cols };
  putBlock(M, add(rowsOf(M, rows), B), rows, cols);
}

/** The first that is not float32, or the last: zerosLike it is float32 only where all are. */
function commonPrecision(...matrices: Matrix[]): Matrix {
  return matrices.find((M) => !areFloat32(M)) ?? matrices[0];
}
