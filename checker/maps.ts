/** Index maps: read, and at a shape. */
import { compare, type Exact } from "./exact.js";
import { amountOf, digitsOf, type Pair, readPair, readSize, type SizeOf, wholeOf } from "./sizes.js";
import { Stop } from "./stop.js";
import { type Expression, type Words, within } from "./words.js";

interface Counter {
  readonly name: string;
  readonly size: Expression;
}

/** Rows and columns are numbered by their counters; window has those of the entries that one entry of f(Z) is made of. */
export interface IndexMap {
  /** map, conv, padding, avgpool or maxpool. */
  readonly kind: string;
  readonly rows: readonly Counter[];
  readonly columns: readonly Counter[];
  readonly window: readonly Counter[];
  /** Of the matrix whose places are given, digit by digit: the source, but the result of padding. */
  readonly size: Pair;
  readonly place: readonly (readonly Expression[])[];
}

/** The lecture's maps as texts like those of a map of one's own; no name of a lecture begins with $. */
export const texts: ReadonlyMap<string, (...of: string[]) => string> = new Map([
  [
    "conv",
    (h, s, d, a, b) =>
      `($i:${h}, $j:${h}, $c:${d}; $p:floor((${a} - ${h})/${s}) + 1, $q:floor((${b} - ${h})/${s}) + 1)
        = ($c; $p*${s} + $i, $q*${s} + $j) from ${d} x ${a}*${b}`,
  ],
  [
    "padding",
    (p, d, a, b) =>
      `($c:${d}; $y:${a}, $x:${b}) = ($c; $y + ${p}, $x + ${p}) from ${d} x (${a} + 2*${p})*(${b} + 2*${p})`,
  ],
  ["avgpool", poolText],
  ["maxpool", poolText],
]);

function poolText(q: string, d: string, a: string, b: string): string {
  return `($c:${d}; $u:floor(${a}/${q}), $v:floor(${b}/${q}); $i:${q}, $j:${q})
    = ($c; $u*${q} + $i, $v*${q} + $j) from ${d} x ${a}*${b}`;
}

export function readMap(words: Words, kind: string): IndexMap {
  const counter = (): Counter => {
    const name = words.name();
    words.need(":");
    return { name, size: readSize(words) };
  };
  const place = (): Expression => readSize(words);
  words.need("(");
  const rows = words.list(";", counter);
  const hasWindow = kind.endsWith("pool");
  const columns = words.list(hasWindow ? ";" : ")", counter);
  const window = hasWindow ? words.list(")", counter) : [];
  for (const word of ["=", "("]) words.need(word);
  const places = [words.list(";", place), words.list(")", place)];
  words.need("from");
  const size = readPair(words);
  const names = [...rows, ...columns, ...window].map(({ name }) => name);
  if (
    new Set(names).size < names.length ||
    places.some((list, k) => list.length !== digitsOf(size[k]).length)
  )
    throw new Stop("not judged", "the digits or the counters of a map");
  return { kind, rows, columns, window, size, place: places };
}

/** Those of its counters and of its matrix, and the sizes that its places name. */
export function sizesOfMap({ rows, columns, window, size, place }: IndexMap): Expression[] {
  const counters = [...rows, ...columns, ...window];
  const named = place.flat().flatMap((digit) => [...within(digit)].filter(({ op }) => op === "size"));
  const others = named.filter(({ name }) => counters.every((counter) => counter.name !== name));
  return [...counters.map((counter) => counter.size), ...size, ...others];
}

/** f takes a matrix of source to one of result; entry k of it is made of the entries windows[k]. */
export interface Table {
  readonly kind: string;
  readonly source: readonly [number, number];
  readonly result: readonly [number, number];
  readonly windows: readonly (readonly number[])[];
}

export function tableOf(map: IndexMap, sizes: SizeOf): Table {
  const numbered = (counters: readonly Counter[]): number =>
    counters.reduce((n, { size }) => n * wholeOf(size, sizes), 1);
  const own = [numbered(map.rows), numbered(map.columns)] as const;
  const placed = [wholeOf(map.size[0], sizes), wholeOf(map.size[1], sizes)] as const;
  const [length, count] = [numbered(map.window), placed[0] * placed[1]];
  if (Math.max(own[0] * own[1] * length, count) > 20_000) throw new Stop("too large", "an index map");
  const places = placesOf(map, sizes, placed[0]);
  const windows: number[][] = Array.from(
    { length: map.kind === "padding" ? count : own[0] * own[1] },
    () => [],
  );
  if (map.kind === "padding") {
    for (const [k, place] of places.entries()) windows[place].push(k);
    return { kind: map.kind, source: own, result: placed, windows };
  }
  for (const [k, place] of places.entries()) windows[Math.floor(k / length)].push(place);
  return { kind: map.kind, source: placed, result: own, windows };
}

/** The entries, numbered column by column, that are read for each setting of the counters, the first fastest. */
function placesOf(map: IndexMap, sizes: SizeOf, rows: number): number[] {
  const counters = [...map.window, ...map.rows, ...map.columns];
  const digits = map.size.map((size) => digitsOf(size).map((digit) => wholeOf(digit, sizes)));
  let settings: ReadonlyMap<string, bigint>[] = [new Map()];
  for (const { name, size } of counters.toReversed()) {
    const values = Array.from({ length: wholeOf(size, sizes) }, (_, value) => BigInt(value));
    settings = settings.flatMap((setting) => values.map((value) => new Map([...setting, [name, value]])));
  }
  return settings.map((setting) => {
    const [row, column] = map.place.map((place, k) =>
      numberOf(
        place.map((digit) => amountOf(digit, (name) => setting.get(name) ?? sizes(name))),
        digits[k],
      ),
    );
    return row + column * rows;
  });
}

/** The number with these digits, the first fastest, each below its end. */
function numberOf(digits: readonly Exact[], ends: readonly number[]): number {
  let [number, unit] = [0, 1];
  for (const [k, digit] of digits.entries()) {
    if (typeof digit !== "bigint" || digit < 0n || digit >= BigInt(ends[k]))
      throw new Stop("inadmissible", "a place of a map is outside of its source");
    number += Number(digit) * unit;
    unit *= ends[k];
  }
  return number;
}

/** The first of the largest entries of each window in this image, and whether there is a second one. */
export function largest(
  windows: Table["windows"],
  image: readonly Exact[],
): { windows: number[][]; tie: boolean } {
  const first = windows.map((window) =>
    window.reduce((best, k) => (compare(image[k], image[best]) > 0 ? k : best)),
  );
  const tie = windows.some((window, w) =>
    window.some((k) => k !== first[w] && compare(image[k], image[first[w]]) === 0),
  );
  return { windows: first.map((k) => [k]), tie };
}
