/** An index map applied to a matrix, and its matrix of zeros and ones. */

import type { Expression } from "../language/expression.js";
import { evaluate as numberOf } from "../language/polynomial.js";
import type { IndexMap } from "../world/world.js";
import type { Explicit } from "./explicit.js";
import { type IndexTable, indexTable, movesOf } from "./indexTable.js";
import type { Setting } from "./setting.js";

/** f(X) for the value X of e: "read" gathers the entries of X, "put" adds each entry of X to its place. Throws RangeError for another size. */
export function applied<T>(
  map: IndexMap,
  { e, X }: { readonly e: Expression; readonly X: Explicit<T> },
  setting: Setting<T>,
  instance: number,
): Explicit<T> {
  const table = indexTable(map, setting.sizes);
  const [argument, result] =
    map.kind === "read" ? [table.places, table.counters] : [table.counters, table.places];
  if (X.rows !== argument.rows || X.cols !== argument.cols)
    throw new RangeError(
      `${map.name}: a ${X.rows} × ${X.cols} matrix; needed ${argument.rows} × ${argument.cols}`,
    );
  const options = chosenOptions(map, table, setting, { instance, image: e });
  const entries = map.kind === "read" ? gathered(options, X, setting) : placed(options, X, result, setting);
  return { ...result, entries: weighted(map, entries, setting) };
}

/** P with vec(f(X)) = P vec(X). */
export function matrixOfMap<T>(map: IndexMap, setting: Setting<T>, instance: number): Explicit<T> {
  const { counters, places } = indexTable(map, setting.sizes);
  const [fromCounters, fromPlaces] = [counters.rows * counters.cols, places.rows * places.cols];
  const [rows, cols] = map.kind === "read" ? [fromCounters, fromPlaces] : [fromPlaces, fromCounters];
  const { algebra } = setting;
  const entries: T[] = new Array(rows * cols).fill(algebra.zero);
  const weight = weightOf(map, setting);
  const moves = movesOf(map, setting.sizes);
  const optionCount = moves.length / fromCounters;
  const image = setting.selections?.get(map.name);
  for (const { counter, place, option } of moves) {
    if (map.chosen && option !== setting.choice(map, instance, counter, optionCount, image)) continue;
    const k = map.kind === "read" ? counter + rows * place : place + rows * counter;
    entries[k] = algebra.add(entries[k], weight);
  }
  return { rows, cols, entries };
}

/** The places of each entry; where one is chosen, that one. */
function chosenOptions(
  map: IndexMap,
  { options }: IndexTable,
  setting: Pick<Setting<unknown>, "choice">,
  { instance, image }: { readonly instance: number; readonly image: Expression },
): readonly (readonly number[])[] {
  if (!map.chosen) return options;
  return options.map((places, entry) => [places[setting.choice(map, instance, entry, places.length, image)]]);
}

function gathered<T>(options: readonly (readonly number[])[], X: Explicit<T>, { algebra }: Setting<T>): T[] {
  return options.map((places) =>
    places.slice(1).reduce((sum, place) => algebra.add(sum, X.entries[place]), X.entries[places[0]]),
  );
}

function placed<T>(
  options: readonly (readonly number[])[],
  X: Explicit<T>,
  { rows, cols }: { rows: number; cols: number },
  { algebra }: Setting<T>,
): T[] {
  const entries: T[] = new Array(rows * cols).fill(algebra.zero);
  options.forEach((places, counter) => {
    for (const place of places) entries[place] = algebra.add(entries[place], X.entries[counter]);
  });
  return entries;
}

function weighted<T>(map: IndexMap, entries: T[], setting: Setting<T>): T[] {
  if (map.weight.terms.size === 1 && map.weight.terms.get("") === 1n) return entries;
  const weight = weightOf(map, setting);
  return entries.map((x) => setting.algebra.multiply(x, weight));
}

/** 1 / weight. */
function weightOf<T>({ weight }: IndexMap, { algebra, sizes }: Setting<T>): T {
  const n = numberOf(weight, sizes);
  return n === 1 ? algebra.whole(1) : algebra.inverse(algebra.whole(n));
}
