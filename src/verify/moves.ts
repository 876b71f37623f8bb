/** The numeric form of an index map, from its formula alone: which entry of vec(X) goes to which of vec(f(X)). */

import { evaluate, type Polynomial } from "../symbolic/polynomial.js";
import type { Sizes } from "../symbolic/proof/sizes.js";
import type { Counter, IndexMap, Place } from "../symbolic/world.js";

/** Entry from[k] of the argument is added, times `weight`, to entry to[k] of the result. */
export interface Moves {
  readonly rows: number;
  readonly cols: number;
  readonly to: Int32Array;
  readonly from: Int32Array;
  readonly weight: number;
  /** How many entries of `from` belong to each entry of the result: a window of which a selection takes one. */
  readonly window: number;
}

/** All moves of a map at given sizes. Throws RangeError for a place outside, or where there are 2³¹ moves or more. */
export function movesOf(map: IndexMap, sizes: Sizes): Moves {
  const counters = [...map.sums, ...map.rows, ...map.cols];
  const counts = counters.map(({ size }) => evaluate(size, sizes));
  const total = counts.reduce((x, y) => x * y, 1);
  if (total >= 2 ** 31) throw new RangeError(`${map.name}: ${total} entries; the limit is 2³¹ − 1`);
  const places = [...map.placeRows, ...map.placeCols];
  const [counted, placed] = [new Int32Array(total), new Int32Array(total)];
  const at = placeOf(map, places, counters, sizes);
  const window = map.sums.reduce((size, { size: n }) => size * evaluate(n, sizes), 1);
  for (let k = 0; k < total; k++) {
    counted[k] = Math.floor(k / window);
    placed[k] = at(k, counts);
  }
  const lengths = { counted: total / window, placed: lengthOf(places, sizes) };
  const weight = 1 / evaluate(map.weight, sizes);
  return map.kind === "read"
    ? { rows: lengths.counted, cols: lengths.placed, to: counted, from: placed, weight, window }
    : { rows: lengths.placed, cols: lengths.counted, to: placed, from: counted, weight, window };
}

/** The place of a move as one number. Places are linear in each counter: their slopes are found once. */
function placeOf(
  map: IndexMap,
  places: readonly Place[],
  counters: readonly Counter[],
  sizes: Sizes,
): (k: number, counts: readonly number[]) => number {
  const zero = Object.fromEntries(counters.map(({ name }) => [name, 0]));
  const limits = places.map(({ size }) => evaluate(size, sizes));
  const value = (at: Polynomial, counter?: string) =>
    evaluate(at, { ...sizes, ...zero, ...(counter === undefined ? {} : { [counter]: 1 }) });
  const starts = places.map(({ at }) => value(at));
  const slopes = places.map(({ at }, n) => counters.map(({ name }) => value(at, name) - starts[n]));
  return (k, counts) => {
    let [sum, stride] = [0, 1];
    for (let n = 0; n < places.length; n++) {
      let [place, rest] = [starts[n], k];
      for (let c = 0; c < counts.length; c++) {
        place += slopes[n][c] * (rest % counts[c]);
        rest = Math.floor(rest / counts[c]);
      }
      if (place < 0 || place >= limits[n]) refuse(map, place, limits[n]);
      sum += stride * place;
      stride *= limits[n];
    }
    return sum;
  };
}

function lengthOf(places: readonly Place[], sizes: Sizes): number {
  return places.reduce((product, { size }) => product * evaluate(size, sizes), 1);
}

function refuse(map: IndexMap, place: number, limit: number): never {
  throw new RangeError(`${map.name}: the formula reads place ${place}; needed 0 to ${limit - 1}`);
}
