/** Exact fractions in lowest terms: a whole number is a bigint, any other one a pair n/d with d > 1. */
import { Stop } from "./stop.js";

export type Fraction = bigint | { readonly n: bigint; readonly d: bigint };

export function plus(a: Fraction, b: Fraction): Fraction {
  if (typeof a === "bigint" && typeof b === "bigint") return a + b;
  const [[n, d], [m, e]] = [pair(a), pair(b)];
  return d === e ? fraction(n + m, d) : fraction(n * e + m * d, d * e);
}

export function times(a: Fraction, b: Fraction): Fraction {
  if (typeof a === "bigint" && typeof b === "bigint") return a * b;
  const [[n, d], [m, e]] = [pair(a), pair(b)];
  return fraction(n * m, d * e);
}

export function over(a: Fraction, b: Fraction): Fraction {
  const [[n, d], [m, e]] = [pair(a), pair(b)];
  if (m === 0n) throw new Stop("division by 0", "a divisor is 0");
  return fraction(n * e, d * m);
}

/** Negative, 0 or positive, as a - b is. */
export function compare(a: Fraction, b: Fraction): number {
  const [[n, d], [m, e]] = [pair(a), pair(b)];
  return n * e < m * d ? -1 : n * e > m * d ? 1 : 0;
}

export function floor(a: Fraction): bigint {
  const [n, d] = pair(a);
  return n < 0n ? -((-n + d - 1n) / d) : n / d;
}

export function written(a: Fraction): string {
  return typeof a === "bigint" ? `${a}` : `${a.n}/${a.d}`;
}

function pair(a: Fraction): readonly [bigint, bigint] {
  return typeof a === "bigint" ? [a, 1n] : [a.n, a.d];
}

function fraction(n: bigint, d: bigint): Fraction {
  let [g, r] = [d, n % d];
  while (r !== 0n) [g, r] = [r, g % r];
  if (g < 0n !== d < 0n) g = -g; // so that d/g is positive
  return d === g ? n / g : { n: n / g, d: d / g };
}
