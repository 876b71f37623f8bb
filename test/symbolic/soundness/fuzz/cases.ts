/** Random statements and derivations, what philab says of them, and whether the evaluator agrees. */

import { declare } from "../../../../src/symbolic/declare/declare.js";
import { chainTried } from "./chains.js";
import type { Declared } from "./declared.js";
import { declarationText } from "./declared.js";
import { drawnFor } from "./drawn.js";
import { drawPlaces } from "./judge.js";
import { Random } from "./random.js";
import { statementTried } from "./statements.js";
import { counted, type Given, type Tally } from "./tally.js";
import { Terms } from "./terms.js";
import { drawDeclared } from "./themes.js";

/**
 * Cases 0, 1, … of a seed, each with declarations of its own, as long as `hasTime` says of their number so far that there is
 * and nothing has failed.
 */
export function fuzzed(seed: number, hasTime: (cases: number) => boolean): Tally {
  const tally: Tally = { counts: {}, failures: [], doubts: [] };
  for (let k = 0; hasTime(k) && tally.failures.length === 0; k++) {
    const random = new Random(seed, k);
    const declared = drawDeclared(random);
    const given = givenBy(declared, random);
    counted(tally, given ? "declarations" : "declarations refused");
    if (!given) continue;
    const terms = new Terms(random, declared);
    for (let m = 0; m < statementsEach; m++)
      for (const one of drawnFor(given, terms)) statementTried(given, one, random, tally);
    for (let m = 0; m < chainsEach; m++) chainTried(given, terms, tally);
  }
  return tally;
}

const statementsEach = 12;
const chainsEach = 3;

/** Undefined where no sizes fit, as for two offsets that leave every image. */
export function givenBy(declared: Declared, random: Random): Given | undefined {
  const text = declarationText(declared);
  try {
    const world = declare(text);
    return { declared, text, world, places: drawPlaces(declared, random) };
  } catch {
    return undefined;
  }
}
