/** Index maps at a shape. */
import type { Entries } from "./dual.js";
import { compare } from "./fraction.js";
import type { Counter, IndexMap } from "./indexMaps.js";
import { digitsOf, exactly, type Size, type Sizes, wholeOf } from "./sizes.js";
import { Stop } from "./stop.js";

/** f takes a matrix of source to one of result; entry k of it is made of the entries windows[k]. */
export interface Table {
  readonly kind: IndexMap["kind"];
  readonly source: readonly [number, number];
  readonly result: readonly [number, number];
  readonly windows: readonly (readonly number[])[];
}

export function tableOf(map: IndexMap, sizes: Sizes): Table {
  const numbered = (counters: readonly Counter[]): number =>
    counters.reduce((n, { size }) => n * wholeOf(size, sizes), 1);
  const own = [numbered(map.rows), numbered(map.columns)] as const;
  const placed = [wholeOf(map.size[0], sizes), wholeOf(map.size[1], sizes)] as const;
  if (Math.max(own[0] * own[1] * numbered(map.window), placed[0] * placed[1]) > 20_000)
    throw new Stop("too large", "an index map");
  const places = placesOf(map, sizes, placed[0]);
  const windows: number[][] = [];
  if (map.kind === "puts") {
    for (let k = 0; k < placed[0] * placed[1]; k++) windows.push([]);
    for (const [k, place] of places.entries()) windows[place]!.push(k);
    return { kind: map.kind, source: own, result: placed, windows };
  }
  const length = numbered(map.window);
  for (let k = 0; k < places.length; k += length) windows.push(places.slice(k, k + length));
  return { kind: map.kind, source: placed, result: own, windows };
}

/** The entries, numbered column by column, that are read for each setting of the counters, the first fastest. */
function placesOf(map: IndexMap, sizes: Sizes, rows: number): number[] {
  const counters = [...map.window, ...map.rows, ...map.columns];
  const ends = counters.map(({ size }) => wholeOf(size, sizes));
  const digits = map.size.map((size) => digitsOf(size).map((digit) => wholeOf(digit, sizes)));
  const at = ends.map(() => 0);
  return Array.from({ length: ends.reduce((n, end) => n * end, 1) }, () => {
    const scope = new Map([...sizes, ...counters.map(({ name }, c) => [name, BigInt(at[c]!)] as const)]);
    for (let c = 0; c < at.length && ++at[c]! === ends[c]; c++) at[c] = 0;
    const [row, column] = map.place.map((place, k) => numberOf(place, digits[k]!, scope));
    return row! + column! * rows;
  });
}

function numberOf(place: readonly Size[], ends: readonly number[], scope: Sizes): number {
  let [number, unit] = [0, 1];
  for (const [n, end] of ends.entries()) {
    const digit = exactly(place[n]!, scope);
    if (typeof digit !== "bigint" || digit < 0n || digit >= BigInt(end))
      throw new Stop("inadmissible", "a place of a map is outside of its source");
    number += Number(digit) * unit;
    unit *= end;
  }
  return number;
}

export interface Selected extends Table {
  /** Two entries of a window were equal: max pooling has no derivative there. */
  readonly tie: boolean;
}

/** One entry of each window: the first of the largest of this image. */
export function selectedBy(table: Table, image: Entries): Selected {
  let tie = false;
  const windows = table.windows.map((window) => {
    let [first, ...rest] = window;
    for (const place of rest) {
      const order = compare(image[place]!, image[first!]!);
      if (order === 0) tie = true;
      if (order > 0) first = place;
    }
    return [first!];
  });
  return { ...table, windows, tie };
}
