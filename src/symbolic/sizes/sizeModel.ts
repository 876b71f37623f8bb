/** What the sizes of a world must satisfy, ready to be asked thousands of times. */

import type { Expression } from "../language/expression.js";
import { children } from "../language/expression.js";
import {
  minus,
  negative,
  one,
  type Polynomial,
  plus,
  polynomialText,
  product,
  times,
  variable,
  variables,
} from "../language/polynomial.js";
import { mapShapes } from "../world/shapes.js";
import type { IndexMap, MatrixSymbol, World } from "../world/world.js";
import { compiledRange, compiledSize, placeParts } from "./compiledSize.js";
import { isAtLeastOne, isNeverNegative } from "./doubtful.js";
import { type Meeting, meetings } from "./offsets.js";
import { calculate, freeDimensions, type Sizes } from "./sizes.js";

/** A requirement: by how much the sizes miss it (0 where they meet it), and what to say then. */
interface Requirement {
  readonly miss: (sizes: Sizes) => number;
  readonly why: (sizes: Sizes) => string;
  /** What is 0 or more wherever they meet it; where that depends on signs that are not known, what is no smaller. */
  readonly atMost: readonly Polynomial[];
  /** What is required, as it could be declared: "a ≥ h + r·u − r". */
  readonly rule?: string;
}

export interface SizeModel {
  readonly names: readonly string[];
  /** The value of every dimension, and of every size that a statement writes. */
  readonly values: readonly ((sizes: Sizes) => number)[];
  /** The dimensions without a definition. */
  readonly free: readonly string[];
  /** Whether both are digits of one index, as a_in and b_in: then a wrong order hides where they are equal. */
  readonly together: (name: string, other: string) => boolean;
  /** All sizes from the free ones, whether they fit or not. */
  readonly complete: (free: Sizes) => Sizes;
  readonly requirements: readonly Requirement[];
  /** The definitions of the others. */
  readonly definitions: ReadonlyMap<string, Expression>;
  /** How many entries the matrices, the 0/1 matrices of the maps, and large parts of a statement have together. */
  readonly work: (sizes: Sizes) => number;
  /** The dimensions that are steps of an index, as s in p s + i. */
  readonly strides: readonly string[];
  /** The dimensions of windows, as h and q: with 1 there, a map moves nothing. */
  readonly windows: readonly string[];
  /** For each two offsets of places that move in steps, whether those places meet. */
  readonly meetings: readonly Meeting[];
  /** For each floor(x/y) in a definition, whether it leaves a remainder. */
  readonly remainders: (sizes: Sizes) => readonly boolean[];
}

/** The requirements of a world: sizes from 1 and every index within its source. */
export function sizeModel(world: World): SizeModel {
  const definitions = [...world.dimensions.values()].filter(({ definition }) => definition);
  const entries = entryCounts(world).map(compiledSize);
  const floors = definitions.flatMap(({ definition }) => quotients(definition as Expression));
  const indices = indicesOf(world);
  return {
    names: [...world.dimensions.keys()],
    values: [...[...world.dimensions.keys()].map(variable), ...(world.writtenSizes ?? [])].map(compiledSize),
    together: (name, other) => indices.some((names) => names.includes(name) && names.includes(other)),
    free: freeDimensions(world),
    complete: (free) => {
      const sizes: Record<string, number> = {};
      for (const { name, definition } of world.dimensions.values())
        sizes[name] = definition ? calculate(definition, sizes) : free[name];
      return sizes;
    },
    definitions: new Map(definitions.map(({ name, definition }) => [name, definition as Expression])),
    requirements: [
      ...definitions.map(({ name }) => atLeastOne(name)),
      ...[...world.matrices.values()].map(notEmpty),
      ...(world.writtenSizes ?? []).map(notBelowOne),
      ...[...world.maps.values()].flatMap(sizesOfMap).map(notBelowOne),
      ...[...world.maps.values()].flatMap(withinSource),
    ],
    work: (sizes) => entries.reduce((sum, count) => sum + count(sizes), 0),
    strides: [...new Set([...world.maps.values()].flatMap(stridesOf))],
    windows: [...new Set([...world.maps.values()].flatMap(windowsOf))],
    meetings: meetings(world),
    remainders: (sizes) => floors.map(([x, y]) => calculate(x, sizes) % calculate(y, sizes) !== 0),
  };
}

function atLeastOne(name: string): Requirement {
  return {
    miss: (sizes) => Math.max(0, 1 - sizes[name]) + Math.abs(sizes[name] - Math.round(sizes[name])),
    why: (sizes) => `${name} is ${sizes[name]}; needed a whole number from 1`,
    atMost: [minus(variable(name), one)],
  };
}

function notEmpty({ name, rows, cols }: MatrixSymbol): Requirement {
  const [m, n] = [compiledSize(rows), compiledSize(cols)];
  return {
    miss: (sizes) => Math.max(0, 1 - m(sizes)) + Math.max(0, 1 - n(sizes)),
    why: (sizes) => `${name} is ${m(sizes)} × ${n(sizes)}`,
    atMost: [minus(rows, one), minus(cols, one)],
  };
}

/** Of a map's counters and digits those that might be below 1. */
function sizesOfMap({ rows, cols, sums, placeRows, placeCols }: IndexMap): Polynomial[] {
  const sizes = [...rows, ...cols, ...sums, ...placeRows, ...placeCols].map(({ size }) => size);
  return sizes.filter((size) => !isAtLeastOne(size));
}

/** A size that a statement or a map writes: an empty matrix would show nothing. */
function notBelowOne(size: Polynomial): Requirement {
  const value = compiledSize(size);
  return {
    miss: (sizes) => Math.max(0, 1 - value(sizes)),
    why: (sizes) => `${polynomialText(size)} is ${value(sizes)}; needed 1 at least`,
    atMost: [minus(size, one)],
  };
}

function withinSource(map: IndexMap): Requirement[] {
  return [...map.placeRows, ...map.placeCols].map(({ at, size }) => {
    const [range, limit] = [compiledRange(at, map), compiledSize(size)];
    return {
      miss: (sizes) => {
        const [low, high] = range(sizes);
        return Math.max(0, -low) + Math.max(0, high - limit(sizes) + 1);
      },
      why: (sizes) => {
        const [low, high] = range(sizes);
        return `${map.name} has indices from ${low} to ${high}; needed from 0 to ${limit(sizes) - 1}`;
      },
      atMost: insideBounds(at, size, map),
      rule: insideRule(at, size, map),
    };
  });
}

/** What is left to the last index, and to the first; parts of unknown sign are left out. */
function insideBounds(at: Polynomial, size: Polynomial, map: IndexMap): Polynomial[] {
  const [{ factor: fixed }, ...moving] = placeParts(at, map);
  let [low, high] = [fixed, fixed];
  for (const { factor, last } of moving) {
    if (isNeverNegative(factor)) high = plus(high, times(factor, last));
    else if (isNeverNegative(negative(factor))) low = plus(low, times(factor, last));
  }
  return [minus(minus(size, one), high), low];
}

/** "a ≥ u + 2·h − 2 for the place p + 2·i" */
function insideRule(at: Polynomial, size: Polynomial, map: IndexMap): string {
  const [last, low] = insideBounds(at, size, map);
  const needed = minus(size, last); // what the size must be at least
  const fromBelow = isNeverNegative(low) ? [] : [`${polynomialText(low)} ≥ 0`];
  const all = [...fromBelow, `${polynomialText(size)} ≥ ${polynomialText(needed)}`];
  return `${all.join(" and ")} for the place ${polynomialText(at)}; declare another source or other counters`;
}

function entryCounts(world: World): Polynomial[] {
  const matrices = [...world.matrices.values()].map(({ rows, cols }) => product([rows, cols]));
  const maps = [...world.maps.values()].map((map) => {
    const { argument, result } = mapShapes(map);
    return product([argument.rows, argument.cols, result.rows, result.cols]);
  });
  return [one, ...matrices, ...maps, ...(world.largeParts ?? [])];
}

/** The dimensions of each index that has several digits. */
function indicesOf(world: World): string[][] {
  const ofMatrices = [...world.matrices.values()].flatMap(({ rowDigits, colDigits }) => [
    rowDigits,
    colDigits,
  ]);
  const ofMaps = [...world.maps.values()].flatMap((map) =>
    [
      [...map.rows, ...map.cols],
      [...map.placeRows, ...map.placeCols],
    ].map((list) => list.map(({ size }) => size)),
  );
  return [...ofMatrices, ...ofMaps].map((digits) => digits.flatMap(variables));
}

/** The sizes of the counters that stand beside another one in a place. */
function windowsOf(map: IndexMap): string[] {
  const counters = new Map(
    [...map.rows, ...map.cols, ...map.sums].map(({ name, size }) => [name, size] as const),
  );
  return [...map.placeRows, ...map.placeCols].flatMap(({ at }) => {
    const own = variables(at).filter((name) => counters.has(name));
    const alone = own.filter((name) => at.terms.get(name) === 1n);
    return own.length > 1 ? alone.flatMap((name) => variables(counters.get(name) ?? one)) : [];
  });
}

/** What is multiplied with a counter, unless it is the size of a window too, as in pooling. */
function stridesOf(map: IndexMap): string[] {
  const all = [...map.rows, ...map.cols, ...map.sums];
  const counters = new Set(all.map(({ name }) => name));
  const windows = new Set(all.flatMap(({ size }) => variables(size)));
  return [...map.placeRows, ...map.placeCols].flatMap(({ at }) =>
    [...at.terms.keys()]
      .map((monomial) => monomial.split("·"))
      .filter((names) => names.some((name) => counters.has(name)))
      .flatMap((names) => names.filter((name) => !counters.has(name) && !windows.has(name))),
  );
}

/** The x and y of each floor(x/y). */
function quotients(e: Expression): [Expression, Expression][] {
  const inside = children(e).flatMap(quotients);
  if (e.kind !== "apply" || e.name !== "floor") return inside;
  const [of] = e.args;
  return of.kind === "binary" && of.op === "/" ? [[of.left, of.right], ...inside] : inside;
}
