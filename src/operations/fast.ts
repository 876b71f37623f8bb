/** φ, P_φᵀ and products by the engine where they are large enough, by the plain reference elsewhere. */

import { machineOf } from "../engine/choose/choose.js";
import { engineMultiply, enginePhi, engineVTP } from "../engine/operations/phi.js";
import { worthwhile } from "../engine/thresholds.js";
import { checkMatrix } from "../numeric/check.js";
import { multiply as plainMultiply } from "../numeric/multiply.js";
import { checkOptions } from "../numeric/options.js";
import { phi as plainPhi, vTP as plainVTP } from "../numeric/phi.js";
import type { Matrix } from "../numeric/storage.js";
import { checkedInto, type Into, writtenInto } from "../numeric/target.js";
import { type ConvShape, checkConvSizes, convShape, phiCols, phiRows } from "../shape.js";
import { Recent } from "./recent.js";

/**
 * A B: A.rows × B.cols. Throws RangeError unless A has as many columns as B has rows.
 *
 * @example
 * multiply(matrix([[1, 2]]), matrix([[3], [4]]))
 */
export function multiply(A: Matrix, B: Matrix, options: Into = {}): Matrix {
  checkMatrix("multiply", "A", A);
  checkMatrix("multiply", "B", B);
  checkOptions("multiply", options, ["into"]);
  const fits = A.cols === B.rows;
  const into = fits ? checkedInto("multiply", options, { rows: A.rows, cols: B.cols }, { A, B }) : undefined;
  const large = fits && A.rows * A.cols * B.cols >= worthwhile.product;
  const machine = large ? machineOf(A, B) : undefined;
  if (machine === undefined) return writtenInto(plainMultiply(A, B), into);
  return engineMultiply(machine, A, B, into);
}

/** φ(pad(Z)), eq. (4): column (p, q) is the h × h sub-image at output place (p, q); h h d × aOut·bOut. */
export function phi(Z: Matrix, shape: ConvShape, options: Into = {}): Matrix {
  const whole = wholeFor("phi", "Z", Z, shape);
  checkOptions("phi", options, ["into"]);
  const into = checkedInto("phi", options, { rows: phiRows(whole), cols: phiCols(whole) }, { Z });
  const fits = isLarge(whole) && Z.rows === whole.d && Z.cols === whole.a * whole.b;
  const machine = fits ? machineOf(Z) : undefined;
  if (machine === undefined) return writtenInto(plainPhi(Z, shape), into);
  return enginePhi(machine, Z, whole, undefined, into);
}

/**
 * (vec(V)ᵀ P_φ P_pad)ᵀ as an image: each entry of V is added to the pixel that φ read it from; d × a·b.
 *
 * @example
 * vTP(ones(4, 4), convShape({ a: 3, b: 3, d: 1, h: 2 }))
 */
export function vTP(V: Matrix, shape: ConvShape, options: Into = {}): Matrix {
  const whole = wholeFor("vTP", "V", V, shape);
  checkOptions("vTP", options, ["into"]);
  const into = checkedInto("vTP", options, { rows: whole.d, cols: whole.a * whole.b }, { V });
  const fits = isLarge(whole) && V.rows === phiRows(whole) && V.cols === phiCols(whole);
  const machine = fits ? machineOf(V) : undefined;
  if (machine === undefined) return writtenInto(plainVTP(V, shape), into);
  return engineVTP(machine, V, whole, undefined, into);
}

/** The shape made whole; what is no matrix or no shape is refused. */
function wholeFor(operation: string, name: string, M: Matrix, shape: ConvShape): ConvShape {
  checkMatrix(operation, name, M);
  checkConvSizes(operation, "shape", shape);
  return wholeShape(shape);
}

/** Whether φ(Z) is large enough for the engine, and not too large for it. */
function isLarge(shape: ConvShape): boolean {
  const numbers = phiRows(shape) * phiCols(shape);
  return numbers >= worthwhile.numbers && numbers < 2 ** 31;
}

const known = new Recent<ConvShape>();

/** The same object for the same six numbers, while they are among those asked for last: what is planned for it is kept. */
function wholeShape(given: ConvShape): ConvShape {
  const { a, b, d, h, s = 1, pad = 0 } = given;
  const found = known.find(
    (one) => one.a === a && one.b === b && one.d === d && one.h === h && one.s === s && one.pad === pad,
  );
  const shape = found ?? convShape(given);
  known.remember(shape);
  return shape;
}
