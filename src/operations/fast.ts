/** φ, P_φᵀ, products and pooling by the engine where they are large enough, by the plain reference elsewhere. */

import { choice } from "../engine/choose/choose.js";
import type { Machine } from "../engine/machine/machine.js";
import { engineMultiply, enginePhi, engineVTP } from "../engine/operations/phi.js";
import { engineAvgPool, engineMaxPool, poolsChannels } from "../engine/operations/pool.js";
import { checkMatrix } from "../numeric/check.js";
import { multiply as plainMultiply } from "../numeric/multiply.js";
import { phi as plainPhi, vTP as plainVTP } from "../numeric/phi.js";
import { type PoolSize, avgPool as plainAvgPool, maxPool as plainMaxPool } from "../numeric/pool.js";
import { areFloat32, type Matrix } from "../numeric/storage.js";
import { type ConvShape, checkObject, convShape, poolShape } from "../shape.js";
import { Recent } from "./recent.js";

/** Numbers in φ(Z) or in an image to pool from which the engine pays, and multiplications of a product. */
const worthwhile = { numbers: 8_000, multiplications: 30_000 } as const;

/** A B: A.rows × B.cols. Throws RangeError unless A has as many columns as B has rows. */
export function multiply(A: Matrix, B: Matrix): Matrix {
  checkMatrix("multiply", "A", A);
  checkMatrix("multiply", "B", B);
  const large = A.cols === B.rows && A.rows * A.cols * B.cols >= worthwhile.multiplications;
  const machine = large && B.cols >= 4 ? machineOf(A, B) : undefined;
  return machine === undefined ? plainMultiply(A, B) : engineMultiply(machine, A, B);
}

/** φ(pad(Z)), eq. (4): column (p, q) is the h × h sub-image at output place (p, q); h h d × aOut·bOut. */
export function phi(Z: Matrix, shape: ConvShape): Matrix {
  const whole = large("phi", "Z", Z, shape);
  const fits = whole !== undefined && Z.rows === whole.d && Z.cols === whole.a * whole.b;
  const machine = fits ? machineOf(Z) : undefined;
  return machine === undefined ? plainPhi(Z, shape) : enginePhi(machine, Z, whole as ConvShape);
}

/** (vec(V)ᵀ P_φ P_pad)ᵀ as an image: each entry of V is added to the pixel that φ read it from; d × a·b. */
export function vTP(V: Matrix, shape: ConvShape): Matrix {
  const whole = large("vTP", "V", V, shape);
  const fits = whole !== undefined && V.rows === whole.h ** 2 * whole.d && V.cols === whole.aOut * whole.bOut;
  const machine = fits ? machineOf(V) : undefined;
  return machine === undefined ? plainVTP(V, shape) : engineVTP(machine, V, whole as ConvShape);
}

/** The shape made whole, if φ(Z) is large enough for the engine; what is no matrix or shape the reference refuses. */
function large(operation: string, name: string, M: Matrix, shape: ConvShape): ConvShape | undefined {
  checkMatrix(operation, name, M);
  checkObject(operation, "shape", shape, "convShape({ a, b, d, h, s, pad })");
  const whole = wholeShape(shape);
  const numbers = whole.h ** 2 * whole.d * whole.aOut * whole.bOut;
  return numbers >= worthwhile.numbers && numbers < 2 ** 31 ? whole : undefined;
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

function machineOf(...matrices: Matrix[]): Machine | undefined {
  return choice(areFloat32(...matrices) ? "float32" : "float64").machine;
}

/**
 * Max pooling: the largest entry of each window, d × floor(a/q)·floor(b/q), and `index`, where each was found in
 * vec(Z), 0-based: the selection P_pool of this image. The first maximum in window order (vertical fastest) wins ties.
 */
export function maxPool(Z: Matrix, size: PoolSize): { Z: Matrix; index: Int32Array } {
  const machine = poolMachine("maxPool", Z, size);
  return machine === undefined ? plainMaxPool(Z, size) : engineMaxPool(machine, Z, size);
}

/** Average pooling: the mean of each window, d × floor(a/q)·floor(b/q). */
export function avgPool(Z: Matrix, size: PoolSize): Matrix {
  const machine = poolMachine("avgPool", Z, size);
  return machine === undefined ? plainAvgPool(Z, size) : engineAvgPool(machine, Z, size);
}

/** The engine for an image that is large enough and fits its size; what does not fit the reference refuses. */
function poolMachine(operation: string, Z: Matrix, size: PoolSize): Machine | undefined {
  checkMatrix(operation, "Z", Z);
  if (Z.rows * Z.cols < worthwhile.numbers || Z.cols !== size?.a * size?.b) return undefined;
  poolShape(size);
  const machine = machineOf(Z);
  return machine !== undefined && poolsChannels(machine, Z.rows) ? machine : undefined;
}
