/** Dimensions as numbers, as far as they are known. */

import { children, type Expression } from "../language/expression.js";
import type { World } from "../world/world.js";
import { calculate, type Sizes } from "./sizes.js";

/** The given sizes and those that follow from them by definition; one whose definition needs what is not known is left out. */
export function knownDimensions(world: World, given: Sizes): Sizes {
  const sizes: Record<string, number> = { ...given };
  for (const { name, definition } of world.dimensions.values()) {
    if (!definition || Object.hasOwn(sizes, name)) continue;
    if (sizesIn(definition).every((needed) => Object.hasOwn(sizes, needed)))
      sizes[name] = calculate(definition, sizes);
  }
  return sizes;
}

/** The sizes that stand in a definition. */
function sizesIn(e: Expression): string[] {
  return e.kind === "name" ? [e.name] : children(e).flatMap(sizesIn);
}
