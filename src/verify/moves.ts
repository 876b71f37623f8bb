/** The numeric form of an index map, from its formula alone: which entry of vec(X) goes to which of vec(f(X)). */

import { evaluate, factorsOf, type Polynomial } from "../symbolic/language/polynomial.js";
import type { Sizes } from "../symbolic/sizes/sizes.js";
import { mapShapes } from "../symbolic/world/shapes.js";
import type { Counter, IndexMap, Place } from "../symbolic/world/world.js";

/** Entry from[k] of the argument is added, times `weight`, to entry to[k] of the result. */
export interface MapMoves {
  readonly rows: number;
  readonly cols: number;
  readonly to: Int32Array;
  readonly from: Int32Array;
  readonly weight: number;
  /** How many entries of `from` belong to each entry of the result: a window of which a selection takes one. */
  readonly window: number;
}

const known = new WeakMap<IndexMap, Map<string, MapMoves>>();

/**
 * All moves of a map at given sizes, found once. Throws RangeError for a place outside, or where there are 2³¹ moves or
 * more.
 */
export function mapMoves(map: IndexMap, sizes: Sizes): MapMoves {
  const found = known.get(map) ?? new Map<string, MapMoves>();
  known.set(map, found);
  const key = JSON.stringify(sizes);
  const moves = found.get(key) ?? newMoves(map, sizes);
  if (found.size >= mostKept) found.clear();
  found.set(key, moves);
  return moves;
}

/** The size of f(X). */
export function shapeOfResult(map: IndexMap, sizes: Sizes): [rows: number, cols: number] {
  const { result } = mapShapes(map);
  return [evaluate(result.rows, sizes), evaluate(result.cols, sizes)];
}

/** A notebook runs its formulas at a few sizes; more are not kept. */
const mostKept = 4;

function newMoves(map: IndexMap, sizes: Sizes): MapMoves {
  const counters = [...map.sums, ...map.rows, ...map.cols];
  const counts = counters.map(({ size }) => evaluate(size, sizes));
  const total = counts.reduce((x, y) => x * y, 1);
  if (total >= 2 ** 31) throw new RangeError(`${map.name}: ${total} entries; the limit is 2³¹ − 1`);
  const places = [...map.placeRows, ...map.placeCols];
  const window = map.sums.reduce((size, { size: n }) => size * evaluate(n, sizes), 1);
  const counted = Int32Array.from({ length: total }, (_, k) => Math.floor(k / window));
  const placed = (isLinear(places, counters) ? linearPlaces : evaluatedPlaces)(map, places, counters, sizes);
  const lengths = { counted: total / window, placed: lengthOf(places, sizes) };
  const weight = 1 / evaluate(map.weight, sizes);
  return map.kind === "read"
    ? { rows: lengths.counted, cols: lengths.placed, to: counted, from: placed, weight, window }
    : { rows: lengths.placed, cols: lengths.counted, to: placed, from: counted, weight, window };
}

/** Whether no place has a product of counters. */
function isLinear(places: readonly Place[], counters: readonly Counter[]): boolean {
  const names = new Set(counters.map(({ name }) => name));
  const monomials = places.flatMap(({ at }) => [...at.terms.keys()]);
  return monomials.every((monomial) => factorsOf(monomial).filter((name) => names.has(name)).length < 2);
}

/** The place of every move as one number, the first counter fastest. */
type PlacesOf = (
  map: IndexMap,
  places: readonly Place[],
  counters: readonly Counter[],
  sizes: Sizes,
) => Int32Array;

/** From the formula as it stands, as p·q. */
const evaluatedPlaces: PlacesOf = (map, places, counters, sizes) => {
  const limits = places.map(({ size }) => evaluate(size, sizes));
  const counts = counters.map(({ size }) => evaluate(size, sizes));
  return Int32Array.from({ length: counts.reduce((x, y) => x * y, 1) }, (_, k) => {
    const values: Record<string, number> = { ...sizes };
    let rest = k;
    for (const [c, { name }] of counters.entries()) {
      values[name] = rest % counts[c];
      rest = Math.floor(rest / counts[c]);
    }
    return together(
      map,
      places.map(({ at }) => evaluate(at, values)),
      limits,
    );
  });
};

/** Each found from the one before, where places are linear in each counter. */
const linearPlaces: PlacesOf = (map, places, counters, sizes) => {
  const counts = counters.map(({ size }) => evaluate(size, sizes));
  const zero = Object.fromEntries(counters.map(({ name }) => [name, 0]));
  const limits = places.map(({ size }) => evaluate(size, sizes));
  const value = (at: Polynomial, counter?: string) =>
    evaluate(at, { ...sizes, ...zero, ...(counter === undefined ? {} : { [counter]: 1 }) });
  const now = places.map(({ at }) => value(at));
  const slopes = counters.map(({ name }) => places.map(({ at }) => value(at, name) - value(at)));
  const digits = counts.map(() => 0);
  const placed = new Int32Array(counts.reduce((x, y) => x * y, 1));
  for (let k = 0; k < placed.length; k++) {
    placed[k] = together(map, now, limits);
    for (let c = 0; c < counts.length; c++) {
      const step = ++digits[c] < counts[c] ? 1 : 1 - counts[c];
      for (let n = 0; n < now.length; n++) now[n] += step * slopes[c][n];
      if (step === 1) break;
      digits[c] = 0;
    }
  }
  return placed;
};

/** x₁ + n₁ x₂ + … Throws RangeError for a place outside. */
function together(map: IndexMap, places: readonly number[], limits: readonly number[]): number {
  let [sum, stride] = [0, 1];
  for (let n = 0; n < places.length; n++) {
    if (places[n] < 0 || places[n] >= limits[n]) refuse(map, places[n], limits[n]);
    sum += stride * places[n];
    stride *= limits[n];
  }
  return sum;
}

function lengthOf(places: readonly Place[], sizes: Sizes): number {
  return places.reduce((product, { size }) => product * evaluate(size, sizes), 1);
}

function refuse(map: IndexMap, place: number, limit: number): never {
  throw new RangeError(`${map.name}: the formula reads place ${place}; needed 0 to ${limit - 1}`);
}
