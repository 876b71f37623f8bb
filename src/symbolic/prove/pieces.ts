/**
 * The values of an index in pieces: below m + n it is some i < m, or m + i with i < n; below 2 n it is 2 i or 2 i + 1. So a sum
 * over all of them is a sum over each piece, and where every entry of a column is in one piece, the pieces are the column.
 */

import {
  asNumber,
  constant,
  equal,
  factorsOf,
  minus,
  one,
  type Polynomial,
  plus,
  polynomialText,
  times,
  variable,
  zero,
} from "../language/polynomial.js";
import type { SignedSurroundings } from "./signs.js";
import { replaced, type Term } from "./terms.js";

/** step times 0, 1, … up to below count. */
interface Digit {
  readonly step: Polynomial;
  readonly count: Polynomial;
}

/** The values that start and one of each digit come to, the steps of which go on where the digit before ends. */
interface Piece {
  readonly start: Polynomial;
  readonly digits: readonly Digit[];
}

function countOf({ digits }: Piece): Polynomial {
  return digits.reduce((all, { count }) => times(all, count), one);
}

type Range = (name: string) => Polynomial | undefined;

/** More pieces than these are looked for in vain. */
const most = { pieces: 6, literal: 4, terms: 200 } as const;

/** Both sides with each index cut for whose values there are pieces; undefined where there are none for any. */
export function inPieces(
  forms: readonly (readonly Term[])[],
  around: SignedSurroundings,
): readonly Term[][] | undefined {
  const all = forms.flat();
  const pieces = eachOnce(piecesIn(all, around));
  const sizes = new Map(
    [...around.ranges.values(), ...all.flatMap(sizesIn)].map((x) => [polynomialText(x), x]),
  );
  let cut = forms.map((terms) => [...terms]);
  let count = 0;
  for (const size of sizes.values()) {
    const parts = partition(size, pieces);
    if (!parts) continue;
    count++;
    cut = cut.map((terms) => terms.flatMap((term) => cutAt(term, size, parts, around)));
    if (cut.flat().length > most.terms) return undefined;
  }
  return count > 0 ? cut : undefined;
}

function eachOnce(pieces: readonly Piece[]): Piece[] {
  const textOf = ({ start, digits }: Piece): string =>
    [start, ...digits.flatMap(({ step, count }) => [step, count])].map(polynomialText).join(";");
  return [...new Map(pieces.map((piece) => [textOf(piece), piece])).values()];
}

/** The sizes of its sums, within functions too. */
function sizesIn({ sums, factors }: Term): Polynomial[] {
  const inner = factors.flatMap((factor) => (factor.kind === "applied" ? factor.at.flatMap(sizesIn) : []));
  return [...sums.values(), ...inner];
}

/** What is read or set by an index alone: z[m + i], and r = 2 i + 1. */
function piecesIn(terms: readonly Term[], around: SignedSurroundings, outer?: Range): Piece[] {
  return terms.flatMap((term) => {
    const range: Range = (name) => term.sums.get(name) ?? outer?.(name) ?? around.ranges.get(name);
    const set = term.equations.flatMap(({ left, right }) => solutions(minus(left, right), range));
    const read = term.factors.flatMap((factor) => (factor.kind === "entry" ? factor.index : []));
    const inner = term.factors.flatMap((factor) =>
      factor.kind === "entry" ? [] : piecesIn(factor.at, around, range),
    );
    return [...inner, ...[...set, ...read].flatMap((place) => pieceOf(place, range, around.isSize))];
  });
}

/** What an equation x = 0 says that its indices are. */
function solutions(x: Polynomial, range: Range): Polynomial[] {
  return [...x.terms].flatMap(([name, k]) => {
    if (!range(name) || (k !== 1n && k !== -1n)) return [];
    return [k === 1n ? minus(variable(name), x) : plus(variable(name), x)];
  });
}

/** start + step i, where all else is sizes; start + step (i + m j) with i < m is one too, of two digits. */
function pieceOf(place: Polynomial, range: Range, isSize: (name: string) => boolean): Piece[] {
  let start = zero;
  const steps = new Map<string, Polynomial>();
  for (const [monomial, k] of place.terms) {
    const [[name, ...more], sizes] = split(factorsOf(monomial), (each) => range(each) !== undefined);
    if (more.length > 0 || !sizes.every(isSize)) return [];
    const part = { terms: new Map([[sizes.join("·"), k]]) };
    if (name === undefined) start = plus(start, part);
    else steps.set(name, plus(steps.get(name) ?? zero, part));
  }
  const all = Array.from(steps, ([name, step]) => ({ step, count: range(name) as Polynomial }));
  const found = all.map((first) => inOrder(first, all)).find((digits) => digits.length === all.length);
  return found && found.length > 0 ? [{ start, digits: found }] : [];
}

/** The first digit, that by which its numbers go on, and so forth. */
function inOrder(first: Digit, all: readonly Digit[]): readonly Digit[] {
  const others = all.filter((digit) => digit !== first);
  const next = others.find(({ step }) => equal(step, times(first.step, first.count)));
  return next ? [first, ...inOrder(next, others)] : [first];
}

function split<T>(all: readonly T[], isFirst: (one: T) => boolean): readonly [T[], T[]] {
  return [all.filter(isFirst), all.filter((one) => !isFirst(one))];
}

/** Pieces in which every number from 0 to below the size is once. */
function partition(size: Polynomial, pieces: readonly Piece[]): readonly Piece[] | undefined {
  const number = asNumber(size);
  if (number !== undefined) {
    if (number < 2 || number > most.literal) return undefined;
    return Array.from({ length: number }, (_, k) => ({ start: constant(k), digits: [] }));
  }
  const [blocks] = blocksFrom(zero, size, pieces, most.pieces);
  return blocks ?? interleaved(size, pieces);
}

/** Each begins where the one before it ends. */
function* blocksFrom(
  from: Polynomial,
  size: Polynomial,
  pieces: readonly Piece[],
  count: number,
): Generator<readonly Piece[]> {
  if (equal(from, size)) yield [];
  else if (count > 0)
    for (const piece of pieces)
      if (isBlock(piece, from) && !equal(countOf(piece), size))
        for (const rest of blocksFrom(plus(from, countOf(piece)), size, pieces, count - 1))
          yield [piece, ...rest];
}

function isBlock({ start, digits: [first] }: Piece, from: Polynomial): boolean {
  return first !== undefined && equal(first.step, one) && equal(start, from);
}

/** t i, t i + 1, …, t i + t − 1 with i < n are all numbers below t n. */
function interleaved(size: Polynomial, pieces: readonly Piece[]): readonly Piece[] | undefined {
  for (const piece of pieces) {
    const t = asNumber(piece.digits[0]?.step ?? one) ?? 0;
    if (t < 2 || t > most.literal || !equal(times(constant(t), countOf(piece)), size)) continue;
    const found = Array.from({ length: t }, (_, k) => ({ ...piece, start: constant(k) }));
    const isThere = (one: Piece): boolean => pieces.some(({ start }) => equal(start, one.start));
    if (found.every(isThere)) return found;
  }
  return undefined;
}

/** The sum of what the term is where an index of that size is in each piece. */
function cutAt(term: Term, size: Polynomial, parts: readonly Piece[], around: SignedSurroundings): Term[] {
  const factors = term.factors.map((factor) =>
    factor.kind === "applied"
      ? { ...factor, at: factor.at.flatMap((inner) => cutSums(inner, size, parts, around)) }
      : factor,
  );
  let terms = cutSums({ ...term, factors }, size, parts, around);
  for (const [name, range] of around.ranges)
    if (equal(range, size))
      terms = terms.flatMap((one) => parts.map((part) => at(one, name, part, size, around)));
  return terms;
}

/** Σ over the index is the sum over each piece. */
function cutSums(term: Term, size: Polynomial, parts: readonly Piece[], around: SignedSurroundings): Term[] {
  const name = [...term.sums.keys()].find((index) => equal(term.sums.get(index) as Polynomial, size));
  if (name === undefined) return [term];
  const rest = new Map(term.sums);
  rest.delete(name);
  return parts.flatMap((part) => {
    const { place, sums } = valueIn(part, around);
    const cut = replaced({ ...term, sums: new Map([...rest, ...sums]) }, (index) =>
      index === name ? place : undefined,
    );
    return cutSums(cut, size, parts, around);
  });
}

/** The term where the index of the entry is in the piece. */
function at(term: Term, name: string, part: Piece, size: Polynomial, around: SignedSurroundings): Term {
  const { place, sums } = valueIn(part, around);
  const cut = replaced(term, (index) => (index === name ? place : undefined));
  const equation = { left: variable(name), right: place, size };
  return { ...cut, sums: new Map([...cut.sums, ...sums]), equations: [...cut.equations, equation] };
}

/** A value of the piece, by an index for each digit. */
function valueIn({ start, digits }: Piece, { fresh }: SignedSurroundings): Value {
  const sums = digits.map(({ count }) => [fresh(), count] as const);
  const parts = digits.map(({ step }, k) => times(step, variable(sums[k][0])));
  return { place: parts.reduce(plus, start), sums };
}

interface Value {
  readonly place: Polynomial;
  readonly sums: readonly (readonly [index: string, count: Polynomial])[];
}
