/** The two numeric readings of an index map at given sizes: which entries it moves, and its matrix of zeros and ones. */

import { evaluate, type Polynomial } from "../language/polynomial.js";
import { type Sizes, sizesText } from "../sizes/sizes.js";
import type { Counter, IndexMap, Place } from "../world/world.js";

/** For each entry over the counters (the first fastest), the entries at the places, one for each value of `sums`. */
export interface IndexTable {
  readonly counters: { readonly rows: number; readonly cols: number };
  readonly places: { readonly rows: number; readonly cols: number };
  readonly options: readonly (readonly number[])[];
}

const tables = new WeakMap<Sizes, Map<IndexMap, IndexTable>>();
const patterns = new WeakMap<Sizes, Map<IndexMap, readonly Move[]>>();

/** The table of a map. Throws RangeError for an index outside of the source. */
export function indexTable(map: IndexMap, sizes: Sizes): IndexTable {
  return once(tables, sizes, map, () => tableOf(map, sizes));
}

function tableOf(map: IndexMap, sizes: Sizes): IndexTable {
  const size = ({ size }: Counter | Place) => evaluate(size, sizes);
  const count = (list: readonly (Counter | Place)[]) => list.reduce((n, one) => n * size(one), 1);
  const placeIndex = indexAt(map, sizes);
  const options: number[][] = [];
  const values: Record<string, number> = {};
  forEachValue([...map.rows, ...map.cols], sizes, values, () => {
    const entry: number[] = [];
    forEachValue(map.sums, sizes, values, () => entry.push(placeIndex(values)));
    options.push(entry);
  });
  return {
    counters: { rows: count(map.rows), cols: count(map.cols) },
    places: { rows: count(map.placeRows), cols: count(map.placeCols) },
    options,
  };
}

/** Calls `visit` with all values of the counters in `values`, the first of them fastest. */
function forEachValue(
  counters: readonly Counter[],
  sizes: Sizes,
  values: Record<string, number>,
  visit: () => void,
): void {
  const last = counters.at(-1);
  if (!last) {
    visit();
    return;
  }
  const others = counters.slice(0, -1);
  const size = evaluate(last.size, sizes);
  for (let value = 0; value < size; value++) {
    values[last.name] = value;
    forEachValue(others, sizes, values, visit);
  }
}

/** The number of the entry (placeRows; placeCols) in the stacked matrix, from the counters' values. */
function indexAt(map: IndexMap, sizes: Sizes): (values: Sizes) => number {
  const digits = [...map.placeRows, ...map.placeCols].map(({ at, size }) => ({
    at: termsOf(at, sizes, map),
    size: evaluate(size, sizes),
  }));
  return (values) => {
    let [index, step] = [0, 1];
    for (const { at, size } of digits) {
      const digit = at.reduce(
        (sum, { k, names }) => names.reduce((value, name) => value * values[name], k) + sum,
        0,
      );
      if (digit < 0 || digit >= size) outside(map, sizes, values, digit, size);
      index += step * digit;
      step *= size;
    }
    return index;
  };
}

/** The terms of a place with the sizes put in: a number times counters. */
function termsOf(at: Polynomial, sizes: Sizes, map: IndexMap): { k: number; names: string[] }[] {
  const counters = new Set([...map.rows, ...map.cols, ...map.sums].map(({ name }) => name));
  return Array.from(at.terms, ([monomial, k]) => {
    const names = monomial === "" ? [] : monomial.split("·");
    const known = names.filter((name) => !counters.has(name));
    return {
      k: known.reduce((value, name) => value * sizes[name], Number(k)),
      names: names.filter((name) => counters.has(name)),
    };
  });
}

function outside(map: IndexMap, sizes: Sizes, values: Sizes, digit: number, size: number): never {
  const at = `${sizesText(values)} with ${sizesText(sizes)}`;
  throw new RangeError(`${map.name}: the index ${digit} at ${at}; needed one from 0 to ${size - 1}`);
}

/** A one in the matrix of a map: `counter` and `place` number the entries, `option` the value of `sums`. */
export interface Move {
  readonly counter: number;
  readonly place: number;
  readonly option: number;
}

/**
 * The ones of the map's matrix, from the formula alone: each number is taken apart into its digits and each place
 * calculated as the polynomial it is. It shares nothing with `indexTable`, so that P vec(X) = vec(f(X)) is evidence.
 */
export function movesOf(map: IndexMap, sizes: Sizes): readonly Move[] {
  return once(patterns, sizes, map, () => {
    const sized = <T extends Counter | Place>(list: readonly T[]): Sized<T>[] =>
      list.map((digit) => ({ ...digit, count: evaluate(digit.size, sizes) }));
    const [outer, sums] = [[...map.rows, ...map.cols], map.sums].map(sized);
    const places = sized([...map.placeRows, ...map.placeCols]);
    const counts = [outer, sums].map((list) => list.reduce((n, { count }) => n * count, 1));
    const values: Record<string, number> = { ...sizes };
    return Array.from({ length: counts[0] * counts[1] }, (_, n) => {
      const [counter, option] = [n % counts[0], Math.floor(n / counts[0])];
      setDigits(values, counter, outer);
      setDigits(values, option, sums);
      const place = places.reduceRight((index, { at, count }) => evaluate(at, values) + count * index, 0);
      return { counter, place, option };
    });
  });
}

/** A digit with the number of its values. */
type Sized<T> = T & { readonly count: number };

/** Sets each counter to its value in a number, the first counter fastest. */
function setDigits(values: Record<string, number>, n: number, counters: readonly Sized<Counter>[]): void {
  let rest = n;
  for (const { name, count } of counters) {
    values[name] = rest % count;
    rest = Math.floor(rest / count);
  }
}

function once<T>(cache: WeakMap<Sizes, Map<IndexMap, T>>, sizes: Sizes, map: IndexMap, make: () => T): T {
  const ofSizes = cache.get(sizes) ?? new Map<IndexMap, T>();
  cache.set(sizes, ofSizes);
  const known = ofSizes.get(map) ?? make();
  ofSizes.set(map, known);
  return known;
}
