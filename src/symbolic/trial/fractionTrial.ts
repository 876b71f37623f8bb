/**
 * A statement in whole numbers and fractions, where signs decide: relu is max(x, 0), max pooling takes the largest entry,
 * and a residue modulo a prime is neither positive nor large.
 */

import type { Statement } from "../language/expression.js";
import { builtInsIn } from "../sizes/relevant.js";
import type { Sizes } from "../sizes/sizes.js";
import type { World } from "../world/world.js";
import { differenceOf } from "./algebra.js";
import { explicitOf } from "./evaluate.js";
import { type Explicit, entryPlace } from "./explicit.js";
import { fractionDraw, type InputDraw } from "./fractionDraw.js";
import { doubleOf, type Fraction } from "./fractions.js";
import { waysBetweenKinks } from "./kinks.js";
import type { Setting } from "./setting.js";
import { isOnLine, waysOf } from "./ways.js";

/** A place where the sides differ, and what they are there. */
export interface SignedDifference {
  readonly entry: readonly [row: number, col: number];
  readonly differing: number;
  readonly entries: number;
  readonly left: number;
  readonly right: number;
  /** How the inputs were drawn, in words. */
  readonly inputs: string;
}

export interface SignedOutcome {
  readonly difference?: SignedDifference;
  readonly isZero: boolean;
}

/** Whether relu stands in a statement. */
export function asksForSigns({ left, right }: Statement): boolean {
  return [left, right].flatMap(builtInsIn).some((name) => name === "relu" || name === "drelu");
}

/**
 * Both sides at one shape, with entries drawn in the ways of the seed. A way in which a divisor is 0 is left out.
 * Throws RangeError where that is so in each.
 */
export function tryInFractions(
  world: World,
  statement: Statement,
  sizes: Sizes,
  seed: number,
): SignedOutcome {
  let isZero = true;
  const errors: RangeError[] = [];
  const own = isOnLine(seed)
    ? waysBetweenKinks(world, statement, sizes, seed)
    : waysOf(world, statement, seed);
  for (const way of own) {
    const outcome = outcomeOf(world, statement, { sizes, seed, way });
    if (outcome instanceof RangeError) errors.push(outcome);
    else if (outcome.difference) return outcome;
    else isZero &&= outcome.isZero;
  }
  if (errors.length === own.length) throw errors[0];
  return { isZero };
}

function outcomeOf(world: World, statement: Statement, draw: InputDraw): SignedOutcome | RangeError {
  const setting = fractionDraw(world, statement, draw);
  try {
    const [x, y] = [explicitOf(statement.left, setting), explicitOf(statement.right, setting)];
    return compared(x, y, setting, `${draw.way.words}, seed ${draw.seed}`);
  } catch (error) {
    if (error instanceof RangeError) return error;
    throw error;
  }
}

function compared(
  x: Explicit<Fraction>,
  y: Explicit<Fraction>,
  { algebra }: Setting<Fraction>,
  inputs: string,
): SignedOutcome {
  const isSame = (value: Fraction, k: number) => algebra.isZero(differenceOf(algebra, value, y.entries[k]));
  const differing = x.entries.flatMap((value, k) => (isSame(value, k) ? [] : [k]));
  const isZero = [x, y].every(({ entries }) => entries.every(algebra.isZero));
  const [first] = differing;
  if (first === undefined) return { isZero };
  const [left, right] = [x, y].map(({ entries }) => doubleOf(entries[first]));
  const counts = { differing: differing.length, entries: x.entries.length };
  return { isZero, difference: { entry: entryPlace(x, first), left, right, inputs, ...counts } };
}
