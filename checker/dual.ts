/** Matrices over dual numbers, and what is linear or bilinear in them. */
import { type Fraction, plus, times } from "./fraction.js";
import { Stop } from "./stop.js";

/** Entries column by column. */
export type Entries = readonly Fraction[];

/**
 * A matrix whose entries are dual numbers, in as many t as derivatives are nested, each with t² = 0: parts[m] has the
 * coefficients of the product of those t whose bits are set in m. A part that is not there is 0.
 */
export interface Dual {
  readonly rows: number;
  readonly columns: number;
  readonly parts: readonly (Entries | undefined)[];
}

/** Multiplications that are left at a shape. */
export interface Work {
  left: number;
}

const mostEntries = 20_000;

export function constant(
  rows: number,
  columns: number,
  entry: (row: number, column: number) => Fraction,
): Dual {
  fits(rows, columns);
  const at = (k: number): Fraction => entry(k % rows, Math.floor(k / rows));
  return { rows, columns, parts: [Array.from({ length: rows * columns }, (_, k) => at(k))] };
}

export function zero(rows: number, columns: number): Entries {
  fits(rows, columns);
  return new Array<Fraction>(rows * columns).fill(0n);
}

function fits(rows: number, columns: number): void {
  if (rows * columns > mostEntries) throw new Stop("too large", `a matrix of ${rows} x ${columns}`);
}

/** The same map on every part. */
export function linear(A: Dual, rows: number, columns: number, map: (part: Entries) => Entries): Dual {
  fits(rows, columns);
  return { rows, columns, parts: A.parts.map((part) => part && map(part)) };
}

/** Entry k of the result is entry from(row, column) of A. */
export function moved(
  A: Dual,
  rows: number,
  columns: number,
  from: (row: number, column: number) => number,
): Dual {
  fits(rows, columns);
  const places = Array.from({ length: rows * columns }, (_, k) => from(k % rows, Math.floor(k / rows)));
  return linear(A, rows, columns, (part) => places.map((place) => part[place]!));
}

export function sum(A: Dual, B: Dual): Dual {
  const parts = Array.from({ length: Math.max(A.parts.length, B.parts.length) }, (_, m) =>
    added(A.parts[m], B.parts[m]),
  );
  return { ...A, parts };
}

function added(a: Entries | undefined, b: Entries | undefined): Entries | undefined {
  return a && b ? a.map((entry, k) => plus(entry, b[k]!)) : (a ?? b);
}

export function scaled(A: Dual, c: Fraction): Dual {
  return linear(A, A.rows, A.columns, (part) => part.map((entry) => times(c, entry)));
}

/** The product rule: part m of a product is the sum of those of part s of A and part m - s of B, s within m. */
export function bilinear(
  A: Dual,
  B: Dual,
  rows: number,
  columns: number,
  map: (a: Entries, b: Entries) => Entries,
): Dual {
  fits(rows, columns);
  const parts: (Entries | undefined)[] = [];
  for (const [s, a] of A.parts.entries()) {
    for (const [r, b] of B.parts.entries()) {
      if (a && b && (s & r) === 0) parts[s | r] = added(parts[s | r], map(a, b));
    }
  }
  return { rows, columns, parts: Array.from(parts) };
}

export function product(A: Dual, B: Dual, work: Work): Dual {
  const [rows, inner] = [A.rows, A.columns];
  return bilinear(A, B, rows, B.columns, (a, b) => {
    const entries = [...zero(rows, B.columns)];
    const filled = nonzeroByColumn(a, rows);
    for (const [at, factor] of b.entries()) {
      if (factor === 0n) continue;
      const first = Math.floor(at / inner) * rows;
      for (const row of spent(filled[at % inner]!, work))
        entries[first + row] = plus(entries[first + row]!, times(a[(at % inner) * rows + row]!, factor));
    }
    return entries;
  });
}

export function kron(A: Dual, B: Dual, work: Work): Dual {
  const [rows, columns] = [A.rows * B.rows, A.columns * B.columns];
  return bilinear(A, B, rows, columns, (a, b) => {
    const entries = [...zero(rows, columns)];
    const filled = spent(
      [...b.keys()].filter((k) => b[k] !== 0n),
      work,
    );
    for (const [at, factor] of a.entries()) {
      if (factor === 0n) continue;
      const [row, column] = [(at % A.rows) * B.rows, Math.floor(at / A.rows) * B.columns];
      for (const k of spent(filled, work)) {
        const place = row + (k % B.rows) + (column + Math.floor(k / B.rows)) * rows;
        entries[place] = times(factor, b[k]!);
      }
    }
    return entries;
  });
}

function nonzeroByColumn(a: Entries, rows: number): number[][] {
  const filled: number[][] = Array.from({ length: a.length / rows }, () => []);
  for (const [at, entry] of a.entries()) if (entry !== 0n) filled[Math.floor(at / rows)]!.push(at % rows);
  return filled;
}

/** The list, whose length is the number of multiplications that are made with it. */
export function spent<T>(list: readonly T[], work: Work): readonly T[] {
  work.left -= list.length;
  if (work.left < 0) throw new Stop("too large", "more multiplications than a shape may have");
  return list;
}
