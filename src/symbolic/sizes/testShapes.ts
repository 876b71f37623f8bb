/** Sizes to try a statement at: small, and generic, because equal sizes and s = 1 hide a wrong order. */

import type { Statement } from "../language/expression.js";
import { instancesSize, type World } from "../world/world.js";
import { drawnShapes } from "./drawnShapes.js";
import { withLargeParts, writtenParts } from "./parts.js";
import { relevantWorld } from "./relevant.js";
import { type CostOf, cheapest } from "./shapeSearch.js";
import { type SizeModel, sizeModel } from "./sizeModel.js";
import { completed, type Sizes, sizesText } from "./sizes.js";

/** At no sizes that were looked at a statement says anything. */
export class NoSizesError extends RangeError {
  override readonly name = "NoSizesError";
}

const found = new WeakMap<World, readonly Sizes[]>();

/**
 * Three shapes for a world: a small one, one whose strides are above 1, and one that also leaves a remainder in the
 * floors; sizes differ where they can, and a pair that is equal in one shape differs in another where it can. Where places that
 * move in steps meet in none of them, one more in which they do. Deterministic. Throws NoSizesError where none are found that fit.
 */
export function testShapes(world: World): readonly Sizes[] {
  const known = found.get(world) ?? search(world);
  found.set(world, known);
  return known;
}

/**
 * The test shapes for a statement: only the dimensions that matter to it, so that they can be small and different, and smaller
 * ones where parts of it would be too large. Throws RangeError where no part's size lets it be tried.
 */
export function shapesFor(world: World, statement: Statement): readonly Sizes[] {
  const relevant = relevantWorld(world, statement);
  const parts = writtenParts(relevant, statement);
  const shapes = testShapes(relevant);
  if (shapes.every(parts.areHeld)) return shapes;
  const smaller = testShapes(withLargeParts(relevant, parts, shapes)).filter(parts.areHeld);
  if (smaller.length === 0) throw new RangeError(parts.tooLargeText(shapes[0]));
  return smaller;
}

/** Shapes of the user's own, completed. Throws RangeError that names the size or the index that does not fit. */
export function checkedShapes(world: World, given: readonly Sizes[]): readonly Sizes[] {
  const { requirements } = sizeModel(world);
  return given.map((sizes) => {
    const all = completed(world, sizes);
    const missed = requirements.find(({ miss }) => miss(all) > 0);
    if (missed) throw new RangeError(`${missed.why(all)}, at ${sizesText(sizes)}`);
    return all;
  });
}

/**
 * What a shape costs, where four times as many entries cost 1: misfits, equal sizes, sizes and strides of 1, no remainder, places that
 * do not meet.
 */
const price = {
  misfit: 1000,
  equal: 0.5,
  single: 20,
  window: 40,
  repeated: 5,
  stride: 4,
  allStrides: 40,
  exact: 1.5,
  apart: 10,
  allExact: 10,
  size: 0.3,
  work: 6,
} as const;

/** Equal sizes weigh more where they are digits of one index, and where they were equal in a shape before; many instances take long. */
const weights = { together: 6, again: 2, instances: 0.3 } as const;

/** So few entries cost nothing. */
const few = 100;

interface Demand {
  /** How many entries are a matter of a millisecond (for polynomials in the first shape); more cost more. */
  readonly easy: number;
  readonly strides: boolean;
  readonly remainders: boolean;
}

const demands: readonly Demand[] = [
  { easy: 1000, strides: false, remainders: false },
  { easy: 6000, strides: true, remainders: false },
  { easy: 6000, strides: true, remainders: true },
];

function search(world: World): readonly Sizes[] {
  const model = sizeModel(world);
  const shapes: Sizes[] = [];
  for (const demand of demands) {
    const best = searched(model, demand, shapes);
    const missed = model.requirements.find(({ miss }) => miss(best) > 0);
    if (missed) {
      const at = model.names.length === 0 ? "" : `, at ${sizesText(best)}`;
      throw new NoSizesError(`no sizes were found that fit: ${missed.why(best)}${at}`);
    }
    shapes.push(best);
  }
  return withMore(model, [...shapes, ...meetingShape(model, shapes)]);
}

function searched(model: SizeModel, demand: Demand, before: readonly Sizes[], apart?: CostOf): Sizes {
  const pairs = weighedPairs(model, before);
  const costOf: CostOf = (sizes) =>
    cost(model, sizes, demand, pairs) + repeatedCost(model, sizes, before) + (apart?.(sizes) ?? 0);
  return cheapest(model, costOf, before.length);
}

/** A shape in which places meet that did not in those before; none where no such was found. */
function meetingShape(model: SizeModel, before: readonly Sizes[]): Sizes[] {
  const missing = model.meetings.filter((meet) => !before.some(meet));
  if (missing.length === 0) return [];
  const apart: CostOf = (sizes) => price.apart * missing.filter((meet) => !meet(sizes)).length;
  const best = searched(model, demands[1], before, apart);
  const fits = model.requirements.every(({ miss }) => miss(best) === 0);
  return fits && missing.some((meet) => meet(best)) ? [best] : [];
}

/** So many shapes there are, where there are so many. */
const wanted = 3;

/**
 * The different ones of the shapes, and of those drawn at random what they lack: a shape in which two sizes differ that
 * were equal in all, or a size has another value than in all.
 */
function withMore(model: SizeModel, searched: readonly Sizes[]): readonly Sizes[] {
  const shapes = [...new Map(searched.map((sizes) => [sizesText(sizes), sizes])).values()];
  for (const sizes of drawnShapes(model)) {
    const isNew = shapes.every((other) => sizesText(other) !== sizesText(sizes));
    if (isNew && (shapes.length < wanted || tellsMore(model, shapes, sizes))) shapes.push(sizes);
  }
  return shapes;
}

function tellsMore({ names, values }: SizeModel, shapes: readonly Sizes[], sizes: Sizes): boolean {
  const isFixed = (value: (sizes: Sizes) => number) =>
    shapes.every((shape) => value(shape) === value(shapes[0])) && value(sizes) !== value(shapes[0]);
  if (values.some(isFixed)) return true;
  return names.some((name, at) =>
    names
      .slice(at + 1)
      .some((other) => shapes.every((shape) => shape[name] === shape[other]) && sizes[name] !== sizes[other]),
  );
}

interface Pair {
  readonly name: string;
  readonly other: string;
  readonly price: number;
}

/** All pairs of dimensions with what it costs when they are equal. */
function weighedPairs({ names, together }: SizeModel, before: readonly Sizes[]): Pair[] {
  return names.flatMap((name, at) =>
    names.slice(at + 1).map((other) => {
      const again = before.filter((sizes) => sizes[name] === sizes[other]).length;
      const isInstances = name === instancesSize || other === instancesSize;
      const weight =
        (together(name, other) ? weights.together : isInstances ? weights.instances : 1) *
        weights.again ** again;
      return { name, other, price: price.equal * weight };
    }),
  );
}

function cost(model: SizeModel, sizes: Sizes, demand: Demand, pairs: readonly Pair[]): number {
  let sum = 0;
  for (const { miss } of model.requirements) sum += miss(sizes);
  if (sum > 0) return price.misfit * (1 + sum);
  for (const pair of pairs) if (sizes[pair.name] === sizes[pair.other]) sum += pair.price;
  for (const name of model.free) sum += price.size * sizes[name];
  for (const name of model.names) if (sizes[name] === 1) sum += singleCost(model, name, demand);
  if (demand.strides && model.strides.length > 0 && model.strides.every((name) => sizes[name] === 1)) {
    sum += price.allStrides;
  }
  if (demand.remainders) sum += exactCost(model.remainders(sizes));
  return sum + workCost(model.work(sizes), demand);
}

/** What a size costs that was the same in all shapes before: a statement may be true for that number alone. */
function repeatedCost({ free }: SizeModel, sizes: Sizes, before: readonly Sizes[]): number {
  if (before.length < 2) return 0;
  const same = free.filter((name) => before.every((shape) => shape[name] === sizes[name]));
  return price.repeated * same.length;
}

/** What a size of 1 costs: a stride may be 1 in the first shape. */
function singleCost({ strides, windows }: SizeModel, name: string, demand: Demand): number {
  if (windows.includes(name)) return price.window;
  if (!strides.includes(name)) return price.single;
  return demand.strides ? price.stride : 0;
}

function workCost(work: number, { easy }: Demand): number {
  return Math.max(0, Math.log2(work / few)) / 2 + price.work * Math.max(0, Math.log2(work / easy));
}

/** What divisions without a remainder cost. */
function exactCost(remainders: readonly boolean[]): number {
  const exact = remainders.filter((left) => !left).length;
  return price.exact * exact + (exact > 0 && exact === remainders.length ? price.allExact : 0);
}
