/** Entries of the 0/1 matrix of an index map, from its formula. */

import type { Expression } from "../language/expression.js";
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
import { print } from "../language/print.js";
import { dependsOnInstance } from "../world/instances.js";
import type { IndexMap, World } from "../world/world.js";
import type { At, Fresh } from "./at.js";
import type { Indexed } from "./axes.js";
import { type Digit, leaves, OutsideError } from "./digits.js";
import { type Equation, summed, type Term, timesPower, timesTerm, unit, where } from "./terms.js";

/** How much of entry `source` of the argument is in entry `given` of the result. */
export function mapEntry(
  map: IndexMap,
  axes: NonNullable<Indexed["map"]>,
  { given, source }: { given: At; source: At },
  selection: Selection | undefined,
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
  const chosen = map.chosen ? [choice(map, selection, given, [...sums.keys()])] : [unit];
  return summed(where(chosen, holds), sums).map((term) => timesWeight(term, map.weight));
}

/** The image that a selection belongs to, and whether it differs from instance to instance. */
export interface Selection {
  readonly image: string;
  readonly each: boolean;
}

/** The selection of a map at an image; at none where the statement does not say which: then it is any selection. */
export function selectionAt(world: World, image: Expression | undefined): Selection | undefined {
  return image && { image: print(image), each: dependsOnInstance(world, image) };
}

/** Which entry of the window is taken: 1 for one offset, 0 for the others, for each image, entry, and instance where it varies. */
function choice(
  map: IndexMap,
  selection: Selection | undefined,
  { rows, cols, instance }: At,
  offsets: readonly string[],
): Term {
  const own = selection === undefined || selection.each ? [instance] : [];
  const index = [...own, ...rows, ...cols, ...offsets.map(variable)];
  const name = `choice of ${map.name}${selection ? ` at ${selection.image}` : ""}`;
  return { ...unit, factors: [{ kind: "entry", name, index, offsets: offsets.length }] };
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
