/** ℚ: whole numbers and fractions, exact, with an order; so that max(x, 0) is what it is. */

import { draw, drawWhole } from "../sizes/draws.js";
import { DivisionError, type OracleAlgebra } from "./algebra.js";

/** A whole number that doubles hold exactly; any other number in lowest terms, under > 0. */
export type Fraction = number | { readonly over: bigint; readonly under: bigint };

/** over/under, for whole numbers. Throws DivisionError where under is 0. */
export function fractionOf(over: number, under: number): Fraction {
  return multiply(over, inverse(under));
}

/** Unknown values are drawn between −most and most. */
const most = 99;

/** σ by order of derivative and argument. */
export type SigmaOfFraction = (order: number, x: Fraction) => Fraction;

/** Fractions; σ, if none is given, and losses are random oracles keyed by seed, order and argument. */
export function fractions(
  seed: number,
  sigma: SigmaOfFraction = unknownSigma(seed),
): OracleAlgebra<Fraction> {
  return {
    zero: 0,
    whole: (n) => n,
    add,
    negate: (x) => (typeof x === "number" ? 0 - x : { over: -x.over, under: x.under }),
    multiply,
    inverse,
    isZero: (x) => x === 0,
    isPositive: (x) => (typeof x === "number" ? x > 0 : x.over > 0n),
    sigma,
    unknown: (f, by, x) =>
      drawWhole(-most, most, seed, f, draw(...x.map(fractionText)), ...[...by].sort((i, j) => i - j)),
  };
}

/** Any function: it does not even grow with its argument. */
function unknownSigma(seed: number): SigmaOfFraction {
  return (order, x) => drawWhole(-most, most, seed, "sigma", order, fractionText(x));
}

/** (x + 1)³ + x grows with x, and is neither odd nor even. */
export function risingSigma(order: number, x: Fraction): Fraction {
  const y = add(x, 1);
  const square = multiply(y, y);
  return [add(multiply(square, y), x), add(multiply(3, square), 1), multiply(6, y), 6][order] ?? 0;
}

/** (min(x, 0))³, which is flat from 0 on: there the largest entries tie. */
export function flatSigma(order: number, x: Fraction): Fraction {
  if (doubleOf(x) >= 0) return 0;
  const square = multiply(x, x);
  return [multiply(square, x), multiply(3, square), multiply(6, x), 6][order] ?? 0;
}

/** "3", "-1/2" */
export function fractionText(x: Fraction): string {
  return typeof x === "number" ? String(x) : `${x.over}${x.under === 1n ? "" : `/${x.under}`}`;
}

/** The double next to it. */
export function doubleOf(x: Fraction): number {
  return typeof x === "number" ? x : Number(x.over) / Number(x.under);
}

function add(x: Fraction, y: Fraction): Fraction {
  if (typeof x === "number" && typeof y === "number" && Number.isSafeInteger(x + y)) return x + y;
  const [p, q] = [parts(x), parts(y)];
  return reduced(p.over * q.under + q.over * p.under, p.under * q.under);
}

function multiply(x: Fraction, y: Fraction): Fraction {
  // not −0, which reads as another number
  if (typeof x === "number" && typeof y === "number" && Number.isSafeInteger(x * y)) return x * y + 0;
  const [p, q] = [parts(x), parts(y)];
  return reduced(p.over * q.over, p.under * q.under);
}

function inverse(x: Fraction): Fraction {
  const { over, under } = parts(x);
  if (over === 0n) throw new DivisionError();
  return over > 0n ? reduced(under, over) : reduced(-under, -over);
}

function parts(x: Fraction): { over: bigint; under: bigint } {
  return typeof x === "number" ? { over: BigInt(x), under: 1n } : x;
}

function reduced(over: bigint, under: bigint): Fraction {
  let [a, b] = [over < 0n ? -over : over, under];
  while (b !== 0n) [a, b] = [b, a % b];
  const [p, q] = [over / a, under / a];
  const x = Number(p);
  return q === 1n && Number.isSafeInteger(x) ? x : { over: p, under: q };
}
