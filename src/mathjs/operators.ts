/** What `*`, `+`, `-`, `.*`, `'` and the other operators of mathjs do when one of our matrices stands beside them. */

import type { MathCollection, MathJsInstance, Matrix as MathMatrix } from "mathjs";
import { isMatrix } from "../numeric/check.js";
import { add, dotMultiply, scale, subtract } from "../numeric/elementwise.js";
import { transpose } from "../numeric/matrix.js";
import { kron, multiply } from "../numeric/multiply.js";
import { isSparse, type SparseMatrix, sparse } from "../numeric/sparse.js";
import type { Matrix } from "../numeric/storage.js";
import { bare, isMathMatrix } from "./bare.js";
import { entriesOf, fromEntries, fromMath, isFloat, toMath } from "./convert.js";
import { isSelection, numberLike, selectExact } from "./exact.js";

type Binary = (x: never, y: never) => unknown;

/** Our own operations on two of our matrices. */
const ours: Record<string, (A: Matrix, B: Matrix) => Matrix> = { multiply, add, subtract, dotMultiply, kron };

/** Operations of mathjs that take one of our matrices by turning it into a mathjs matrix. */
const converted = [
  "divide",
  "dotDivide",
  "dotPow",
  "pow",
  "equal",
  "deepEqual",
  "larger",
  "smaller",
  "largerEq",
  "smallerEq",
  "unequal",
  "mod",
];

/** The scalars that may stand beside one of our matrices; named one by one, since mathjs prefers a conversion to "any". */
const scalars = "number | bigint | BigNumber | Fraction | Complex";

/** Registers all of them in the instance; its own functions are kept for everything else. */
export function registerOperators(math: MathJsInstance): void {
  const mathjs = math as unknown as Record<string, Binary>;
  const typed = (name: string, signatures: object) => math.typed(name, signatures as never);
  for (const [name, f] of Object.entries(ours))
    math.import({ [name]: typed(name, ourSignatures(f, mathjs[name])) });
  for (const name of converted) math.import({ [name]: typed(name, convertedSignatures(mathjs[name])) });
  math.import({
    multiply: typed("multiply", productSignatures(mathjs.multiply)),
    transpose: typed("transpose", transposeSignatures),
    ctranspose: typed("ctranspose", transposeSignatures),
    unaryMinus: typed("unaryMinus", { PhilabMatrix: (M: Matrix) => scale(-1, M) }),
  });
}

const transposeSignatures = {
  PhilabMatrix: transpose,
  PhilabSparse: (P: SparseMatrix) => {
    const { row, col, value } = P.triplets();
    return sparse(P.cols, P.rows, { row: col, col: row, value });
  },
};

/** Two of ours stay ours; ours beside mathjs's floats becomes ours; beside exact entries it becomes mathjs's. */
function ourSignatures(f: (A: Matrix, B: Matrix) => Matrix, original: Binary): object {
  const mixed = (x: Matrix | MathMatrix, y: Matrix | MathMatrix) =>
    isPlain(x) && isPlain(y) ? f(plain(x), plain(y)) : apply(original, exactBeside(x, y), exactBeside(y, x));
  return {
    ...convertedSignatures(original),
    "PhilabMatrix, PhilabMatrix": f,
    "PhilabMatrix, Matrix": mixed,
    "Matrix, PhilabMatrix": (x: MathMatrix, y: Matrix) => mixed(asRow(x), y),
  };
}

/** A vector of mathjs on the left of one of our matrices is a row, as in mathjs. */
function asRow(x: MathMatrix): MathMatrix {
  return x.size().length === 1 ? fromEntries(1, x.size()[0], entriesOf(x)) : x;
}

/** Through mathjs's own function; a float result comes back as one of ours. */
function convertedSignatures(original: Binary): object {
  const convert = (x: unknown) => (isSparse(x) || isMatrix(x) ? toMath(x) : x);
  const through = (x: unknown, y: unknown) => {
    const result = apply(original, convert(x), convert(y));
    return isMathMatrix(result) && result.storage() === "dense" && isFloat(result)
      ? fromMath(result, { nonFinite: true })
      : result;
  };
  return {
    [`PhilabMatrix, ${scalars}`]: through,
    [`${scalars}, PhilabMatrix`]: through,
    "PhilabMatrix, PhilabMatrix": through,
    "PhilabMatrix, Matrix": through,
    "Matrix, PhilabMatrix": through,
  };
}

/** Products beyond two matrices of ours: P_φ times anything, and large floats of mathjs. */
function productSignatures(original: Binary): object {
  return {
    "PhilabSparse, PhilabMatrix": sparseTimes,
    "PhilabSparse, Matrix": (P: SparseMatrix, M: MathMatrix) => sparseTimesMath(P, M, original),
    "LargeFloats, LargeFloats": (A: MathMatrix, B: MathMatrix) => toMath(multiply(fromMath(A), fromMath(B))),
  };
}

/** P M, column by column. */
function sparseTimes(P: SparseMatrix, M: Matrix): Matrix {
  if (M.cols === 1) return P.times(M);
  return fromMath(bare.multiply(toMath(P), toMath(M)) as MathCollection);
}

/** P v where v has exact entries: where P only selects, no entry is computed with, so expressions work too. */
function sparseTimesMath(P: SparseMatrix, M: MathMatrix, original: Binary): unknown {
  const isVector = M.size().length === 1 || M.size()[1] === 1;
  if (isVector && isFloat(M)) return toMath(P.times(fromMath(M)));
  if (isVector && isSelection(P)) return selectExact(P, M);
  return apply(original, toMath(P), M);
}

function apply(f: Binary, x: unknown, y: unknown): unknown {
  return f(x as never, y as never);
}

function isPlain(x: Matrix | MathMatrix): boolean {
  return !isMathMatrix(x) || (x.storage() === "dense" && isFloat(x));
}

function plain(x: Matrix | MathMatrix): Matrix {
  return isMathMatrix(x) ? fromMath(x) : x;
}

/** x as a mathjs matrix whose whole numbers are of the kind that y's entries are, so that nothing is rounded. */
function exactBeside(x: Matrix | MathMatrix, y: Matrix | MathMatrix): MathMatrix {
  if (isMathMatrix(x)) return x;
  const kind = isMathMatrix(y) ? entriesOf(y)[0] : 0;
  return bare.map(
    toMath(x),
    (n: number) => (Number.isInteger(n) ? numberLike(kind, n) : n) as number,
  ) as MathMatrix;
}
