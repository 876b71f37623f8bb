/** Which one slip, undone, makes a wrong line right: tried, not guessed. */

import type { Expression, Statement } from "../language/expression.js";
import { print } from "../language/print.js";
import { alike } from "../rules/alike.js";
import { relevantWorld } from "../sizes/relevant.js";
import { tryWithLargest } from "../trial/largestTrial.js";
import { tryOnce } from "../trial/primeFieldTrial.js";
import { primeFieldTrial, shapeFailure, type TrialOptions, tryWithSigns } from "../trial/trial.js";
import { sigmaNeed } from "../world/selections.js";
import type { World } from "../world/world.js";
import { repairsOf } from "./repairs.js";
import { type Slip, slipsOf } from "./slips.js";

/** A right side that was verified, one slip away from the one that was written. */
export interface Suggestion {
  /** What the slip was, as "Kronecker factors swapped". */
  readonly slip: string;
  /** The repaired side as text. */
  readonly expression: string;
}

/** "Kronecker factors swapped: kron(phi(Z)', I(d_out)) * vec(W)" */
export function suggestionText({ slip, expression }: Suggestion): string {
  return `${slip}: ${expression}`;
}

/**
 * At most three right sides, each one slip of another kind away from the written one, that pass all trials; the
 * shortest first. None is a side of the statement written another way: that the left side equals itself repairs nothing.
 */
export function suggestions(world: World, statement: Statement, options: TrialOptions = {}): Suggestion[] {
  const found = new Map<string, Suggestion>();
  const fitting = [...slipsOf(world, statement), ...repairsOf(world, statement)]
    .sort(bySimplicity)
    .filter(({ e }) => !shapeFailure(world, { left: statement.left, right: e }))
    .filter(({ e }) => !repeats(world, statement, e));
  for (const { label, e } of fitting.slice(0, mostTries)) {
    if (found.size === 3) break;
    if (isKnown(found, label) || !holds(world, { left: statement.left, right: e }, options)) continue;
    found.set(label, { slip: label, expression: print(e) });
  }
  return [...found.values()];
}

/** Whether an expression is a side of the statement, however it is written. */
function repeats(world: World, { left, right }: Statement, e: Expression): boolean {
  return [left, right].some(
    (side) => print(side) === print(e) || (hasShape(world, side) && alike(world, side, e)),
  );
}

function hasShape(world: World, e: Expression): boolean {
  return !shapeFailure(world, { left: e, right: e });
}

/** A reader waits for no more. */
const mostTries = 120;

/** "Kronecker factors swapped and transposed" says no more than that they were swapped. */
function isKnown(found: ReadonlyMap<string, Suggestion>, label: string): boolean {
  return [...found.keys()].some((known) => label.startsWith(known));
}

/** Short before long; a transpose rather on a letter than on a product, all else rather on the whole. */
function bySimplicity(x: Slip, y: Slip): number {
  const inward = (slip: Slip) => (slip.label.includes("transpose") ? -slip.depth : slip.depth);
  return print(x.e).length - print(y.e).length || inward(x) - inward(y);
}

/** In GF(p) or in fractions, and with the largest entries; doubles and polynomials are asked when the reader writes it. */
function holds(world: World, statement: Statement, options: TrialOptions): boolean {
  const relevant = relevantWorld(world, statement);
  const tried = primeFieldTrial(world, statement, options);
  const { shapes, prime, seeds } = tried;
  try {
    // One cheap look first: most slips are wrong everywhere.
    if (tryOnce(relevant, statement, shapes[0], seeds[0], { prime }).difference) return false;
    const { difference, isZero } = tryWithSigns(relevant, statement, tried);
    if (difference || isZero) return false;
    return !tryWithLargest(relevant, statement, shapes[0], sigmaNeed(world, statement));
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
