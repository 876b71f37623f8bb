/** Matrices of exact numbers, and the signs and functions whose value is known, by their definitions. */
import { type Exact, minus, over, plus, times } from "./exact.js";
import { Stop } from "./stop.js";

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** Column by column. */
  readonly entries: readonly Exact[];
}

/** Multiplications that are left. */
export interface Work {
  left: number;
}

export function matrix(rows: number, columns: number, entry: (i: number, j: number) => Exact): Matrix {
  if (rows * columns > 20_000) throw new Stop("too large", `a matrix of ${rows} x ${columns}`);
  const entries: Exact[] = [];
  for (let j = 0; j < columns; j++) for (let i = 0; i < rows; i++) entries.push(entry(i, j));
  return { rows, columns, entries };
}

/** The same function of each entry. */
export function entrywise(A: Matrix, f: (x: Exact) => Exact): Matrix {
  return { ...A, entries: A.entries.map(f) };
}

export function pay(work: Work, multiplications: number): void {
  work.left -= multiplications;
  if (work.left < 0) throw new Stop("too large", "more multiplications than a shape may have");
}

export function matchSizes(fits: boolean, what: string, ...all: readonly Matrix[]): void {
  const sizes = all.map(({ rows, columns }) => `${rows} x ${columns}`);
  if (!fits) throw new Stop("differs", `${what} of ${sizes.join(" and ")}`);
}

function at(A: Matrix, i: number, j: number): Exact {
  return A.entries[i + j * A.rows];
}

export function sum(A: Matrix, B: Matrix): Matrix {
  return pairwise(A, B, plus);
}

function pairwise(A: Matrix, B: Matrix, f: (x: Exact, y: Exact) => Exact): Matrix {
  matchSizes(A.rows === B.rows && A.columns === B.columns, "a sum or .*", A, B);
  return matrix(A.rows, A.columns, (i, j) => f(at(A, i, j), at(B, i, j)));
}

/** A B; where A has not as many columns as B has rows, one of them is a number. */
function product(A: Matrix, B: Matrix, work: Work): Matrix {
  if (A.columns !== B.rows) return A.entries.length === 1 ? multiple(B, A, times) : multiple(A, B, times);
  const columns = Array.from({ length: B.columns }, () => new Array<Exact>(A.rows).fill(0n));
  for (const [place, b] of B.entries.entries()) {
    if (b === 0n) continue;
    const [column, k] = [columns[Math.floor(place / B.rows)], place % B.rows];
    const filled = [...column.keys()].filter((i) => at(A, i, k) !== 0n);
    pay(work, filled.length);
    for (const i of filled) column[i] = plus(column[i], times(at(A, i, k), b));
  }
  return matrix(A.rows, B.columns, (i, j) => columns[j][i]);
}

/** Each entry of A times c, or over it. */
function multiple(A: Matrix, c: Matrix, f: (x: Exact, y: Exact) => Exact): Matrix {
  matchSizes(c.entries.length === 1, "the product, or a quotient,", A, c);
  return entrywise(A, (x) => f(x, c.entries[0]));
}

function kron(A: Matrix, B: Matrix, work: Work): Matrix {
  const [a, b] = [A, B].map(({ entries }) => entries.filter((x) => x !== 0n).length);
  pay(work, a * b);
  return matrix(A.rows * B.rows, A.columns * B.columns, (i, j) =>
    times(at(A, Math.floor(i / B.rows), Math.floor(j / B.columns)), at(B, i % B.rows, j % B.columns)),
  );
}

function total(entries: readonly Exact[]): Matrix {
  return matrix(1, 1, () => entries.reduce(plus, 0n));
}

type OfMatrices = (A: Matrix, B: Matrix, work: Work) => Matrix;

export const ofMatrices: Readonly<Record<string, OfMatrices>> = {
  negative: (A) => entrywise(A, (x) => times(-1n, x)),
  "+": sum,
  "-": (A, B) => pairwise(A, B, minus),
  ".*": (A, B) => pairwise(A, B, times),
  "*": product,
  "/": (A, c) => multiple(A, c, over),
  transpose: (A) => matrix(A.columns, A.rows, (i, j) => at(A, j, i)),
  vec: (A) => matrix(A.rows * A.columns, 1, (i) => A.entries[i]),
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

type OfSizes = (m: number, n: number) => Matrix;

export const ofSizes: Readonly<Record<string, OfSizes>> = {
  I: (n) => matrix(n, n, (i, j) => BigInt(i === j)),
  ones: (m, n = 1) => matrix(m, n, () => 1n),
  // row j + n i is entry (j, i) of X', which is entry (i, j) of X
  K: (m, n) => matrix(m * n, m * n, (row, column) => BigInt(column === Math.floor(row / n) + m * (row % n))),
};
