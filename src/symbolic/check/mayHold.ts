/** Whether a statement may hold at all: a look at its first numbers, before what takes long is looked for. */

import type { Statement } from "../language/expression.js";
import type { MayHold } from "../prove/prove.js";
import { relevantWorld } from "../sizes/relevant.js";
import { asksForSigns } from "../trial/fractionTrial.js";
import { tryOnce } from "../trial/primeFieldTrial.js";
import { primeFieldTrial, type TrialOptions } from "../trial/trial.js";
import type { World } from "../world/world.js";

/** Whether the numbers of the first trial allow it, looked at once, when it is asked; yes where they decide nothing. */
export function mayHold(world: World, statement: Statement, options: TrialOptions): MayHold {
  let answer: boolean | undefined;
  return () => {
    answer ??= passesOnce(world, statement, options);
    return answer;
  };
}

function passesOnce(world: World, statement: Statement, options: TrialOptions): boolean {
  const relevant = relevantWorld(world, statement);
  // what differs in GF(p) where pooling takes any entries may hold where it takes the largest
  const isDecided = asksForSigns(statement) || [...relevant.maps.values()].every(({ chosen }) => !chosen);
  if (!isDecided) return true;
  try {
    const { shapes, seeds, prime } = primeFieldTrial(world, statement, options);
    return tryOnce(relevant, statement, shapes[0], seeds[0], { prime }).difference === undefined;
  } catch (error) {
    if (error instanceof RangeError) return true;
    throw error;
  }
}
