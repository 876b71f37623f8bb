/** ℤ[entries]: every entry of every matrix is a variable, so that equality is an identity at that size. */

import {
  asNumber,
  constant,
  negative,
  type Polynomial,
  plus,
  polynomialText,
  times,
  variable,
  zero,
} from "../language/polynomial.js";
import type { OracleAlgebra } from "./algebra.js";

/** Why a statement is not tried as polynomials. */
export class BeyondPolynomials extends Error {
  override readonly name = "BeyondPolynomials";
}

/**
 * Polynomials with whole coefficients. σ(x) is a new variable for each polynomial x, and so is each value of a loss.
 * Throws BeyondPolynomials at a division and once more than `budget` terms have been made.
 */
export function entryPolynomials(budget: number): OracleAlgebra<Polynomial> {
  let left = budget;
  const atoms = new Map<string, Polynomial>();
  const atom = (key: string) => {
    const known = atoms.get(key) ?? variable(`f${atoms.size}`);
    atoms.set(key, known);
    return known;
  };
  const spend = (terms: number) => {
    left -= terms;
    if (left < 0) throw new BeyondPolynomials(`more than ${budget} terms`);
  };
  return {
    zero,
    whole: constant,
    add: (x, y) => {
      if (x.terms.size === 0) return y;
      if (y.terms.size === 0) return x;
      spend(x.terms.size + y.terms.size);
      return plus(x, y);
    },
    negate: negative,
    multiply: (x, y) => {
      spend(x.terms.size * y.terms.size);
      return times(x, y);
    },
    inverse: (x) => {
      if (Math.abs(asNumber(x) ?? 0) === 1) return x;
      throw new BeyondPolynomials("a division");
    },
    isZero: (x) => x.terms.size === 0,
    isPositive: () => {
      throw new BeyondPolynomials("ReLU, which asks for signs");
    },
    sigma: (order, x) => atom(`sigma ${order} ${polynomialText(x)}`),
    unknown: (f, by, x) =>
      atom([f, [...by].sort((i, j) => i - j).join(","), ...x.map(polynomialText)].join(" ; ")),
  };
}
