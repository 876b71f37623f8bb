/** Level 3: a statement as an identity of polynomials in all entries, at one shape. */

import type { Statement } from "../language/expression.js";
import { equal } from "../language/polynomial.js";
import type { Sizes } from "../sizes/sizes.js";
import type { World } from "../world/world.js";
import { BeyondPolynomials } from "./entryPolynomials.js";
import { explicitOf } from "./evaluate.js";
import { argumentsIn } from "./setting.js";
import { polynomialSetting } from "./settings.js";

/** An identity in that many entries at those sizes, or why that was not tried, or the first entry that differs. */
export type PolynomialOutcome =
  | { readonly identity: true; readonly at: Sizes; readonly entries: number }
  | { readonly identity: false; readonly at: Sizes; readonly entry: readonly [row: number, col: number] }
  | { readonly skipped: string };

/** How many terms may be made: some 20 milliseconds. */
const budget = 60_000;

/** Tries the statement over ℤ[entries]; a division and too many terms are reasons to skip it. */
export function tryAsPolynomials(world: World, statement: Statement, at: Sizes): PolynomialOutcome {
  try {
    const setting = { ...polynomialSetting(world, at, budget), ...argumentsIn(world, statement) };
    const [x, y] = [explicitOf(statement.left, setting), explicitOf(statement.right, setting)];
    const first = x.entries.findIndex((entry, k) => !equal(entry, y.entries[k]));
    if (first < 0) return { identity: true, at, entries: x.entries.length };
    return { identity: false, at, entry: [(first % x.rows) + 1, Math.floor(first / x.rows) + 1] };
  } catch (error) {
    if (error instanceof BeyondPolynomials) return { skipped: error.message };
    throw error;
  }
}
