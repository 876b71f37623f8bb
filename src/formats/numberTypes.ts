/** Numbers as other programs store them, and the order of their matrices. */

import { kind } from "../numeric/check.js";
import { transpose } from "../numeric/matrix.js";
import { columnMajor, type Matrix, type Numbers } from "../numeric/storage.js";

/** How one number lies in bytes. */
export interface StoredNumber {
  readonly bytes: number;
  readonly read: (view: DataView, at: number, isLittle: boolean) => number | bigint;
}

/**
 * By NumPy's names: i for integers, u for those ≥ 0, f for floating point, b for true and false; then how many bytes. NumPy has
 * no bf2, the upper half of float32.
 */
export type NumberTypeName =
  | "b1"
  | "i1"
  | "u1"
  | "i2"
  | "u2"
  | "i4"
  | "u4"
  | "i8"
  | "u8"
  | "f2"
  | "bf2"
  | "f4"
  | "f8";

/** How each lies in bytes. */
export const numberTypes: Readonly<Record<NumberTypeName, StoredNumber>> = {
  b1: { bytes: 1, read: (view, at) => view.getUint8(at) },
  i1: { bytes: 1, read: (view, at) => view.getInt8(at) },
  u1: { bytes: 1, read: (view, at) => view.getUint8(at) },
  i2: { bytes: 2, read: (view, at, isLittle) => view.getInt16(at, isLittle) },
  u2: { bytes: 2, read: (view, at, isLittle) => view.getUint16(at, isLittle) },
  i4: { bytes: 4, read: (view, at, isLittle) => view.getInt32(at, isLittle) },
  u4: { bytes: 4, read: (view, at, isLittle) => view.getUint32(at, isLittle) },
  i8: { bytes: 8, read: (view, at, isLittle) => view.getBigInt64(at, isLittle) },
  u8: { bytes: 8, read: (view, at, isLittle) => view.getBigUint64(at, isLittle) },
  f2: { bytes: 2, read: (view, at, isLittle) => halfPrecision(view.getUint16(at, isLittle)) },
  bf2: { bytes: 2, read: (view, at, isLittle) => upperHalf(view.getUint16(at, isLittle)) },
  f4: { bytes: 4, read: (view, at, isLittle) => view.getFloat32(at, isLittle) },
  f8: { bytes: 8, read: (view, at, isLittle) => view.getFloat64(at, isLittle) },
};

/** IEEE 754's binary16: a sign, five bits of exponent, ten of fraction. */
function halfPrecision(word: number): number {
  const [sign, exponent, fraction] = [word >> 15 === 0 ? 1 : -1, (word >> 10) & 31, word & 1023];
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}

/** The float32 whose upper two bytes these are, the lower two being 0. */
function upperHalf(word: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint16(0, word);
  return view.getFloat32(0);
}

/** Those that float32 holds. */
const singles: ReadonlySet<NumberTypeName> = new Set(["f2", "bf2", "f4"]);

/**
 * All numbers that the bytes hold: float32, and what is less, in float32, everything else in float64. Throws RangeError for a whole number
 * that float64 has not.
 */
export function readNumbers(
  operation: string,
  bytes: Uint8Array,
  name: NumberTypeName,
  { isLittle = true }: { isLittle?: boolean } = {},
): Numbers {
  const { bytes: size, read } = numberTypes[name];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = Math.floor(bytes.byteLength / size);
  const numbers = singles.has(name) ? new Float32Array(count) : new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const value = read(view, size * k, isLittle);
    numbers[k] = Number(value);
    if (typeof value === "bigint" && BigInt(numbers[k]) !== value) {
      throw new RangeError(`${operation}: number ${k + 1} is ${value}; float64 has no such whole number`);
    }
  }
  return numbers;
}

/** The bytes of numbers, little endian, as they lie here. */
export function bytesOfNumbers({ buffer, byteOffset, byteLength }: Numbers): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** The rows × cols matrix whose numbers come row by row. */
export function fromRowOrder(rows: number, cols: number, numbers: Numbers): Matrix {
  return transpose(columnMajor(cols, rows, numbers));
}

/** The numbers of M row by row. */
export function inRowOrder(M: Matrix): Numbers {
  return transpose(M).data;
}

/** Throws TypeError for what are no bytes. */
export function checkBytes(operation: string, bytes: unknown): asserts bytes is Uint8Array {
  if (bytes instanceof Uint8Array) return;
  throw new TypeError(`${operation}: the bytes are ${kind(bytes)}; needed a Uint8Array, the whole file`);
}

/** rows × cols of an array's shape: a number is 1 × 1, a vector a column. Throws RangeError for more than two, and for 0. */
export function arraySize(operation: string, shape: readonly number[]): { rows: number; cols: number } {
  const [rows = 1, cols = 1, ...more] = shape;
  const shown = `the array's shape is (${shape.join(", ")})`;
  if (more.length > 0) {
    throw new RangeError(
      `${operation}: ${shown}; needed at most two dimensions, so reshape it before it is stored`,
    );
  }
  if (rows > 0 && cols > 0) return { rows, cols };
  throw new RangeError(`${operation}: ${shown}; needed at least one number`);
}

/** Throws RangeError unless the numbers have as many bytes as their array's shape says. */
export function checkByteCount(operation: string, came: number, needed: number): void {
  if (came === needed) return;
  const what = came < needed ? "it is cut" : "something follows";
  throw new RangeError(`${operation}: ${came} bytes of numbers came; needed ${needed}: ${what}`);
}
