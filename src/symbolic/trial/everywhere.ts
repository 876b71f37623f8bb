/** A statement in GF(p) at the shapes that were searched for, and at drawn ones, until something was seen. */

import type { Statement } from "../language/expression.js";
import { drawnShapes, many } from "../sizes/drawnShapes.js";
import { writtenParts } from "../sizes/parts.js";
import { sizeModel } from "../sizes/sizeModel.js";
import type { World } from "../world/world.js";
import { asksForSigns } from "./fractionTrial.js";
import { type PrimeFieldTrial, type TrialOutcome, tryInPrimeField } from "./primeFieldTrial.js";

/**
 * Both sides at the given shapes with all seeds, then at drawn shapes with one; where all of that was 0 = 0, at more and
 * larger ones: two maps that do not meet at small sizes may meet at large ones. Up to the first difference.
 */
export function tryEverywhere(world: World, statement: Statement, tried: PrimeFieldTrial): TrialOutcome {
  const given = tryInPrimeField(world, statement, tried);
  if (given.difference) return given;
  const isSigned = tried.signed ?? asksForSigns(statement);
  const seeds = isSigned ? tried.seeds : tried.seeds.slice(0, 1); // each seed draws signs in another way
  const model = sizeModel(world);
  const { areHeld } = writtenParts(world, statement);
  const drawn = tryInPrimeField(world, statement, {
    ...tried,
    seeds,
    shapes: drawnShapes(model).filter(areHeld),
  });
  if (drawn.difference || !given.isZero || !drawn.isZero) return { ...drawn, isZero: false };
  return tryInPrimeField(world, statement, {
    ...tried,
    seeds,
    shapes: drawnShapes(model, many).filter(areHeld),
  });
}
