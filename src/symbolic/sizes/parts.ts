/** The parts of a statement as matrices with all their entries: kron(P, P) of two maps has the fourth power of an image's. */

import { children, type Expression, type Statement } from "../language/expression.js";
import { type Polynomial, polynomialText, times } from "../language/polynomial.js";
import { print } from "../language/print.js";
import { ShapeError, shapeOf } from "../world/shapes.js";
import type { World } from "../world/world.js";
import { compiledSize } from "./compiledSize.js";
import { type Sizes, sizesText } from "./sizes.js";
import { matrixParts } from "./writtenSizes.js";

/** So many entries of one part are a matter of some ten milliseconds and megabytes. */
const mostEntries = 400_000;

/** So many of all parts together are a matter of a millisecond or two. */
const fewEntries = 8_000;

export interface WrittenParts {
  /** Whether all parts together are soon made at these sizes. */
  readonly areSmall: (sizes: Sizes) => boolean;
  /** Whether every part can be held with all its entries at these sizes. */
  readonly areHeld: (sizes: Sizes) => boolean;
  /** The numbers of entries of those that cannot at one of the shapes. */
  readonly largeAt: (shapes: readonly Sizes[]) => readonly Polynomial[];
  readonly tooLargeText: (sizes: Sizes) => string;
}

interface Part {
  readonly e: Expression;
  readonly entries: Polynomial;
  readonly count: (sizes: Sizes) => number;
}

const known = new WeakMap<World, WeakMap<Statement, WrittenParts>>();

/** The parts of a statement whose sizes are known: where one has none, whoever asks for its size says so. */
export function writtenParts(world: World, statement: Statement): WrittenParts {
  const ofWorld = known.get(world) ?? new WeakMap<Statement, WrittenParts>();
  known.set(world, ofWorld);
  const parts = ofWorld.get(statement) ?? partsIn(world, statement);
  ofWorld.set(statement, parts);
  return parts;
}

function partsIn(world: World, { left, right }: Statement): WrittenParts {
  const all = new Map<string, Part>();
  for (const part of [left, right].flatMap((e) => sizedParts(world, e)))
    all.set(polynomialText(part.entries), part);
  const parts = [...all.values()];
  return {
    areSmall: (sizes) => parts.reduce((sum, { count }) => sum + count(sizes), 0) <= fewEntries,
    areHeld: (sizes) => parts.every(({ count }) => count(sizes) <= mostEntries),
    largeAt: (shapes) =>
      parts
        .filter(({ count }) => shapes.some((sizes) => count(sizes) > mostEntries))
        .map(({ entries }) => entries),
    tooLargeText: (sizes) => {
      const { e, count } = parts.reduce((x, y) => (y.count(sizes) > x.count(sizes) ? y : x));
      const where = sizesText(sizes);
      return `${print(e)} has ${count(sizes)} entries${where && ` at ${where}`}; needed ${mostEntries} at most, and no smaller sizes were found that fit`;
    },
  };
}

function sizedParts(world: World, e: Expression): Part[] {
  const inside = children(e)
    .slice(0, matrixParts(e))
    .flatMap((part) => sizedParts(world, part));
  try {
    const { rows, cols } = shapeOf(world, e);
    const entries = times(rows, cols);
    return [{ e, entries, count: compiledSize(entries) }, ...inside];
  } catch (error) {
    if (error instanceof ShapeError) return inside;
    throw error;
  }
}

const weighed = new WeakMap<World, Map<string, World>>();

/** The world in which large parts weigh too, so that shapes are sought at which they are small; one for the same parts. */
export function withLargeParts(world: World, parts: WrittenParts, shapes: readonly Sizes[]): World {
  const largeParts = parts.largeAt(shapes);
  const worlds = weighed.get(world) ?? new Map<string, World>();
  weighed.set(world, worlds);
  const key = largeParts.map(polynomialText).join(";");
  const heavy = worlds.get(key) ?? { ...world, largeParts };
  worlds.set(key, heavy);
  return heavy;
}
