/** Whether an index map stays within what it reads or fills. */

import { name } from "../language/expression.js";
import { drawWhole } from "../sizes/draws.js";
import { relevantWorld } from "../sizes/relevant.js";
import { sizeModel } from "../sizes/sizeModel.js";
import { type Sizes, sizesText } from "../sizes/sizes.js";
import type { IndexMap, World } from "../world/world.js";

const draws = 300;

/**
 * Why a declared map cannot be meant: at none of many sizes from 2 to 9 all its places are inside. A map that is inside
 * at some of them, as one that cuts out h of a pixels, is left to the one who uses it: `run` looks at each place.
 */
export function whyOutside(world: World, map: IndexMap): string | undefined {
  const e = name(map.matrix);
  const model = sizeModel(relevantWorld(world, { left: e, right: e }));
  let example: string | undefined;
  for (let k = 0; k < draws; k++) {
    const free = Object.fromEntries(
      model.free.map((size) => [size, drawWhole(2, 9, "inside", map.name, k, size)]),
    );
    const sizes = model.complete(free);
    if (!arePositive(sizes)) continue;
    const missed = model.requirements.find(({ miss }) => miss(sizes) > 0);
    if (!missed) return undefined;
    example ??= `${missed.why(sizes)}, at ${sizesText(sizes)}`;
  }
  return example;
}

function arePositive(sizes: Sizes): boolean {
  return Object.values(sizes).every((size) => Number.isInteger(size) && size >= 1);
}
