/** Entries of the 0/1 matrix of an index map, from its formula. */

import {
  constant,
  type Polynomial,
  plus,
  sortedTerms,
  substitute,
  times,
  variable,
  zero,
} from "../language/polynomial.js";
import type { IndexMap } from "../world/world.js";
import type { At, Fresh } from "./at.js";
import type { Indexed } from "./axes.js";
import { type Digit, leaves, OutsideError } from "./digits.js";
import { type Equation, summed, type Term, timesPower, timesTerm, unit, where } from "./terms.js";

/** How much of entry `source` of the argument is in entry `given` of the result. */
export function mapEntry(
  map: IndexMap,
  axes: NonNullable<Indexed["map"]>,
  { given, source }: { given: At; source: At },
  fresh: Fresh,
): Term[] {
  const [counted, placed] = map.kind === "read" ? [given, source] : [source, given];
  const [countedAxes, placedAxes] =
    map.kind === "read" ? [axes.result, axes.argument] : [axes.argument, axes.result];
  const values = new Map([
    ...countersOf(map.rows, countedAxes.rows, counted.rows),
    ...countersOf(map.cols, countedAxes.cols, counted.cols),
  ]);
  const extra = new Map(map.sums.map(({ name, size }) => [name, { index: fresh(name), size }] as const));
  for (const [name, { index }] of extra) values.set(name, variable(index));
  const holds = [
    ...placesOf(map.placeRows, placedAxes.rows, placed.rows, values),
    ...placesOf(map.placeCols, placedAxes.cols, placed.cols, values),
  ];
  const sums = new Map(Array.from(extra.values(), ({ index, size }) => [index, size] as const));
  const chosen = map.chosen ? [choice(map, given, [...sums.keys()])] : [unit];
  return summed(where(chosen, holds), sums).map((term) => timesWeight(term, map.weight));
}

/** Which entry of the window is taken: 1 for one offset, 0 for the others, for each instance and entry. */
function choice(map: IndexMap, { rows, cols, instance }: At, offsets: readonly string[]): Term {
  const index = [instance, ...rows, ...cols, ...offsets.map(variable)];
  return {
    ...unit,
    factors: [{ kind: "entry", name: `choice of ${map.name}`, index, offsets: offsets.length }],
  };
}

function timesWeight(term: Term, weight: Polynomial): Term {
  const [[monomial, k], ...more] = sortedTerms(weight);
  if (more.length > 0) throw new OutsideError("a weight that is a sum");
  return timesTerm(timesPower(term, monomial, -1), { ...unit, coefficient: { over: 1n, under: k } });
}

/** The value of each counter, put together from its digits. */
function countersOf(
  counters: IndexMap["rows"],
  digits: readonly Digit[],
  index: readonly Polynomial[],
): [string, Polynomial][] {
  let at = 0;
  const tops = [...digits];
  return counters.map(({ name, size }) => {
    const digit = tops[0]?.size === size ? tops.shift() : undefined;
    const parts = digit ? leaves([digit]) : [];
    const value = together(parts, index.slice(at, at + parts.length));
    at += parts.length;
    return [name, value];
  });
}

/** The equations that an index be at the given place. */
function placesOf(
  places: IndexMap["placeRows"],
  digits: readonly Digit[],
  index: readonly Polynomial[],
  values: ReadonlyMap<string, Polynomial>,
): Equation[] {
  let at = 0;
  const tops = [...digits];
  return places.map(({ at: formula, size }) => {
    const digit = tops[0]?.size === size ? tops.shift() : undefined;
    const parts = digit ? leaves([digit]) : [];
    const left = together(parts, index.slice(at, at + parts.length));
    at += parts.length;
    return { left, right: substitute(formula, (name) => values.get(name)), size };
  });
}

/** x₁ + n₁ x₂ + n₁ n₂ x₃ …: the number that digits are. */
function together(digits: readonly Digit[], index: readonly Polynomial[]): Polynomial {
  let [sum, weight] = [zero, constant(1)];
  for (const [k, { size }] of digits.entries()) {
    sum = plus(sum, times(weight, index[k]));
    weight = times(weight, size);
  }
  return sum;
}
