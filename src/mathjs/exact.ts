/**
 * vec, mat, φ and P_φ on mathjs matrices, whatever their entries are: numbers, Fraction, bigint, BigNumber or
 * expressions. None of them computes with an entry; they only say where it goes, so the result is exact.
 */

import type { Matrix as MathMatrix } from "mathjs";
import { matrix } from "../numeric/matrix.js";
import { phi } from "../numeric/phi.js";
import type { SparseMatrix } from "../numeric/sparse.js";
import { type ConvShape, checkSize } from "../shape.js";
import { bare, isNode, matrixSize } from "./bare.js";
import { entriesOf, fromEntries, fromMath, isFloat, toMath } from "./convert.js";

/** vec(M), eq. (5): the columns stacked, rows·cols × 1. */
export function vecExact(M: MathMatrix): MathMatrix {
  const [rows, cols] = matrixSize("vec", M);
  return fromEntries(rows * cols, 1, entriesOf(M));
}

/** mat(v)_{a×b}, eq. (5): the inverse of vec. Throws RangeError unless v has a·b entries. */
export function matExact(v: MathMatrix, a: number, b: number): MathMatrix {
  const entries = entriesOf(v);
  checkSize("mat", "a", a);
  checkSize("mat", "b", b);
  if (entries.length !== a * b) {
    throw new RangeError(`mat: a vector of length ${entries.length} cannot become ${a} × ${b}`);
  }
  return fromEntries(a, b, entries);
}

/** φ(pad(Z)), eq. (4), h h d × aOut·bOut. Images of plain numbers take the typed-array path. */
export function phiExact(Z: MathMatrix, shape: ConvShape): MathMatrix {
  if (isFloat(Z)) return toMath(phi(fromMath(Z), shape));
  const [rows, cols] = matrixSize("phi", Z);
  const entries = entriesOf(Z);
  // φ of an image that holds its own places, from 1, says where each entry comes from; 0 is the padding.
  const places = phi(
    matrix(
      rows,
      cols,
      Float64Array.from(entries, (_, k) => k + 1),
    ),
    shape,
  );
  const zero = zeroLike(entries[0]);
  const picked = Array.from(places.data, (place) => (place === 0 ? zero : entries[place - 1]));
  return fromEntries(places.rows, places.cols, picked);
}

/** P v for a 0/1 matrix with one 1 in each row: entry k of the result is an entry of v. */
export function selectExact(P: SparseMatrix, v: MathMatrix): MathMatrix {
  const entries = entriesOf(v);
  if (entries.length !== P.cols) {
    throw new RangeError(
      `multiply: P is ${P.rows} × ${P.cols} and v has ${entries.length} entries; needed ${P.cols}`,
    );
  }
  const { row, col } = P.triplets();
  const picked = new Array(P.rows);
  for (let k = 0; k < row.length; k++) picked[row[k]] = entries[col[k]];
  return fromEntries(P.rows, 1, picked);
}

/** σ(S), eq. (3), entry by entry; of an expression x it is the expression relu(x). */
export function reluExact(S: MathMatrix): MathMatrix {
  return mapEntries(S, "relu", (x) => (bare.larger(x as number, 0) ? x : zeroLike(x)));
}

/** σ′(S), eq. (3), with σ′(0) = 0; of an expression x it is the expression reluPrime(x). */
export function reluPrimeExact(S: MathMatrix): MathMatrix {
  return mapEntries(S, "reluPrime", (x) => numberLike(x, bare.larger(x as number, 0) ? 1 : 0));
}

function mapEntries(S: MathMatrix, name: string, f: (x: unknown) => unknown): MathMatrix {
  const [rows, cols] = matrixSize(name, S);
  const image = (x: unknown) => (isNode(x) ? new bare.FunctionNode(name, [x]) : f(x));
  return fromEntries(rows, cols, entriesOf(S).map(image));
}

/** Whether P picks exactly one entry for each row. */
export function isSelection(P: SparseMatrix): boolean {
  const { row, value } = P.triplets();
  return row.length === P.rows && value.every((x) => x === 1) && new Set(row).size === P.rows;
}

/** The zero of the kind of number that x is. Throws TypeError for what is no number. */
export function zeroLike(x: unknown): unknown {
  if (isNode(x)) return new bare.ConstantNode(0);
  return numberLike(x, 0);
}

/** The whole number n as the kind of number that x is. */
export function numberLike(x: unknown, n: number): unknown {
  if (typeof x === "bigint") return BigInt(n);
  if (bare.isFraction(x)) return bare.fraction(n);
  if (bare.isBigNumber(x)) return bare.bignumber(n);
  if (typeof x === "number" || bare.isComplex(x)) return n;
  throw new TypeError(`an entry of type ${bare.typeOf(x)} is no number`);
}
