/** The layer as its equations say it, φ(Z) written out: the plain reference that the engine is compared with. */

import { transpose } from "../numeric/matrix.js";
import { add, addColumn, multiply } from "../numeric/multiply.js";
import { phi, vTP } from "../numeric/phi.js";
import { relu } from "../numeric/relu.js";
import { areFloat32, columnMajor, type Matrix, type Numbers, zerosLike } from "../numeric/storage.js";
import type { ConvShape } from "../shape.js";
import {
  type ConvGradients,
  type ConvOptions,
  type ConvProblem,
  checkBias,
  checkOutputGradient,
  convProblem,
} from "./convProblem.js";

/** S = W φ(Z) + b 1ᵀ, eq. (1), group by group and instance by instance; arguments and errors as convLinear's. */
export function convLinearReference(
  W: Matrix,
  b: Matrix | Numbers | readonly number[],
  Z: Matrix,
  shape: ConvShape,
  options: ConvOptions = {},
): Matrix {
  const problem = convProblem("convLinear", W, Z, shape, options);
  const bias = checkBias("convLinear", b, problem);
  const { dOut, part, batch } = problem;
  const S = zerosLike(commonPrecision(W, bias, Z), dOut, part.aOut * part.bOut * batch);
  for (const { inputs, outputs, places, pixels } of blocks(problem)) {
    const phiZ = phi(block(Z, inputs, pixels), part);
    const Sg = addColumn(multiply(rowsOf(W, outputs), phiZ), rowsOf(bias, outputs));
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
  const dW = zerosLike(like, W.rows, W.cols);
  const db = zerosLike(like, W.rows, 1);
  const dZ = zerosLike(like, Z.rows, Z.cols);
  for (const { inputs, outputs, places, pixels } of blocks(problem)) {
    const Wg = rowsOf(W, outputs);
    const dSg = block(dS, outputs, places);
    const one = columnMajor(dSg.cols, 1, zerosLike(dSg, dSg.cols, 1).data.fill(1));
    const phiZ = phi(block(Z, inputs, pixels), problem.part);
    addBlock(dW, multiply(dSg, transpose(phiZ)), outputs); // X16
    addBlock(db, multiply(dSg, one), outputs); // X17
    putBlock(dZ, vTP(multiply(transpose(Wg), dSg), problem.part), inputs, pixels); // X18
  }
  return { W: dW, b: db, Z: dZ };
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
