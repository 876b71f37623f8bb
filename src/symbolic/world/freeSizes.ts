/** Sizes in the names that nothing defines: where N = 2 n, a column of N numbers is one of 2 n. */

import type { Expression } from "../language/expression.js";
import {
  constant,
  equal,
  minus,
  negative,
  type Polynomial,
  plus,
  substitute,
  times,
  variable,
} from "../language/polynomial.js";
import type { World } from "./world.js";

const known = new WeakMap<World, ReadonlyMap<string, Polynomial>>();

/** Each size that is defined as a polynomial of others, in those that are not. */
export function polynomialSizes(world: World): ReadonlyMap<string, Polynomial> {
  const found = known.get(world) ?? definitionsOf(world);
  known.set(world, found);
  return found;
}

/** A size stands in no definition before its own. */
function definitionsOf({ dimensions }: World): ReadonlyMap<string, Polynomial> {
  const found = new Map<string, Polynomial>();
  for (const { name, definition } of dimensions.values()) {
    const size = definition && polynomialOf(definition);
    if (size)
      found.set(
        name,
        substitute(size, (inner) => found.get(inner)),
      );
  }
  return found;
}

/** Undefined where it divides, or takes a floor. */
function polynomialOf(e: Expression): Polynomial | undefined {
  if (e.kind === "number") return constant(e.value);
  if (e.kind === "name") return variable(e.name);
  if (e.kind === "unary" && e.op === "-") {
    const of = polynomialOf(e.of);
    return of && negative(of);
  }
  if (e.kind !== "binary" || !(e.op in made)) return undefined;
  const [x, y] = [polynomialOf(e.left), polynomialOf(e.right)];
  return x && y && made[e.op](x, y);
}

const made: Readonly<Record<string, (x: Polynomial, y: Polynomial) => Polynomial>> = {
  "*": times,
  "+": plus,
  "-": minus,
};

/** Whether two sizes are the same for all values of the dimensions. */
export function sameSize(world: World, x: Polynomial, y: Polynomial): boolean {
  if (equal(x, y)) return true;
  const sizes = polynomialSizes(world);
  if (sizes.size === 0) return false;
  const [p, q] = [x, y].map((size) => substitute(size, (name) => sizes.get(name)));
  return equal(p, q);
}
