/** GF(p): whole numbers modulo a prime, exact. What is an identity over ℤ is one here, and almost nothing else is. */

import { draw } from "../sizes/draws.js";
import { DivisionError, type OracleAlgebra } from "./algebra.js";

/** The largest prime below 2²⁶: products of two residues are exact in doubles. */
export const largestPrime = 67_108_859;

/**
 * The residues modulo p. σ, its derivatives and losses are random oracles keyed by seed, order and argument, so that an
 * equation that holds for them holds for every differentiable function. Throws RangeError unless p < 2²⁶ is prime.
 */
export function primeField(seed: number, p: number = largestPrime): OracleAlgebra<number> {
  if (!Number.isInteger(p) || p >= 2 ** 26 || !isPrime(p))
    throw new RangeError(`GF(p): p is ${p}; needed a prime below 2^26`);
  const digests = new WeakMap<readonly number[], number>(); // a loss asks for many derivatives at one argument
  const digestOf = (x: readonly number[]) => {
    const digest = digests.get(x) ?? draw(seed, "argument", ...x);
    digests.set(x, digest);
    return digest;
  };
  return {
    zero: 0,
    whole: (n) => ((n % p) + p) % p,
    add: (x, y) => (x + y) % p,
    negate: (x) => (x === 0 ? 0 : p - x),
    multiply: (x, y) => (x * y) % p,
    inverse: (x) => inverse(x, p),
    isZero: (x) => x === 0,
    isPositive: () => {
      throw new Error("GF(p): no residue is positive, and ReLU has no value");
    },
    sigma: (order, x) => draw(seed, "sigma", order, x) % p,
    unknown: (f, by, x) => draw(seed, f, digestOf(x), ...[...by].sort((i, j) => i - j)) % p,
  };
}

/** x^(p − 2), Fermat. */
function inverse(x: number, p: number): number {
  if (x === 0) throw new DivisionError();
  let [result, base] = [1, x];
  for (let exponent = p - 2; exponent > 0; exponent = Math.floor(exponent / 2)) {
    if (exponent % 2 === 1) result = (result * base) % p;
    base = (base * base) % p;
  }
  return result;
}

/** A prime from 2²⁵ to 2²⁶ that follows from a text, so that no number in the text is a multiple of it but by chance. */
export function primeFor(text: string): number {
  let p = 2 ** 26 - 1 - (draw("prime", text) % 2 ** 25);
  while (!isPrime(p)) p -= 1;
  return p;
}

const known = new Set([largestPrime]);

function isPrime(p: number): boolean {
  if (known.has(p)) return true;
  for (let factor = 2; factor * factor <= p; factor++) if (p % factor === 0) return false;
  if (p > 1) known.add(p);
  return p > 1;
}
