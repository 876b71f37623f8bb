/**
 * Digits of an index. A row of vec(M) is the pair (row, column) of M, the first fastest: an index is a number written
 * in digits of different sizes. Which digits an index has is found out step by step: where two indices meet, the
 * larger digit is split to fit the smaller one.
 */

import { equal, one, type Polynomial, polynomialText, quotient, times } from "../language/polynomial.js";

/** One digit: how many values it has; once split, its parts, the fastest first; once found equal to another, that one. */
export interface Digit {
  readonly size: Polynomial;
  parts?: readonly Digit[];
  /** What a reader calls this index, as i or p: the name that an index map gave it. */
  letter?: string;
}

/** A statement that this kind of proof does not reach; the message says where it ends. */
export class OutsideError extends Error {
  override readonly name = "OutsideError";
}

/**
 * An index that has not been looked into yet: one digit, or none where it has a single value. Throws OutsideError for a
 * size that is below 0 always, as −n: digits of n and −n would split one another without end.
 */
export function digitsOfSize(size: Polynomial): Digit[] {
  if (size.terms.size > 0 && [...size.terms.values()].every((k) => k < 0n))
    throw new OutsideError(`an index of ${polynomialText(size)} values`);
  return equal(size, one) ? [] : [{ size }];
}

/** The digits that have no parts. */
export function leaves(digits: readonly Digit[]): Digit[] {
  return digits.flatMap((digit) => (digit.parts ? leaves(digit.parts) : [digit]));
}

/** Makes two indices of one size the same, digit by digit. Throws OutsideError where their digits overlap. */
export function unify(xs: readonly Digit[], ys: readonly Digit[]): void {
  const [left, right] = [leaves(xs), leaves(ys)];
  for (;;) {
    const [x, y] = [nextLeaf(left), nextLeaf(right)];
    if (!x && !y) return;
    if (!x || !y) throw new OutsideError("two indices of different sizes meet");
    if (x !== y) meet(x, y);
    else {
      left.shift();
      right.shift();
    }
  }
}

/** The first digits whose sizes multiply to `size`, and the rest; a digit in between is split. */
export function splitAt(digits: readonly Digit[], size: Polynomial): [Digit[], Digit[]] {
  const first: Digit[] = [];
  let [rest, missing] = [leaves(digits), size];
  while (!equal(missing, one)) {
    const [digit, ...others] = rest;
    if (!digit) throw new OutsideError(`an index has no part of size ${polynomialText(size)}`);
    const left = quotient(missing, digit.size);
    if (left) {
      first.push(digit);
      [rest, missing] = [others, left];
    } else rest = [...split(digit, { size: missing }), ...others];
  }
  return [first, rest];
}

/** Two different leaves: equal sizes become one digit, else the larger is split. */
function meet(x: Digit, y: Digit): void {
  if (equal(x.size, y.size)) {
    x.letter ??= y.letter;
    y.parts = [x];
  } else if (quotient(x.size, y.size)) split(x, y);
  else split(y, x);
}

/** Splits a digit into `fastest` and what is left. */
function split(digit: Digit, fastest: Digit): readonly Digit[] {
  const size = quotient(digit.size, fastest.size);
  if (!size) {
    const sizes = `${polynomialText(digit.size)} and ${polynomialText(fastest.size)}`;
    throw new OutsideError(`two indices are cut at different places: digits of sizes ${sizes} meet`);
  }
  digit.parts = [fastest, { size }];
  return digit.parts;
}

/** The front of a list, looked into as far as it is split. */
function nextLeaf(list: Digit[]): Digit | undefined {
  while (list[0]?.parts) list.splice(0, 1, ...list[0].parts);
  return list[0];
}

/** The product of the digits' sizes. */
export function sizeOfDigits(digits: readonly Digit[]): Polynomial {
  return digits.reduce((size, digit) => times(size, digit.size), one);
}
