/** The size of what a run gives, held against the size that was declared. */

import { size } from "../numeric/storage.js";
import type { Expression } from "../symbolic/language/expression.js";
import { evaluate } from "../symbolic/language/polynomial.js";
import { print } from "../symbolic/language/print.js";
import { type Sizes, sizesText } from "../symbolic/sizes/sizes.js";
import { shapeOf, shapeText } from "../symbolic/world/shapes.js";
import type { World } from "../symbolic/world/world.js";

/**
 * The value, if its size is that of the expression's shape at these sizes. Throws Error otherwise: the run itself is
 * wrong then, and nothing that was given.
 */
export function sized<T extends { readonly rows: number; readonly cols: number }>(
  world: World,
  e: Expression,
  value: T,
  sizes: Sizes,
): T {
  const shape = shapeOf(world, e);
  const needed = { rows: evaluate(shape.rows, sizes), cols: evaluate(shape.cols, sizes) };
  if (value.rows === needed.rows && value.cols === needed.cols) return value;
  throw new Error(
    `run: internal error, please report it: ${print(e)} came out ${size(value)}; it is ${shapeText(shape)}, which is ${size(needed)} at ${sizesText(sizes)}`,
  );
}
