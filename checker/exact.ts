/** Exact numbers: whole ones, fractions in lowest terms, and dual numbers over them; and why the program goes no further. */

/** It refuses the certificate, passes over a shape, or draws other entries. */
type Kind = "not judged" | "differs" | "no shape" | "division by 0";

export class Stop extends Error {
  kind: Kind = "not judged";
}

/** Stops, for this reason, where it is not so. */
export function need(isSo: boolean, message: string, kind: Kind = "not judged"): asserts isSo {
  if (!isSo) throw Object.assign(new Stop(message), { kind });
}

/** n/d with d > 1; at + slope t with t² = 0: each nested derivative has its t, and at and slope hold smaller ones alone. */
export type Exact = bigint | { n: bigint; d: bigint } | { t: number; at: Exact; slope: Exact };

export function dual(t: number, at: Exact, slope: Exact): Exact {
  return slope === 0n ? at : { t, at, slope };
}

/** a and b of x = a + b t. */
export function parts(x: Exact, t: number): readonly [Exact, Exact] {
  return typeof x === "object" && "t" in x && x.t === t ? [x.at, x.slope] : [x, 0n];
}

/** The greatest t in it; 0 where there is none. */
function greatest(x: Exact): number {
  return typeof x === "object" && "t" in x ? x.t : 0;
}

/** n and d of the fraction that it is without any t. */
function pair(x: Exact): readonly [n: bigint, d: bigint] {
  if (typeof x === "bigint") return [x, 1n];
  return "t" in x ? pair(x.at) : [x.n, x.d];
}

function fraction(n: bigint, d: bigint): Exact {
  if (d === 1n) return n;
  need(d !== 0n, "a divisor is 0", "division by 0");
  let [g, r] = [d, n % d];
  while (r !== 0n) [g, r] = [r, g % r];
  if (g < 0n !== d < 0n) g = -g; // so that d/g is positive
  return d === g ? n / g : { n: n / g, d: d / g };
}

export type OfTwo = (x: Exact, y: Exact) => Exact;
type Made<T> = (a: T, b: T, c: T, d: T) => readonly [T, T];

/** An operation, by what it makes of n/d and m/e, and of a + b t and c + d t. */
function operation(ofFractions: Made<bigint>, ofDuals: Made<Exact>): OfTwo {
  return (x, y) => {
    const t = Math.max(greatest(x), greatest(y));
    if (t > 0) return dual(t, ...ofDuals(...parts(x, t), ...parts(y, t)));
    return fraction(...ofFractions(...pair(x), ...pair(y)));
  };
}

export const plus: OfTwo = operation(
  (n, d, m, e) => [n * e + m * d, d * e],
  (a, b, c, d) => [plus(a, c), plus(b, d)],
);
export const times: OfTwo = operation(
  (n, d, m, e) => [n * m, d * e],
  (a, b, c, d) => [times(a, c), plus(times(a, d), times(b, c))],
);
export const over: OfTwo = operation(
  (n, d, m, e) => [n * e, d * m],
  (a, b, c, d) => [over(a, c), over(minus(b, times(over(a, c), d)), c)],
);
export const minus: OfTwo = (x, y) => plus(x, times(-1n, y));
/** By the sign between them. */
export const signs: Readonly<Record<string, OfTwo>> = {
  ...{ "+": plus, "-": minus, "*": times, ".*": times, "/": over },
};

/** f at A, where f(by) is its derivative by these entries at A without any t: f(A + B t) = f(A) + Σ ∂f/∂aₖ bₖ t. */
export function applied(f: (by: number[]) => Exact, A: readonly Exact[], by: number[] = []): Exact {
  const t = A.map(greatest).reduce((s, t) => Math.max(s, t));
  if (t === 0) return f(by);
  const [at, slopes] = [A.map((a) => parts(a, t)[0]), A.map((a) => parts(a, t)[1])];
  const terms = slopes.map((slope, k) => (slope === 0n ? slope : times(slope, applied(f, at, [...by, k]))));
  return dual(t, applied(f, at, by), terms.reduce(plus));
}

/** -1, 0 or 1, as x - y is negative, 0 or positive without any t. */
export function compare(x: Exact, y: Exact): number {
  const [[n, d], [m, e]] = [pair(x), pair(y)];
  return Math.sign(Number(n * e - m * d));
}

export function floor(x: Exact): bigint {
  const [n, d] = pair(x);
  return n < 0n ? -((-n + d - 1n) / d) : n / d;
}

/** Without any t. */
export function real(x: Exact): Exact {
  return fraction(...pair(x));
}

export function written(x: Exact): string {
  return pair(x).join("/").replace(/\/1$/, "");
}
