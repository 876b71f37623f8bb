/** Level 5: a statement in double precision, with derivatives found in three ways, and by mathjs. */

import { children, type Expression, type Statement } from "../language/expression.js";
import type { Sizes } from "../sizes/sizes.js";
import type { World } from "../world/world.js";
import { explicitOf } from "./evaluate.js";
import type { Explicit } from "./explicit.js";
import { evaluateByMathjs } from "./mathjsEvaluate.js";
import type { Setting } from "./setting.js";
import { argumentsIn } from "./setting.js";
import { floatSetting, withCentralDifferences, withComplexStep } from "./settings.js";

/** The largest differences between the sides, relative to the largest entry (or 1 where all are smaller). */
export interface FloatOutcome {
  readonly at: Sizes;
  readonly seed: number;
  readonly error: number;
  /** With d(E, X) by central differences and by the complex step, where there is one. */
  readonly centralDifferences?: number;
  readonly complexStep?: number;
  /** By mathjs, each side also beside ours; or why mathjs was not asked. */
  readonly mathjs: number | { readonly skipped: string };
}

/** The errors that a true statement stays below. */
const tolerance = { error: 1e-10, centralDifferences: 1e-5, complexStep: 1e-10, mathjs: 1e-10 } as const;

/** Both sides in doubles at one shape. */
export function tryInFloats(world: World, statement: Statement, at: Sizes, seed: number): FloatOutcome {
  const setting = { ...floatSetting(world, at, seed), ...argumentsIn(world, statement) };
  if (world.losses.size > 0) sidesOf(statement, setting); // fixes where the losses have their gradient
  const sides = sidesOf(statement, setting);
  const outcome = { at, seed, error: distance(...sides), mathjs: byMathjs(statement, setting, sides) };
  if (!hasDifferential(statement.left) && !hasDifferential(statement.right)) return outcome;
  return {
    ...outcome,
    centralDifferences: distance(...sidesOf(statement, withCentralDifferences(setting))),
    complexStep: distance(...sidesOf(statement, withComplexStep(setting, seed))),
  };
}

/** The first error that is too large, in words; undefined where all are small. */
export function tooLarge(outcome: FloatOutcome): string | undefined {
  for (const [kind, limit] of Object.entries(tolerance)) {
    const error = outcome[kind as keyof typeof tolerance];
    if (typeof error === "number" && !(error <= limit))
      return `${words[kind as keyof typeof tolerance]} is ${error.toExponential(1)}; needed at most ${limit}`;
  }
  return undefined;
}

const words = {
  error: "the difference in double precision",
  centralDifferences: "the difference by central differences",
  complexStep: "the difference by the complex step",
  mathjs: "the difference by mathjs",
} as const;

function byMathjs(
  statement: Statement,
  setting: Setting<number>,
  ours: readonly [Explicit<number>, Explicit<number>],
): number | { readonly skipped: string } {
  const [left, right] = [statement.left, statement.right].map((e) => evaluateByMathjs(e, setting));
  if ("skipped" in left) return left;
  if ("skipped" in right) return right;
  return Math.max(distance(left, right), distance(left, ours[0]), distance(right, ours[1]));
}

function sidesOf({ left, right }: Statement, setting: Setting<number>): [Explicit<number>, Explicit<number>] {
  return [explicitOf(left, setting), explicitOf(right, setting)];
}

/** The largest difference of two entries, relative to the largest entry or 1; Infinity where the sizes differ. */
function distance(x: Explicit<number>, y: Explicit<number>): number {
  if (x.rows !== y.rows || x.cols !== y.cols) return Number.POSITIVE_INFINITY;
  const largest = [...x.entries, ...y.entries].reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  const apart = x.entries.reduce((most, value, k) => Math.max(most, Math.abs(value - y.entries[k])), 0);
  return apart / largest;
}

function hasDifferential(e: Expression): boolean {
  return (e.kind === "call" && e.name === "d") || children(e).some(hasDifferential);
}
