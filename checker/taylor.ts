/** Functions of dual numbers, by their derivatives. */
import { type Dual, type Entries, spent, type Work, zero } from "./dual.js";
import { type Fraction, plus, times } from "./fraction.js";

/** All ways to part the bits of m into blocks. */
export function partitions(m: number): number[][] {
  if (m === 0) return [[]];
  const [lowest, found]: [number, number[][]] = [m & -m, []];
  for (let rest = m ^ lowest; ; rest = (rest - 1) & (m ^ lowest)) {
    for (const others of partitions(rest)) found.push([m ^ rest, ...others]);
    if (rest === 0) return found;
  }
}

/** f of each entry; f(k, x) is the k-th derivative at x. */
export function entrywise(A: Dual, bits: number, f: (k: number, x: Fraction) => Fraction): Dual {
  const at = A.parts[0] ?? zero(A.rows, A.columns);
  const part = (m: number): Entries | undefined => {
    const ways = partitions(m).filter((blocks) => blocks.every((block) => A.parts[block]));
    if (ways.length === 0) return undefined;
    return at.map((x, k) =>
      ways
        .map((blocks) =>
          blocks.reduce((product, block) => times(product, A.parts[block]![k]!), f(blocks.length, x)),
        )
        .reduce(plus),
    );
  };
  return { ...A, parts: Array.from({ length: 2 ** bits }, (_, m) => part(m)) };
}

/**
 * A function of a whole matrix, by its derivatives, or one of these at the indices of free: tensor(indices) is the
 * derivative by the entries with these indices, one after the other.
 */
export function ofMatrix(
  A: Dual,
  bits: number,
  free: readonly number[][],
  tensor: (indices: number[]) => Fraction,
  work: Work,
): Entries[] {
  const contracted = ([block, ...rest]: readonly number[], indices: number[]): Fraction => {
    if (block === undefined) return tensor(indices);
    const part = A.parts[block];
    if (!part) return 0n;
    const filled = spent(
      [...part.keys()].filter((k) => part[k] !== 0n),
      work,
    );
    return filled.map((k) => times(part[k]!, contracted(rest, [...indices, k]))).reduce(plus, 0n);
  };
  const entry = (m: number, indices: number[]): Fraction =>
    partitions(m)
      .map((blocks) => contracted(blocks, indices))
      .reduce(plus);
  return Array.from({ length: 2 ** bits }, (_, m) => free.map((indices) => entry(m, indices)));
}
