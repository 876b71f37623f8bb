/** Numbers for the declared dimensions. */

import type { Expression } from "../language/expression.js";
import { print } from "../language/print.js";
import type { World } from "../world/world.js";

/** A number for each dimension. */
export type Sizes = Readonly<Record<string, number>>;

/**
 * The given sizes and those that follow from them by definition, as a_out = floor((a_in − h)/s) + 1.
 * Throws RangeError that names a size that is missing, not whole or not positive.
 */
export function completed(world: World, given: Sizes): Sizes {
  const sizes: Record<string, number> = {};
  for (const { name, definition } of world.dimensions.values()) {
    if (!definition && !Object.hasOwn(given, name))
      throw new RangeError(`the size ${name} has no value; given are ${sizesText(given) || "none"}`);
    const value = definition ? calculate(definition, sizes) : given[name];
    const least = definition ? 1 : 0; // a padding p may be 0
    if (!Number.isSafeInteger(value) || value < least)
      throw new RangeError(
        `${name} is ${value} at ${sizesText({ ...given })}; needed a whole number from ${least}`,
      );
    sizes[name] = value;
  }
  return sizes;
}

/** The dimensions that no definition gives. */
export function freeDimensions(world: World): string[] {
  return [...world.dimensions.values()].filter(({ definition }) => !definition).map(({ name }) => name);
}

/** "h=2 s=1". */
export function sizesText(sizes: Sizes): string {
  return Object.entries(sizes)
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");
}

/** The number that a definition gives; made of + − * / floor, whole numbers and names. */
export function calculate(e: Expression, sizes: Sizes): number {
  switch (e.kind) {
    case "number":
      return e.value;
    case "name":
      if (Object.hasOwn(sizes, e.name)) return sizes[e.name];
      throw new RangeError(`the size ${e.name} has no value; known are ${sizesText(sizes) || "none"}`);
    case "unary":
      if (e.op === "-") return -calculate(e.of, sizes);
      break;
    case "binary":
      return combine(e.op, calculate(e.left, sizes), calculate(e.right, sizes), e);
    case "apply":
      if (e.name === "floor" && e.args.length === 1) return Math.floor(calculate(e.args[0], sizes));
  }
  throw new RangeError(`${print(e)} is no size; a definition is made of + - * / and floor`);
}

function combine(op: string, x: number, y: number, e: Expression): number {
  switch (op) {
    case "+":
      return x + y;
    case "-":
      return x - y;
    case "*":
      return x * y;
    case "/":
      return x / y;
    default:
      throw new RangeError(`${print(e)} is no size; a definition is made of + - * / and floor`);
  }
}
