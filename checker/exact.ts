/** Exact numbers: whole ones, fractions, and dual numbers over them. */
import { Stop } from "./stop.js";

export type Exact = bigint | Fraction | Dual;

/** n/d in lowest terms, d > 1. */
interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

/** at + slope t with t² = 0. Nested derivatives have a t each, numbered from 1; at and slope hold smaller ones alone. */
interface Dual {
  readonly t: number;
  readonly at: Exact;
  readonly slope: Exact;
}

export function dual(t: number, at: Exact, slope: Exact): Exact {
  return slope === 0n ? at : { t, at, slope };
}

/** The greatest t in it; 0 where there is none. */
export function greatest(x: Exact): number {
  return typeof x === "object" && "t" in x ? x.t : 0;
}

/** a and b of x = a + b t. */
export function parts(x: Exact, t: number): readonly [Exact, Exact] {
  return typeof x === "object" && "t" in x && x.t === t ? [x.at, x.slope] : [x, 0n];
}

/** Without any t. */
export function real(x: Exact): bigint | Fraction {
  return typeof x === "object" && "t" in x ? real(x.at) : x;
}

type Operation = (x: Exact, y: Exact) => Exact;

/** An operation, by what it makes of n/d and m/e, and of a + b t and c + d t. */
function operation(
  ofFractions: (n: bigint, d: bigint, m: bigint, e: bigint) => Exact,
  ofDuals: (a: Exact, b: Exact, c: Exact, d: Exact) => readonly [Exact, Exact],
): Operation {
  return (x, y) => {
    const t = Math.max(greatest(x), greatest(y));
    if (t === 0) return ofFractions(...pair(x), ...pair(y));
    return dual(t, ...ofDuals(...parts(x, t), ...parts(y, t)));
  };
}

export const plus: Operation = operation(
  (n, d, m, e) => fraction(n * e + m * d, d * e),
  (a, b, c, d) => [plus(a, c), plus(b, d)],
);

export const minus: Operation = (x, y) => plus(x, times(-1n, y));

export const times: Operation = operation(
  (n, d, m, e) => fraction(n * m, d * e),
  (a, b, c, d) => [times(a, c), plus(times(a, d), times(b, c))],
);

export const over: Operation = operation(
  (n, d, m, e) => fraction(n * e, d * m),
  (a, b, c, d) => [over(a, c), over(minus(b, times(over(a, c), d)), c)],
);

/** f(x), where f(k, x) is the k-th derivative of f at an x without t: f(a + b t) = f(a) + f′(a) b t. */
export function applied(f: (k: number, x: Exact) => Exact, x: Exact, k = 0): Exact {
  const t = greatest(x);
  const [a, b] = parts(x, t);
  return t === 0 ? f(k, x) : dual(t, applied(f, a, k), times(applied(f, a, k + 1), b));
}

/** Negative, 0 or positive, as x - y is without any t. */
export function compare(x: Exact, y: Exact): number {
  const [[n, d], [m, e]] = [pair(x), pair(y)];
  return n * e < m * d ? -1 : n * e > m * d ? 1 : 0;
}

export function floor(x: Exact): bigint {
  const [n, d] = pair(x);
  return n < 0n ? -((-n + d - 1n) / d) : n / d;
}

export function written(x: Exact): string {
  const [n, d] = pair(x);
  return d === 1n ? `${n}` : `${n}/${d}`;
}

function pair(x: Exact): readonly [bigint, bigint] {
  const value = real(x);
  return typeof value === "bigint" ? [value, 1n] : [value.n, value.d];
}

function fraction(n: bigint, d: bigint): Exact {
  if (d === 1n) return n;
  if (d === 0n) throw new Stop("division by 0", "a divisor is 0");
  let [g, r] = [d, n % d];
  while (r !== 0n) [g, r] = [r, g % r];
  if (g < 0n !== d < 0n) g = -g; // so that d/g is positive
  return d === g ? n / g : { n: n / g, d: d / g };
}
