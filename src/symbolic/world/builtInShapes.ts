/** The size of each function that needs no declaration, from the sizes of what it is given. */

import type { BuiltIn } from "../language/builtIns.js";
import { equal, one, type Polynomial, times } from "../language/polynomial.js";
import { sizeText } from "../language/sizeExpression.js";
import type { Shape } from "./shape.js";

/** What a function is given: the sizes of its matrices, and the sizes that are written as such. */
export interface Given {
  readonly matrices: readonly Shape[];
  readonly sizes: readonly Polynomial[];
  /** Whether two sizes are the same. */
  readonly same: (x: Polynomial, y: Polynomial) => boolean;
}

/** The size, or what the first matrix would have to be. */
type SizeOf = (given: Given) => Shape | string;

export const builtInShapes: Record<BuiltIn, SizeOf> = {
  vec: ({ matrices: [M] }) => ({ rows: times(M.rows, M.cols), cols: one }),
  mat: ({ matrices: [v], sizes: [rows, cols], same }) => {
    if (equal(v.cols, one) && same(v.rows, times(rows, cols))) return { rows, cols };
    return `mat into ${sizeText(rows)} × ${sizeText(cols)} needs ${sizeText(times(rows, cols))} × 1`;
  },
  kron: ({ matrices: [A, B] }) => ({ rows: times(A.rows, B.rows), cols: times(A.cols, B.cols) }),
  I: ({ sizes: [n] }) => square(n),
  ones: ({ sizes: [rows, cols = one] }) => ({ rows, cols }),
  K: ({ sizes: [m, n] }) => square(times(m, n)),
  diag: ({ matrices: [v] }) => (equal(v.cols, one) ? square(v.rows) : "diag needs a column"),
  sigma: sameAsItsMatrix,
  dsigma: sameAsItsMatrix,
  d2sigma: sameAsItsMatrix,
  relu: sameAsItsMatrix,
  drelu: sameAsItsMatrix,
  trace: ({ matrices: [M], same }) =>
    same(M.rows, M.cols) ? square(one) : "trace needs as many rows as columns",
  norm2: () => square(one),
  Sum: sameAsItsMatrix,
  d: sameAsItsMatrix,
};

function sameAsItsMatrix({ matrices: [M] }: Given): Shape {
  return M;
}

function square(n: Polynomial): Shape {
  return { rows: n, cols: n };
}
