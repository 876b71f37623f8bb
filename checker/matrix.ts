/** Matrices of exact numbers, and the signs and functions whose value is known, by their definitions. */
import { type Exact, minus, over, plus, times } from "./exact.js";
import { Stop } from "./stop.js";

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** Column by column. */
  readonly entries: readonly Exact[];
  readonly degree: Degree;
}

/** Entries are fractions, with one divisor, of polynomials in the numbers drawn: degrees of both, also of all derivatives asked for. */
export type Degree = readonly [top: number, bottom: number];

/** Multiplications that are left. */
export interface Work {
  left: number;
}

const [mostEntries, highestDegree] = [20_000, 1_000];

export function matrix(
  rows: number,
  columns: number,
  degree: Degree,
  entry: (i: number, j: number) => Exact,
): Matrix {
  if (rows * columns > mostEntries) throw new Stop("too large", `a matrix of ${rows} x ${columns}`);
  if (Math.max(...degree) > highestDegree) throw new Stop("not judged", "a polynomial of too high a degree");
  const entries: Exact[] = [];
  for (let j = 0; j < columns; j++) for (let i = 0; i < rows; i++) entries.push(entry(i, j));
  return { rows, columns, entries, degree };
}

/** The same function of each entry. */
export function entrywise(A: Matrix, degree: Degree, f: (x: Exact) => Exact): Matrix {
  return matrix(A.rows, A.columns, degree, (i, j) => f(at(A, i, j)));
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

function ofSum([a, c]: Degree, [b, d]: Degree): Degree {
  return [Math.max(a + d, b + c), c + d];
}

function ofProduct([a, c]: Degree, [b, d]: Degree): Degree {
  return [a + b, c + d];
}

export function sum(A: Matrix, B: Matrix): Matrix {
  return pairwise(A, B, ofSum(A.degree, B.degree), plus);
}

function pairwise(A: Matrix, B: Matrix, degree: Degree, f: (x: Exact, y: Exact) => Exact): Matrix {
  matchSizes(A.rows === B.rows && A.columns === B.columns, "a sum or .*", A, B);
  return matrix(A.rows, A.columns, degree, (i, j) => f(at(A, i, j), at(B, i, j)));
}

function product(A: Matrix, B: Matrix, work: Work): Matrix {
  const columns = Array.from({ length: B.columns }, () => new Array<Exact>(A.rows).fill(0n));
  for (const [place, b] of B.entries.entries()) {
    if (b === 0n) continue;
    const [column, k] = [columns[Math.floor(place / B.rows)], place % B.rows];
    const filled = [...column.keys()].filter((i) => at(A, i, k) !== 0n);
    pay(work, filled.length);
    for (const i of filled) column[i] = plus(column[i], times(at(A, i, k), b));
  }
  return matrix(A.rows, B.columns, ofProduct(A.degree, B.degree), (i, j) => columns[j][i]);
}

function multiple(c: Matrix, A: Matrix): Matrix {
  matchSizes(c.rows * c.columns === 1, "the product, or a quotient,", c, A);
  return entrywise(A, ofProduct(c.degree, A.degree), (x) => times(c.entries[0], x));
}

/** A/c; the derivatives of 1/c are dc … dc / c … c, with the fractions in c made one. */
function quotient(A: Matrix, c: Matrix, _work: Work, derivatives: number): Matrix {
  matchSizes(c.rows * c.columns === 1, "the product, or a quotient,", A, c);
  const [[a, b], [n, m]] = [A.degree, c.degree];
  return entrywise(A, [a + derivatives * n + m, b + (derivatives + 1) * n], (x) => over(x, c.entries[0]));
}

function kron(A: Matrix, B: Matrix, work: Work): Matrix {
  const filled = ({ entries }: Matrix) => entries.filter((x) => x !== 0n).length;
  pay(work, filled(A) * filled(B));
  const place = (k: number, n: number) => [Math.floor(k / n), k % n];
  return matrix(A.rows * B.rows, A.columns * B.columns, ofProduct(A.degree, B.degree), (row, column) => {
    const [[i, k], [j, l]] = [place(row, B.rows), place(column, B.columns)];
    return times(at(A, i, j), at(B, k, l));
  });
}

function total(A: Matrix, degree: Degree, entries: readonly Exact[]): Matrix {
  return matrix(1, 1, degree, () => entries.reduce(plus, 0n));
}

type OfMatrices = (A: Matrix, B: Matrix, work: Work, derivatives: number) => Matrix;

/** Of matrices, where so many derivatives are asked for. */
export const known: ReadonlyMap<string, OfMatrices> = new Map(
  Object.entries<OfMatrices>({
    negative: (A) => entrywise(A, A.degree, (x) => times(-1n, x)),
    "+": sum,
    "-": (A, B) => pairwise(A, B, ofSum(A.degree, B.degree), minus),
    ".*": (A, B) => pairwise(A, B, ofProduct(A.degree, B.degree), times),
    "*": (A, B, work) => {
      if (A.columns === B.rows) return product(A, B, work);
      return A.rows * A.columns === 1 ? multiple(A, B) : multiple(B, A);
    },
    "/": quotient,
    transpose: (A) => matrix(A.columns, A.rows, A.degree, (i, j) => at(A, j, i)),
    vec: (A) => matrix(A.rows * A.columns, 1, A.degree, (i) => A.entries[i]),
    kron,
    diag: (v) => {
      matchSizes(v.columns === 1, "diag", v);
      return matrix(v.rows, v.rows, v.degree, (i, j) => (i === j ? v.entries[i] : 0n));
    },
    trace: (A) => {
      matchSizes(A.rows === A.columns, "the trace", A);
      return total(
        A,
        A.degree,
        A.entries.filter((_, k) => k % (A.rows + 1) === 0),
      );
    },
    norm2: (A) =>
      total(
        A,
        ofProduct(A.degree, A.degree),
        A.entries.map((x) => times(x, x)),
      ),
  }),
);

type OfSizes = (m: number, n: number) => Matrix;

export const ofSizes: ReadonlyMap<string, OfSizes> = new Map(
  Object.entries<OfSizes>({
    I: (n) => matrix(n, n, [0, 0], (i, j) => BigInt(i === j)),
    ones: (m, n = 1) => matrix(m, n, [0, 0], () => 1n),
    // row j + n i is entry (j, i) of X', which is entry (i, j) of X
    K: (m, n) =>
      matrix(m * n, m * n, [0, 0], (row, column) => BigInt(column === Math.floor(row / n) + m * (row % n))),
  }),
);
