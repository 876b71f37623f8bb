/** Dimensions as numbers: the free ones are given, the defined ones follow, as a_out = floor((a_in − h)/s) + 1. */

import type { Expression } from "./expression.js";
import { print } from "./print.js";
import { ShapeError } from "./shapes.js";
import type { World } from "./world.js";

/** A number for each dimension. */
export type Sizes = Readonly<Record<string, number>>;

/** The dimensions that have no definition. */
export function freeDimensions(world: World): string[] {
  return [...world.dimensions.values()].filter(({ definition }) => !definition).map(({ name }) => name);
}

/**
 * All dimensions from the free ones; a dimension whose definition needs one that is missing is left out.
 * Throws ShapeError for a definition that is no formula of sizes.
 */
export function allDimensions(world: World, free: Sizes): Sizes {
  const sizes: Record<string, number> = { ...free };
  for (const { name, definition } of world.dimensions.values()) {
    if (!definition || Object.hasOwn(sizes, name)) continue;
    const value = numberOf(definition, sizes);
    if (value !== undefined) sizes[name] = value;
  }
  return sizes;
}

const operations: Record<string, (x: number, y: number) => number> = {
  "+": (x, y) => x + y,
  "-": (x, y) => x - y,
  "*": (x, y) => x * y,
  "/": (x, y) => x / y,
};

function numberOf(e: Expression, sizes: Sizes): number | undefined {
  if (e.kind === "number") return e.value;
  if (e.kind === "name") return Object.hasOwn(sizes, e.name) ? sizes[e.name] : undefined;
  if (e.kind === "binary" && Object.hasOwn(operations, e.op)) {
    const [x, y] = [numberOf(e.left, sizes), numberOf(e.right, sizes)];
    return x === undefined || y === undefined ? undefined : operations[e.op](x, y);
  }
  if (e.kind === "unary" && e.op === "-") {
    const x = numberOf(e.of, sizes);
    return x === undefined ? undefined : -x;
  }
  if (e.kind === "call" && e.name === "floor" && e.args.length === 1) {
    const x = numberOf(e.args[0], sizes);
    return x === undefined ? undefined : Math.floor(x);
  }
  throw new ShapeError(`${print(e)} defines no dimension; needed + - * / and floor(…) of dimensions`);
}
