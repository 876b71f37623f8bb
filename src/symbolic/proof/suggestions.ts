/** Which one slip, undone, makes a wrong line right: tried, not guessed. */

import type { Expression, Statement } from "../expression.js";
import { print } from "../print.js";
import type { World } from "../world.js";
import { tryOnce } from "./primeFieldTrial.js";
import { type Slip, slipsOf } from "./slips.js";
import { primeFieldTrial, shapeFailure, type TrialOptions, trial } from "./trial.js";

/** A right side that passes the trial, and what was wrong with the written one. */
export interface Suggestion {
  readonly label: string;
  readonly right: Expression;
  /** "Kronecker factors swapped: kron(phi(Z)', I(d_out)) * vec(W)" */
  readonly text: string;
}

/** At most three right sides, one slip away from the written one, that pass all trials; the shortest first. */
export function suggestions(world: World, statement: Statement, options: TrialOptions = {}): Suggestion[] {
  const written = slipsOf(world, statement).map(({ label, e }) => ({ label, right: e, line: print(e) }));
  const found: Suggestion[] = [];
  for (const { label, right, line } of written.sort((x, y) => x.line.length - y.line.length)) {
    if (found.length === 3) break;
    if (holds(world, { left: statement.left, right }, options))
      found.push({ label, right, text: `${label}: ${line}` });
  }
  return found;
}

function holds(world: World, statement: Statement, options: TrialOptions): boolean {
  if (shapeFailure(world, statement)) return false;
  const { shapes, prime, seeds } = primeFieldTrial(world, options);
  try {
    // One cheap look first: most slips are wrong everywhere.
    if (tryOnce(world, statement, shapes[0], seeds[0], prime).difference) return false;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
  const result = trial(world, statement, options);
  return result.passed && !result.vacuous;
}
