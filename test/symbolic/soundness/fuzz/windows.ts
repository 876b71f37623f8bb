/** Index maps at given sizes by their formulas: which entries of the source each entry of the result is made of. */

import type { Expression } from "../../../../src/symbolic/language/expression.js";
import { parse } from "../../../../src/symbolic/language/parse.js";
import type { IndexMap, NamedMap, OwnMap } from "./declared.js";
import { Misfit } from "./jets.js";

export type Sizes = Readonly<Record<string, number>>;

/** For each entry of the result, in the order of vec, the entries of the source. */
export interface Windows {
  readonly length: number;
  readonly reads: readonly (readonly number[])[];
}

const parsed = new Map<string, Expression>();

/** A size that is written as text. */
export function sizeOf(text: string, sizes: Sizes): number {
  const e = parsed.get(text) ?? parse(text);
  parsed.set(text, e);
  return sizeOfExpression(e, sizes);
}

export function sizeOfExpression(e: Expression, sizes: Sizes): number {
  if (e.kind === "number") return e.value;
  if (e.kind === "name" && Object.hasOwn(sizes, e.name)) return sizes[e.name];
  if (e.kind === "unary" && e.op === "-") return -sizeOfExpression(e.of, sizes);
  if (e.kind === "apply" && e.name === "floor") return Math.floor(sizeOfExpression(e.args[0], sizes));
  if (e.kind !== "binary") throw new Misfit("this is no size");
  const [x, y] = [sizeOfExpression(e.left, sizes), sizeOfExpression(e.right, sizes)];
  return { "+": x + y, "-": x - y, "*": x * y, ".*": x * y, "/": x / y }[e.op];
}

const known = new WeakMap<Sizes, Map<IndexMap, Windows>>();

/** Throws Misfit where a place is outside the source. */
export function windowsOf(map: IndexMap, sizes: Sizes): Windows {
  const here = known.get(sizes) ?? new Map<IndexMap, Windows>();
  known.set(sizes, here);
  const windows = here.get(map) ?? (map.kind === "own" ? ownWindows(map, sizes) : namedWindows(map, sizes));
  here.set(map, windows);
  return windows;
}

function ownWindows(map: OwnMap, sizes: Sizes): Windows {
  const counters = [...map.rowCounters, ...map.colCounters];
  const places = [...map.placeRows, ...map.placeCols];
  const reads = digits(counters.map(({ size }) => sizeOf(size, sizes))).map((values) => {
    const here = { ...sizes, ...Object.fromEntries(counters.map(({ name }, k) => [name, values[k]])) };
    return [positionOf(places.map(({ at, size }) => [sizeOf(at, here), sizeOf(size, sizes)]))];
  });
  return { length: places.reduce((all, { size }) => all * sizeOf(size, sizes), 1), reads };
}

/** All values of digits of those sizes, the first fastest. */
function digits(sizes: readonly number[]): number[][] {
  return sizes.reduce<number[][]>(
    (all, size) => Array.from({ length: size }, (_, digit) => all.map((other) => [...other, digit])).flat(),
    [[]],
  );
}

function positionOf(places: readonly (readonly [at: number, size: number])[]): number {
  let [position, stride] = [0, 1];
  for (const [at, size] of places) {
    if (at < 0 || at >= size) throw new Misfit(`place ${at} of ${size}`);
    position += at * stride;
    stride *= size;
  }
  return position;
}

function namedWindows(map: NamedMap, sizes: Sizes): Windows {
  const [d, a, b] = map.args.slice(-3).map((name) => sizes[name]);
  const [first, s] = map.args.map((name) => sizes[name]);
  const [u, v] = map.out.map((name) => sizes[name]);
  const z = (c: number, y: number, x: number) => positionOf([[c, d], [y, a], [x, b]]); // biome-ignore format: short
  switch (map.kind) {
    case "conv": // rows (i, j, c), columns (p, q)
      return {
        length: d * a * b,
        reads: digits([first, first, d, u, v]).map(([i, j, c, p, q]) => [z(c, p * s + i, q * s + j)]),
      };
    case "padding":
      return {
        length: d * a * b,
        reads: digits([d, u, v]).map(([c, y, x]) => padded(c, y - first, x - first)),
      };
    default:
      return {
        length: d * a * b,
        reads: digits([d, u, v]).map(([c, p, q]) =>
          digits([first, first]).map(([i, j]) => z(c, p * first + i, q * first + j)),
        ),
      };
  }
  function padded(c: number, y: number, x: number): number[] {
    return y >= 0 && y < a && x >= 0 && x < b ? [z(c, y, x)] : [];
  }
}
