/** A product as it runs: numbers that scale it, and a chain of matrices. */

import type { Expression } from "../symbolic/language/expression.js";
import { isScalar, multiplication, shapeOf } from "../symbolic/world/shapes.js";
import type { World } from "../symbolic/world/world.js";

/** The product of the numbers times that of the chain, in which columns meet as many rows. */
export interface Factors {
  readonly numbers: readonly Expression[];
  readonly chain: readonly Expression[];
}

/**
 * Takes a product apart as far as its declared sizes say that factors may be grouped anew: xᵀ y A is the number xᵀ y
 * times A. Sizes that are 1 in one run alone make nothing a number.
 */
export function runFactors(world: World, e: Expression): Factors {
  if (e.kind !== "binary" || e.op !== "*")
    return isScalar(shapeOf(world, e)) ? ofNumber(e) : { numbers: [], chain: [e] };
  switch (multiplication(world, shapeOf(world, e.left), shapeOf(world, e.right))) {
    case "number on the left":
      return merged(ofNumber(e.left), runFactors(world, e.right));
    case "number on the right":
      return merged(runFactors(world, e.left), ofNumber(e.right));
    default:
      return merged(runFactors(world, e.left), runFactors(world, e.right));
  }
}

function ofNumber(e: Expression): Factors {
  return { numbers: [e], chain: [] };
}

function merged(left: Factors, right: Factors): Factors {
  return { numbers: [...left.numbers, ...right.numbers], chain: [...left.chain, ...right.chain] };
}
