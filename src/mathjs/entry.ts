import type { Index } from "mathjs";
import { matrix, ones } from "../numeric/matrix.js";
import { entry, type Matrix } from "../numeric/storage.js";

/** Lets an expression write Z[1, 2] (counted from 1) or Z[1, 2:4] for one of our matrices, as for mathjs's own. */
export function indexOurs(): void {
  Object.defineProperty(Object.getPrototypeOf(ones(1)), "subset", {
    configurable: true,
    value(this: Matrix, index: Index) {
      return subset(this, index);
    },
  });
}

/** The entry, or the rows and columns, that a mathjs index (counted from 0 here) names. */
function subset(M: Matrix, index: Index): number | Matrix {
  const named = index as unknown as { size(): number[]; isScalar(): boolean; dimension(k: number): unknown };
  if (named.size().length !== 2) throw new RangeError(`a matrix has two indices; got ${named.size().length}`);
  const rows = places("row", named.dimension(0), M.rows);
  const cols = places("column", named.dimension(1), M.cols);
  if (named.isScalar()) return entry(M, rows[0], cols[0]);
  return matrix(
    rows.length,
    cols.length,
    cols.flatMap((j) => rows.map((i) => entry(M, i, j))),
    { nonFinite: true },
  );
}

/** One dimension of an index as a list; mathjs gives a number, or a matrix or range of numbers. */
function places(name: string, dimension: unknown, n: number): number[] {
  const list = typeof dimension === "number" ? [dimension] : (dimension as { valueOf(): number[] }).valueOf();
  const outside = list.find((k) => k < 0 || k >= n);
  if (outside === undefined) return list;
  throw new RangeError(`${name} ${outside + 1} of a matrix with ${n} ${name}s; needed 1 to ${n}`);
}
