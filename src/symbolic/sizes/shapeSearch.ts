/** A search for the sizes that cost least. */

import { drawWhole } from "./draws.js";
import { possibleSizes } from "./possibleSizes.js";
import type { SizeModel } from "./sizeModel.js";
import type { Sizes } from "./sizes.js";

/** The largest size that is tried. */
export const largest = 9;

const starts = 4;

export type CostOf = (sizes: Sizes) => number;

/**
 * From several starts, changes one size at a time for the better; from the best, also two at a time. Where that ends at
 * sizes that do not fit, from sizes that do.
 */
export function cheapest(model: SizeModel, costOf: CostOf, shape: number): Sizes {
  const tried = Array.from({ length: starts }, (_, start) => {
    const free = Object.fromEntries(
      model.free.map((name) => [name, drawWhole(1, 6, "start", shape, start, name)]),
    );
    return { free, cost: descend(model, free, costOf) };
  });
  const best = tried.reduce((x, y) => (y.cost < x.cost ? y : x));
  const sizes = improved(model, best.free, costOf);
  if (fits(model, sizes)) return sizes;
  const possible = possibleSizes(model, () => 2) ?? possibleSizes(model);
  return possible ? improved(model, { ...possible }, costOf) : sizes;
}

function fits({ requirements }: SizeModel, sizes: Sizes): boolean {
  return requirements.every(({ miss }) => miss(sizes) === 0);
}

function improved(model: SizeModel, free: Record<string, number>, costOf: CostOf): Sizes {
  descend(model, free, costOf);
  while (improvePair(model, free, costOf)) descend(model, free, costOf);
  return model.complete(free);
}

/** Changes the sizes in place until no change of one is for the better; the cost of what it ends at. */
function descend(model: SizeModel, free: Record<string, number>, costOf: CostOf): number {
  let cost = costOf(model.complete(free));
  for (let before = Number.POSITIVE_INFINITY; cost < before; ) {
    before = cost;
    for (const name of model.free) cost = bestValue(model, free, name, costOf, largest);
  }
  return cost;
}

/** Sets one size to what costs least, the others as they are; that cost. */
function bestValue(
  model: SizeModel,
  free: Record<string, number>,
  name: string,
  costOf: CostOf,
  limit: number,
): number {
  const isLarge = free[name] > limit; // sizes that fit may be larger than those that are tried
  let [best, least] = [free[name], isLarge ? costOf(model.complete(free)) : Number.POSITIVE_INFINITY];
  for (let value = 1; value <= limit; value++) {
    free[name] = value;
    const cost = costOf(model.complete(free));
    if (cost < least) [best, least] = [value, cost];
  }
  free[name] = best;
  return least;
}

/** Changes two sizes where that is for the better; whether one pair was. */
function improvePair(model: SizeModel, free: Record<string, number>, costOf: CostOf): boolean {
  const before = costOf(model.complete(free));
  for (const name of model.free) {
    for (const other of model.free) {
      if (name !== other && improveBoth(model, free, [name, other], costOf, before)) return true;
    }
  }
  return false;
}

function improveBoth(
  model: SizeModel,
  free: Record<string, number>,
  [name, other]: readonly [string, string],
  costOf: CostOf,
  before: number,
): boolean {
  const [was, otherWas] = [free[name], free[other]];
  for (const value of [was - 1, was + 1, was + 2]) {
    if (value < 1 || value > largest) continue;
    free[name] = value;
    if (bestValue(model, free, other, costOf, largest) < before) return true;
    free[other] = otherWas;
  }
  free[name] = was;
  return false;
}
