/** For which sizes a statement says anything: where none of its matrices has a negative number of rows or columns. */

import type { Statement } from "../language/expression.js";
import type { Polynomial } from "../language/polynomial.js";
import { sizeText } from "../language/sizeExpression.js";
import type { World } from "../world/world.js";
import { isNeverNegative } from "./doubtful.js";
import { relevantWorld } from "./relevant.js";

/** The conditions under which all sizes in a statement are 0 or more, as "m ≥ n"; each once. */
export function sizeConditions(world: World, statement: Statement): string[] {
  return [...new Set(doubtfulSizes(world, statement).map(conditionText))];
}

/** The sizes in a statement that may be negative: those it writes, and those of its matrices and maps. */
function doubtfulSizes(world: World, statement: Statement): Polynomial[] {
  const { matrices, maps, writtenSizes = [] } = relevantWorld(world, statement);
  const sizes = [
    ...writtenSizes,
    ...[...matrices.values()].flatMap(({ rows, cols }) => [rows, cols]),
    ...[...maps.values()].flatMap(({ rows, cols, sums, placeRows, placeCols }) =>
      [...rows, ...cols, ...sums, ...placeRows, ...placeCols].map(({ size }) => size),
    ),
  ];
  return sizes.filter((size) => !isNeverNegative(size));
}

/** n ≥ m for n − m. */
function conditionText(size: Polynomial): string {
  const part = (sign: 1n | -1n): Polynomial => ({
    terms: new Map(
      [...size.terms].filter(([, k]) => k * sign > 0n).map(([monomial, k]) => [monomial, k * sign]),
    ),
  });
  return `${sizeText(part(1n))} ≥ ${sizeText(part(-1n))}`;
}
