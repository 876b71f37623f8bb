/** The smallest numbers at which two sides differ: from 0 to 3, then with signs; of those the fewest that are not 0. */

import { drawWhole } from "../sizes/draws.js";
import { asksForSigns } from "../trial/fractionTrial.js";
import { type EntryNumbers, type Functions, type Sides, type StatementAt, sidesAt } from "./numbers.js";

/** Numbers from `least` to `most`, in steps of 1/`parts`; how often they are drawn. */
interface Draw {
  readonly least: number;
  readonly most: number;
  readonly count: number;
  readonly parts?: number;
}

/** What numbers are drawn from, in this order: most false statements are false at all ones. */
const draws: readonly Draw[] = [
  { least: 1, most: 1, count: 1 },
  { least: 0, most: 1, count: 2 },
  { least: 1, most: 2, count: 2 },
  { least: 1, most: 3, count: 3 },
  { least: -1, most: 1, count: 8 },
  { least: -3, most: 3, count: 24 },
  { least: -9, most: 9, count: 8 },
];

/** Where signs decide, x (1 − x) is positive at no whole number, and x − 40 at no small one. */
const drawsForSigns: readonly Draw[] = [
  { least: -2, most: 2, count: 24, parts: 2 },
  { least: -2, most: 2, count: 24, parts: 10 },
  ...[100, 1000, 10_000].map((most) => ({ least: -most, most, count: 12 })),
];

/** Some numbers at which the sides differ; undefined where none are found. */
export function differingSides(place: StatementAt, functions: Functions): Sides | undefined {
  const all = asksForSigns(place.statement) ? [...draws, ...drawsForSigns] : draws;
  for (const { least, most, count, parts = 1 } of all)
    for (let seed = 1; seed <= count; seed++) {
      const draw = (key: string): number =>
        drawWhole(least * parts, most * parts, "entry", seed, key) / parts;
      const found = sidesAt(place, functions, new Map(), draw);
      if (found?.at !== undefined) return found;
    }
  return undefined;
}

/** How often both sides are evaluated at most: for each number of entries that are not 0, and to make drawn ones smaller. */
const tries = { few: 150, lower: 250 } as const;

/** The same with smaller numbers, as far as they are found. */
export function smallestSides(place: StatementAt, functions: Functions, drawn: Sides): Sides {
  const keys = [...drawn.numbers.keys()];
  return fewEntries(place, functions, keys) ?? lowered(place, functions, drawn);
}

/** All 0 but one, two, three …, those 1, then up to 3: the first that differ. */
function fewEntries(place: StatementAt, functions: Functions, keys: readonly string[]): Sides | undefined {
  let left = tries.few;
  for (let count = 0; count <= Math.min(keys.length, 3); count++)
    for (const numbers of withSome(keys, count)) {
      if (left-- === 0) return undefined;
      const found = sidesAt(place, functions, numbers, () => 0);
      if (found?.at !== undefined) return found;
    }
  return undefined;
}

function* withSome(keys: readonly string[], count: number): Generator<EntryNumbers> {
  for (const values of valuesOf(count))
    for (const chosen of subsets(keys, count)) yield new Map(chosen.map((key, k) => [key, values[k]]));
}

/** All lists of numbers from 1 to 3, by their sum. */
function valuesOf(count: number): number[][] {
  let lists: number[][] = [[]];
  for (let k = 0; k < count; k++) lists = lists.flatMap((list) => [1, 2, 3].map((x) => [...list, x]));
  return lists.sort((x, y) => sumOf(x) - sumOf(y));
}

function sumOf(list: readonly number[]): number {
  return list.reduce((x, y) => x + y, 0);
}

function* subsets(keys: readonly string[], count: number, from = 0): Generator<readonly string[]> {
  if (count === 0) yield [];
  else
    for (let k = from; k <= keys.length - count; k++)
      for (const rest of subsets(keys, count - 1, k + 1)) yield [keys[k], ...rest];
}

/** Smaller first. */
const order = [0, 1, 2, 3, -1, -2, -3] as const;

/** What is tried in the place of a number; half of it, and a little less, where that is no small one. */
function smallerThan(value: number): readonly number[] {
  const at = order.indexOf(value as (typeof order)[number]);
  if (at >= 0) return order.slice(0, at);
  if (Math.abs(value) <= 3) return order;
  return [...order, Math.trunc(value / 2), value - 8 * Math.sign(value), value - Math.sign(value)];
}

/** Each number as small as the sides still differ at, while the others stay. */
function lowered(place: StatementAt, functions: Functions, drawn: Sides): Sides {
  let [best, left, changed] = [drawn, tries.lower, true];
  while (changed && left > 0) {
    changed = false;
    for (const [key, value] of best.numbers) {
      for (const smaller of smallerThan(value)) {
        if (left-- <= 0) return best;
        const found = sidesAt(place, functions, new Map([...best.numbers, [key, smaller]]), () => 0);
        if (found?.at === undefined) continue;
        [best, changed] = [found, true];
        break;
      }
    }
  }
  return best;
}
