/** φ, P_φᵀ and products by the engine where they are large enough, by the plain reference elsewhere. */

import { choice } from "../engine/choose/choose.js";
import { worthwhile } from "../engine/choose/worthwhile.js";
import type { Machine } from "../engine/machine/machine.js";
import { engineMultiply, enginePhi, engineVTP } from "../engine/operations/phi.js";
import { checkMatrix } from "../numeric/check.js";
import { multiply as plainMultiply } from "../numeric/multiply.js";
import { checkOptions } from "../numeric/options.js";
import { phiCols, phiRows, phi as plainPhi, vTP as plainVTP } from "../numeric/phi.js";
import { areFloat32, type Matrix } from "../numeric/storage.js";
import { checkTarget, type Into, written } from "../numeric/target.js";
import { type ConvShape, checkObject, convShape } from "../shape.js";
import { Recent } from "./recent.js";

/** A B: A.rows × B.cols. Throws RangeError unless A has as many columns as B has rows. */
export function multiply(A: Matrix, B: Matrix, options: Into = {}): Matrix {
  checkMatrix("multiply", "A", A);
  checkMatrix("multiply", "B", B);
  checkOptions("multiply", options, ["into"]);
  const { into } = options;
  const fits = A.cols === B.rows;
  if (into !== undefined && fits) {
    checkTarget("multiply", into, { rows: A.rows, cols: B.cols, float32: areFloat32(A, B) }, { A, B });
  }
  const large = fits && A.rows * A.cols * B.cols >= worthwhile.product;
  const machine = large && B.cols >= 4 ? machineOf(A, B) : undefined;
  if (machine === undefined) return written(plainMultiply(A, B), into);
  return engineMultiply(machine, A, B, into);
}

/** φ(pad(Z)), eq. (4): column (p, q) is the h × h sub-image at output place (p, q); h h d × aOut·bOut. */
export function phi(Z: Matrix, shape: ConvShape, options: Into = {}): Matrix {
  const whole = wholeFor("phi", "Z", Z, shape);
  const into = checkedTarget("phi", options, { rows: phiRows(whole), cols: phiCols(whole) }, { Z });
  const fits = isLarge(whole) && Z.rows === whole.d && Z.cols === whole.a * whole.b;
  const machine = fits ? machineOf(Z) : undefined;
  if (machine === undefined) return written(plainPhi(Z, shape), into);
  return enginePhi(machine, Z, whole, undefined, into);
}

/** (vec(V)ᵀ P_φ P_pad)ᵀ as an image: each entry of V is added to the pixel that φ read it from; d × a·b. */
export function vTP(V: Matrix, shape: ConvShape, options: Into = {}): Matrix {
  const whole = wholeFor("vTP", "V", V, shape);
  const into = checkedTarget("vTP", options, { rows: whole.d, cols: whole.a * whole.b }, { V });
  const fits = isLarge(whole) && V.rows === phiRows(whole) && V.cols === phiCols(whole);
  const machine = fits ? machineOf(V) : undefined;
  if (machine === undefined) return written(plainVTP(V, shape), into);
  return engineVTP(machine, V, whole, undefined, into);
}

/** `into`, if there is one and it may hold a result of this size, in the input's precision. */
function checkedTarget(
  operation: string,
  options: Into,
  sizes: Pick<Matrix, "rows" | "cols">,
  input: Readonly<Record<string, Matrix>>,
): Matrix | undefined {
  checkOptions(operation, options, ["into"]);
  const { into } = options;
  if (into === undefined) return undefined;
  checkTarget(operation, into, { ...sizes, float32: areFloat32(...Object.values(input)) }, input);
  return into;
}

/** The shape made whole; what is no matrix or no shape is refused. */
function wholeFor(operation: string, name: string, M: Matrix, shape: ConvShape): ConvShape {
  checkMatrix(operation, name, M);
  checkObject(operation, "shape", shape, "convShape({ a, b, d, h, s, pad })");
  return wholeShape(shape);
}

/** Whether φ(Z) is large enough for the engine, and not too large for it. */
function isLarge(shape: ConvShape): boolean {
  const numbers = phiRows(shape) * phiCols(shape);
  return numbers >= worthwhile.moved && numbers < 2 ** 31;
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

/** The engine for these matrices. */
export function machineOf(...matrices: Matrix[]): Machine | undefined {
  return choice(areFloat32(...matrices) ? "float32" : "float64").machine;
}
