/** Index maps as they are declared: by a name such as conv, or by their own formula. */

import type { Expression } from "../language/expression.js";
import { one, type Polynomial, product } from "../language/polynomial.js";
import type { Token } from "../language/tokens.js";
import type { Counter, Dimension, IndexMap, Place, World } from "../world/world.js";
import { mapKinds } from "./indexMaps.js";
import { whyOutside } from "./insideSource.js";
import type { Reading } from "./reading.js";

/** phi, P = conv(h, s, d, a, b), where the first comma has been read. */
export function readNamedMap(reading: Reading, mapName: Token): void {
  const { cursor, reader, world } = reading;
  const matrix = reading.name("the name of its matrix, as phi, P = conv(h, s, d, a, b)");
  reading.expect("=", "and a kind of index map, as phi, P = conv(h, s, d, a, b)");
  const kind = reading.name(`a kind of index map; there are ${kinds}`);
  const make = Object.hasOwn(mapKinds, kind.text) ? mapKinds[kind.text] : undefined;
  if (!make) throw cursor.error(`${kind.text} is no kind of index map; there are ${kinds}`, kind.at);
  const opened = cursor.place;
  reading.expect("(", `and the sizes of ${kind.text}`);
  const list = reader.args(opened);
  const refuse = (why: string, about?: Expression): never => {
    if (about) reading.refuse(why, about);
    throw cursor.error(why, kind.at);
  };
  addMap(reading, { mapName, matrix, kind: kind.text }, make({ world, list, refuse }));
}

const kinds = Object.keys(mapKinds).join(", ");

/** map dil, P(i:h, j:h, c:d; p:a_out, q:b_out) = (c; p + 2*i, q + 2*j) from d x a*b, where `map` has been read. */
export function readOwnMap(reading: Reading): void {
  const { cursor, reader } = reading;
  const mapName = reading.name(`the name of the map, as ${form}`);
  const matrix = cursor.take(",")
    ? reading.name("the name of its matrix")
    : { ...mapName, text: `P_${mapName.text}` };
  const [rows, cols] = inTwo(reading, "the counters", readCounters);
  reading.expect("=", "and the places that the map reads");
  const [atRows, atCols] = inTwo(reading, "the places", readList);
  if (!reading.takeWord("from"))
    throw cursor.error(`${cursor.here()}; needed from and the size of the source`);
  const inside = withCounters(reading.world, [...rows, ...cols]);
  const placeRows = readPlaces(reading, inside, atRows);
  if (!reader.takeCross()) throw cursor.error(`${cursor.here()}; needed x and the columns of the source`);
  const placeCols = readPlaces(reading, inside, atCols);
  const formula = { kind: "read", sums: [], weight: product([]), chosen: false } as const;
  addMap(reading, { mapName, matrix }, { ...formula, rows, cols, placeRows, placeCols });
}

const form = "map dil(i:h, j:h, c:d; p:a_out, q:b_out) = (c; p + 2*i, q + 2*j) from d x a*b";

/** (rows; columns) */
function inTwo<T>(
  reading: Reading,
  what: string,
  read: (reading: Reading, before: readonly T[]) => T[],
): [rows: T[], cols: T[]] {
  const { cursor } = reading;
  const opened = cursor.place;
  reading.expect("(", `and ${what}`);
  const rows = read(reading, []);
  reading.expect(";", `and ${what} of the columns`);
  const cols = read(reading, rows);
  if (!cursor.take(")")) throw cursor.unclosed(opened, "(", ")");
  return [rows, cols];
}

/** i:h, j:h, c:d */
function readCounters(reading: Reading, before: readonly Counter[]): Counter[] {
  const list: Counter[] = [];
  if (isEmptyList(reading)) return list;
  do {
    const { text, at } = reading.name("a counter and its size, as i:h");
    if (!reading.cursor.take(":"))
      throw reading.cursor.error(`${text} is no counter: ${reading.cursor.here()}; needed its size, as i:h`);
    if ([...before, ...list].some((other) => other.name === text))
      throw reading.cursor.error(`${text} is a counter already; each needs a letter of its own`, at);
    list.push({ name: text, size: reading.sizeOf(reading.reader.size()) });
  } while (reading.cursor.take(","));
  return list;
}

/** Whether a list ends before it begins: one row, or one column, has no index. */
function isEmptyList({ cursor }: Reading): boolean {
  return cursor.is(";") || cursor.is(")");
}

function readList(reading: Reading): Expression[] {
  if (isEmptyList(reading)) return [];
  const { cursor, reader: expressions } = reading;
  const list = [expressions.sum()];
  while (cursor.take(",")) list.push(expressions.sum());
  return list;
}

/** A world in which the counters are sizes: in a place, where a counter has the name of a size it is meant. */
function withCounters(world: World, counters: readonly Counter[]): World {
  const own = counters.map(({ name: text }) => [text, { name: text }] as const);
  return { ...world, dimensions: new Map<string, Dimension>([...world.dimensions, ...own]) };
}

/** The places, and the digits of the source that they are places of, which stand here. */
function readPlaces(reading: Reading, inside: World, places: readonly Expression[]): Place[] {
  const begins = reading.cursor.place;
  const written: readonly Polynomial[] = reading.digits();
  const sizes = written.length === 0 && places.length === 1 ? [one] : written; // 0 of 1
  if (places.length !== sizes.length) {
    const hint =
      sizes.length === 0 ? ": none (or 0) where the source has 1 there, as (; p, q) from 1 x a*b" : "";
    const why = `${places.length} places for ${sizes.length} indices of the source; needed as many${hint}`;
    throw reading.cursor.error(why, begins);
  }
  return places.map((place, k) => ({ at: reading.sizeOf(place, inside), size: sizes[k] }));
}

interface Named {
  readonly mapName: Token;
  readonly matrix: Token;
  readonly kind?: string;
}

function addMap(
  { cursor, names, world }: Reading,
  { mapName, matrix, kind }: Named,
  formula: Omit<IndexMap, "name" | "matrix">,
): void {
  names.add(mapName, { what: "index map", kind });
  names.add(matrix, { what: "matrix of an index map" });
  const map: IndexMap = { name: mapName.text, matrix: matrix.text, ...formula };
  world.maps.set(map.name, map);
  const outside = whyOutside(world, map);
  if (outside === undefined) return;
  throw cursor.error(outside, mapName.at);
}
