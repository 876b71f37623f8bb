/** Shapes: those of a certificate, and others that are drawn; sizes and index maps there. */
import type { World } from "./certificate.js";
import { digitsOf, type IndexMap } from "./declarations.js";
import { type Exact, floor, signs, times, written } from "./exact.js";
import type { Expression } from "./parser.js";
import { need, Stop } from "./stop.js";

export interface Shape {
  /** As people write it: h = 2, s = 1. */
  readonly name: string;
  readonly sizes: ReadonlyMap<string, Exact>;
  readonly tables: ReadonlyMap<string, Table>;
}

/** A map at a shape: entry k of the result is made of the entries windows[k] of the source. */
export interface Table {
  readonly kind: string;
  readonly source: readonly number[];
  readonly result: readonly number[];
  readonly windows: readonly (readonly number[])[];
}

type Given = ReadonlyMap<string, number>;
type Sizes = ReadonlyMap<string, Exact>;

/** The value of a size, or of a place where counters stand for sizes. */
function amount({ op, name, args }: Expression, sizes: Sizes): Exact {
  if (op === "number") return BigInt(name);
  const [a, b] = op === "size" ? [sizes.get(name)] : args.map((arg) => amount(arg, sizes));
  need(a !== undefined, "not judged", `${name} is no size, or is defined by itself`);
  if (op === "floor") return floor(a);
  return op === "negative" ? times(-1n, a) : b === undefined ? a : signs[op](a, b);
}

/** The value of a written size: a whole number from 1. */
export function whole(size: Expression, sizes: Sizes): number {
  const value = amount(size, sizes);
  need(typeof value === "bigint" && value > 0n, "inadmissible", `a size is ${written(value)}`);
  return Number(value);
}

function tableOf({ kind, counters, source, place }: IndexMap, sizes: Sizes): Table {
  const ends = counters.map((list) => list.map(([name, size]) => [name, whole(size, sizes)] as const));
  const [rows, columns, length = 1] = ends.map((list) => list.reduce((n, [, end]) => n * end, 1));
  const [m, n] = source.map((size) => whole(size, sizes));
  need(Math.max(rows * columns * length, m * n) <= 20_000, "too large", "an index map");
  const digits = source.flatMap(digitsOf).map((digit) => whole(digit, sizes));
  const windows: number[][] = Array.from({ length: rows * columns }, () => []);
  for (let k = 0; k < rows * columns * length; k++) {
    let [left, index, unit] = [k, 0, 1];
    const counted = new Map(sizes);
    for (const [name, end] of [...(ends[2] ?? []), ...ends[0], ...ends[1]]) {
      counted.set(name, BigInt(left % end));
      left = Math.floor(left / end);
    }
    const isInside = place.every((digit, at) => {
      const value = amount(digit, counted);
      [index, unit] = [index + Number(value) * unit, unit * digits[at]];
      return typeof value === "bigint" && value >= 0n && value < digits[at];
    });
    if (isInside) windows[Math.floor(k / length)].push(index);
    else need(kind === "padding", "inadmissible", "a place of a map is outside of its source");
  }
  return { kind, source: [m, n], result: [rows, columns], windows };
}

const mostDrawn = 6_000;

/** Admissible shapes: those given, with what they leave out drawn, and then others, of which no two are alike. */
export function* shapesOf(
  world: World,
  given: readonly Given[],
  others: boolean,
  draw: (key: string) => number,
): Generator<Shape> {
  const drawn = (
    key: string,
    most: number,
    isMeant: (name: string, ones: number) => boolean,
    at: Given = new Map(),
  ): Shape | undefined => {
    const largest = 1 + (draw(`${key} largest`) % most);
    return shapeOf(world, at, (name) => 1 + (draw(`${key} ${name}`) % largest), isMeant);
  };
  for (const [k, sizes] of given.entries()) {
    let shape: Shape | undefined;
    for (let tried = 0; tried < 200 && !shape; tried++)
      shape = drawn(`given ${k} ${tried}`, 6, () => true, sizes);
    if (shape) yield shape;
  }
  const seen = new Set<string>();
  for (let tried = 0; tried < mostDrawn && others; tried++) {
    const shape = drawn(`${tried}`, tried < 0.8 * mostDrawn ? 6 : 12, (name, ones) => {
      const saysLittle = tried < 0.4 * mostDrawn && draw(`${tried} ones`) % 4 ** ones > 0;
      return !saysLittle && seen.size < seen.add(name).size;
    });
    if (shape) yield shape;
  }
}

/** The shape with these sizes; nothing where one of them is not admissible. */
function shapeOf(
  { names, spoken }: World,
  given: Given,
  free: (name: string) => number,
  isMeant: (name: string, ones: number) => boolean,
): Shape | undefined {
  const sizes = new Map<string, Exact>();
  const things = spoken.names.map((name) => [name, names.get(name)!] as const);
  try {
    for (const [
      name,
      {
        kind,
        sizes: [definition],
      },
    ] of things) {
      if (kind !== "size") continue;
      const size = definition ? whole(definition, sizes) : (given.get(name) ?? free(name));
      if (size < 1 || size !== (given.get(name) ?? size)) return undefined;
      sizes.set(name, BigInt(size));
    }
    for (const one of spoken.expressions) if (/^(written|size)$/.test(one.op)) whole(one, sizes);
    const name = [...sizes]
      .map(([name, size]) => `${name} = ${size}`)
      .sort()
      .join(", ");
    if (!isMeant(name, [...sizes.values()].filter((size) => size === 1n).length)) return undefined;
    const maps = things.filter(([, { kind }]) => kind === "map");
    return { name, sizes, tables: new Map(maps.map(([name, { map }]) => [name, tableOf(map!, sizes)])) };
  } catch (error) {
    if (error instanceof Stop && error.kind !== "not judged") return undefined;
    throw error;
  }
}
