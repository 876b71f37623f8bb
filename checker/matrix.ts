/** Matrices of exact numbers, and what is made of them, by definition. */
import { type Exact, need, type OfTwo, plus, signs, times } from "./exact.js";

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** Column by column. */
  readonly entries: readonly Exact[];
}

export function matrix(rows: number, columns: number, entry: (i: number, j: number) => Exact): Matrix {
  need(rows * columns <= 20_000, `a matrix of ${rows} x ${columns}`, "no shape");
  const entries: Exact[] = [];
  for (let j = 0; j < columns; j++) for (let i = 0; i < rows; i++) entries.push(entry(i, j));
  return { rows, columns, entries };
}

/** The same function of each entry. */
export function entrywise(A: Matrix, f: (x: Exact) => Exact): Matrix {
  return { ...A, entries: A.entries.map(f) };
}

export function matchSizes(fits: boolean, what: string, ...all: readonly Matrix[]): void {
  const sizes = all.map(({ rows, columns }) => `${rows} x ${columns}`);
  need(fits, `${what} of ${sizes.join(" and ")}`, "differs");
}

/** Takes multiplications from those that are left. */
export type Pay = (multiplications: number) => void;

const at = (A: Matrix, i: number, j: number): Exact => A.entries[i + j * A.rows];
const total = (entries: readonly Exact[]): Matrix => matrix(1, 1, () => entries.reduce(plus, 0n));

export function pairwise(A: Matrix, B: Matrix, f: OfTwo): Matrix {
  matchSizes(A.rows === B.rows && A.columns === B.columns, "a sum or .*", A, B);
  return matrix(A.rows, A.columns, (i, j) => f(at(A, i, j), at(B, i, j)));
}

/** Each entry of A times c, or over it. */
function multiple(A: Matrix, c: Matrix, f: OfTwo): Matrix {
  matchSizes(c.entries.length === 1, "the product, or a quotient,", A, c);
  return entrywise(A, (x) => f(x, c.entries[0]));
}

/** A B; where A has not as many columns as B has rows, one of them is a number. */
function product(A: Matrix, B: Matrix, pay: Pay): Matrix {
  if (A.columns !== B.rows) return A.entries.length === 1 ? multiple(B, A, times) : multiple(A, B, times);
  return matrix(A.rows, B.columns, (i, j) => {
    let sum: Exact = 0n;
    for (let k = 0; k < A.columns; k++) {
      if (at(A, i, k) === 0n || at(B, k, j) === 0n) continue;
      pay(1);
      sum = plus(sum, times(at(A, i, k), at(B, k, j)));
    }
    return sum;
  });
}

function kron(A: Matrix, B: Matrix, pay: Pay): Matrix {
  const [a, b] = [A, B].map(({ entries }) => entries.filter((x) => x !== 0n).length);
  pay(a * b);
  return matrix(A.rows * B.rows, A.columns * B.columns, (i, j) =>
    times(at(A, Math.floor(i / B.rows), Math.floor(j / B.columns)), at(B, i % B.rows, j % B.columns)),
  );
}

export const ofMatrices: Readonly<Record<string, (A: Matrix, B: Matrix, pay: Pay) => Matrix>> = {
  negative: (A) => entrywise(A, (x) => times(-1n, x)),
  "+": (A, B) => pairwise(A, B, plus),
  "-": (A, B) => pairwise(A, B, signs["-"]),
  ".*": (A, B) => pairwise(A, B, times),
  "*": product,
  "/": (A, c) => multiple(A, c, signs["/"]),
  transpose: (A) => matrix(A.columns, A.rows, (i, j) => at(A, j, i)),
  vec: (A) => ({ rows: A.entries.length, columns: 1, entries: A.entries }),
  kron,
  diag: (v) => {
    matchSizes(v.columns === 1, "diag", v);
    return matrix(v.rows, v.rows, (i, j) => (i === j ? v.entries[i] : 0n));
  },
  trace: (A) => {
    matchSizes(A.rows === A.columns, "the trace", A);
    return total(A.entries.filter((_, k) => k % (A.rows + 1) === 0));
  },
  norm2: (A) => total(A.entries.map((x) => times(x, x))),
};

export const ofSizes: Readonly<Record<string, (...sizes: number[]) => Matrix>> = {
  I: (n) => matrix(n, n, (i, j) => BigInt(i === j)),
  ones: (m, n = 1) => matrix(m, n, () => 1n),
  // row j + n i is entry (j, i) of X', which is entry (i, j) of X
  K: (m, n) => matrix(m * n, m * n, (row, column) => BigInt(column === Math.floor(row / n) + m * (row % n))),
};
