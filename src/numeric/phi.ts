/** φ and P_φ, eq. (4): the only index arithmetic of the package; padding is the frame around it. */

import { type ConvShape, checkConvSizes, checkSize, convShape, phiCols, phiRows } from "../shape.js";
import { checkMatrix } from "./check.js";
import { pad, unpad } from "./pad.js";
import { type SparseMatrix, selection } from "./sparse.js";
import { type Matrix, size, zerosLike } from "./storage.js";

/**
 * Where vec(φ(pad(Z))) lies in vec(pad(Z)), 0-based: the entry of row (i, j, c) and column (p, q) is read at
 * c + d((p·s + i) + aPad(q·s + j)). An outer sum of two short vectors: which sub-image, and where in it.
 * Throws RangeError where an index would not fit 32 bits.
 *
 * @example
 * phiIndex(convShape({ a: 3, b: 3, d: 1, h: 2 }))
 */
export function phiIndex(shape: ConvShape): Int32Array {
  const whole = checkShape("phiIndex", shape);
  const index = new Int32Array(phiRows(whole) * phiCols(whole));
  let at = 0;
  for (const start of outputPlaces(whole)) for (const offset of subImage(whole)) index[at++] = start + offset;
  return index;
}

/** φ(pad(Z)), eq. (4): column (p, q) is the h × h sub-image at output place (p, q); h h d × aOut·bOut. */
export function phi(Z: Matrix, shape: ConvShape): Matrix {
  const whole = checkShape("phi", shape);
  checkImage("phi", "Z", Z, { rows: whole.d, cols: whole.a * whole.b });
  const index = phiIndex(whole);
  const phiZ = zerosLike(Z, phiRows(whole), phiCols(whole));
  const z = pad(Z, whole).data;
  for (let k = 0; k < index.length; k++) phiZ.data[k] = z[index[k]];
  return phiZ;
}

/** (vec(V)ᵀ P_φ P_pad)ᵀ as an image: each entry of V is added to the pixel that φ read it from; d × a·b. */
export function vTP(V: Matrix, shape: ConvShape): Matrix {
  const whole = checkShape("vTP", shape);
  checkImage("vTP", "V", V, { rows: phiRows(whole), cols: phiCols(whole) });
  const index = phiIndex(whole);
  const Z = zerosLike(V, whole.d, whole.aPad * whole.bPad);
  for (let k = 0; k < index.length; k++) Z.data[index[k]] += V.data[k];
  return unpad(Z, whole);
}

/**
 * P_φ, eq. (4): 0/1, one 1 in each row; h h d aOut bOut × d aPad bPad, it reads the padded image.
 *
 * @example
 * Pphi(convShape({ a: 3, b: 3, d: 1, h: 2 }))
 */
export function Pphi(shape: ConvShape): SparseMatrix {
  const whole = checkShape("Pphi", shape);
  return selection(phiIndex(whole), whole.d * whole.aPad * whole.bPad);
}

/** Where the sub-image of each output place starts in vec(pad(Z)), the vertical place p fastest. */
function* outputPlaces({ aOut, bOut, aPad, d, s }: ConvShape): Generator<number> {
  for (let q = 0; q < bOut; q++) for (let p = 0; p < aOut; p++) yield d * s * (p + aPad * q);
}

/** The places of one sub-image, from its start: the vertical offset i fastest, then j, the channel c slowest. */
function* subImage({ h, d, aPad }: ConvShape): Generator<number> {
  for (let c = 0; c < d; c++) {
    for (let j = 0; j < h; j++) for (let i = 0; i < h; i++) yield c + d * (i + aPad * j);
  }
}

/** The shape made whole again from its six numbers, so that a hand-written or stale one cannot disagree with itself. */
function checkShape(operation: string, shape: ConvShape): ConvShape {
  checkConvSizes(operation, "shape", shape);
  const whole = convShape(shape);
  checkSize(operation, "the size of vec(φ(Z)), h h d aOut bOut", phiRows(whole) * phiCols(whole));
  checkSize(operation, "the size of vec(pad(Z)), d aPad bPad", whole.d * whole.aPad * whole.bPad);
  return whole;
}

function checkImage(
  operation: string,
  name: string,
  M: Matrix,
  needed: { rows: number; cols: number },
): void {
  checkMatrix(operation, name, M);
  if (M.rows === needed.rows && M.cols === needed.cols) return;
  throw new RangeError(`${operation}: ${name} is ${size(M)}; the shape needs ${size(needed)}`);
}
