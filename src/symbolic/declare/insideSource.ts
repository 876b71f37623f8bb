/** Whether an index map stays within what it reads or fills. */

import { name } from "../language/expression.js";
import { variables } from "../language/polynomial.js";
import { possibleSizes } from "../sizes/possibleSizes.js";
import { relevantWorld } from "../sizes/relevant.js";
import { sizeModel } from "../sizes/sizeModel.js";
import { sizesText } from "../sizes/sizes.js";
import type { IndexMap, World } from "../world/world.js";

/**
 * Why a declared map cannot be meant: at no sizes at which its counters run at all are all its places inside. A map that
 * is inside at some, as one that cuts out h of a pixels, is left to the one who uses it: `run` looks at each place.
 */
export function whyOutside(world: World, map: IndexMap): string | undefined {
  const e = name(map.matrix);
  const model = sizeModel(relevantWorld(world, { left: e, right: e }));
  const counted = new Set([...map.rows, ...map.cols, ...map.sums].flatMap(({ size }) => variables(size)));
  if (possibleSizes(model, (size) => (counted.has(size) ? 2 : 1))) return undefined;
  const free = Object.fromEntries(model.free.map((size) => [size, 2]));
  const sizes = model.complete(free);
  const missed = model.requirements.filter(({ miss }) => miss(sizes) > 0);
  const { why, rule } = missed.at(-1) ?? model.requirements[model.requirements.length - 1];
  const needed = rule === undefined ? "" : `; needed ${rule}`;
  return `${why(sizes)}, at ${sizesText(sizes)}; no sizes were found at which it stays inside${needed}`;
}
