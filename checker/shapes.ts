/** Shapes: those of a certificate, and others that are drawn; sizes and index maps there. */
import type { Claim } from "./certificate.js";
import { digitsOf, type IndexMap } from "./declarations.js";
import { type Exact, floor, need, Stop, signs, times, written } from "./exact.js";
import type { Expression } from "./parser.js";

type Sizes = ReadonlyMap<string, Exact>;

export interface Shape {
  /** As people write it: h = 2, s = 1. */
  readonly name: string;
  readonly sizes: Sizes;
  readonly tables: ReadonlyMap<string, Table>;
  /** How many multiplications are left. */
  work: number;
}

/** A map at a shape: entry k of the result is made of the entries windows[k] of the source. */
export interface Table {
  readonly kind: string;
  readonly source: readonly number[];
  readonly result: readonly number[];
  readonly windows: readonly (readonly number[])[];
}

/** The value of a size, or of a place, where counters are sizes too. */
function amount({ op, name, args }: Expression, sizes: Sizes): Exact {
  if (op === "number") return BigInt(name);
  const [a, b] = op === "size" ? [sizes.get(name)] : args.map((arg) => amount(arg, sizes));
  need(a !== undefined, `${name} is no size, or is defined by itself`);
  if (op === "floor") return floor(a);
  return op === "negative" ? times(-1n, a) : b === undefined ? a : signs[op](a, b);
}

/** The value of a written size: a whole number from 1. */
export function whole(size: Expression, sizes: Sizes): number {
  const value = amount(size, sizes);
  need(typeof value === "bigint" && value > 0n, `a size is ${written(value)}`, "no shape");
  return Number(value);
}

function tableOf({ kind, counters, source, place }: IndexMap, sizes: Sizes): Table {
  const ends = counters.map((list) => list.map(([name, size]) => [name, whole(size, sizes)] as const));
  const [rows, columns, length = 1] = ends.map((list) => list.reduce((n, [, end]) => n * end, 1));
  const [m, n] = source.map((size) => whole(size, sizes));
  need(Math.max(rows * columns * length, m * n) <= 20_000, "an index map is too large", "no shape");
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
    else need(kind === "padding", "a place of a map is outside of its source", "no shape");
  }
  return { kind, source: [m, n], result: [rows, columns], windows };
}

const mostDrawn = 6_000;

/** Admissible shapes: those given, with what they leave out drawn, and of all sizes others, of which no two are alike. */
export function* shapesOf(claim: Claim): Generator<Shape> {
  const { draw, shapes, ofAllSizes } = claim;
  const drawn = (key: string, most: number, given: Given, isMeant: IsMeant): Shape | undefined => {
    const largest = 1 + (draw(`${key} largest`) % most);
    return shapeOf(claim, given, (name) => 1 + (draw(`${key} ${name}`) % largest), isMeant);
  };
  for (const [k, given] of shapes.entries()) {
    let shape: Shape | undefined;
    for (let tried = 0; tried < 200 && !shape; tried++)
      shape = drawn(`given ${k} ${tried}`, 6, given, () => true);
    if (shape) yield shape;
  }
  const seen = new Set<string>();
  for (let tried = 0; tried < mostDrawn && ofAllSizes; tried++) {
    const shape = drawn(`${tried}`, tried < 0.8 * mostDrawn ? 6 : 12, new Map(), (name, ones) => {
      const saysLittle = tried < 0.4 * mostDrawn && draw(`${tried} ones`) % 4 ** ones > 0;
      return !saysLittle && seen.size < seen.add(name).size;
    });
    if (shape) yield shape;
  }
}

type Given = ReadonlyMap<string, number>;
/** Whether a shape of this name is wanted, in which so many sizes are 1. */
type IsMeant = (name: string, ones: number) => boolean;
type Free = (name: string) => number;

/** The shape with these free sizes; nothing where one is not admissible, or is not as it is given. */
function shapeOf({ names, spoken }: Claim, given: Given, free: Free, isMeant: IsMeant): Shape | undefined {
  const sizes = new Map<string, Exact>();
  try {
    for (const { op, name } of spoken) {
      if (op !== "size" || names.get(name)?.kind !== op) continue;
      const [definition] = names.get(name)!.sizes;
      const size = definition ? whole(definition, sizes) : (given.get(name) ?? free(name));
      need(size > 0 && size === (given.get(name) ?? size), `${name} is ${size}`, "no shape");
      sizes.set(name, BigInt(size));
    }
    for (const size of spoken) if (/^(written|size)$/.test(size.op)) whole(size, sizes);
    const all = [...sizes].map(([name, size]) => `${name} = ${size}`).sort();
    const name = all.join(", ");
    if (!isMeant(name, [...sizes.values()].filter((size) => size === 1n).length)) return undefined;
    const maps = new Set(spoken.filter(({ op }) => op === "map").map((map) => map.name));
    const tables = new Map([...maps].map((map) => [map, tableOf(names.get(map)!.map!, sizes)]));
    return { name, sizes, tables, work: 0 };
  } catch (error) {
    if (error instanceof Stop && error.kind === "no shape") return undefined;
    throw error;
  }
}
