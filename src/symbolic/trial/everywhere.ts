/** A statement in GF(p) at the shapes that were searched for, and at drawn ones, until something was seen. */

import type { Statement } from "../language/expression.js";
import { drawnShapes, few, many } from "../sizes/drawnShapes.js";
import { writtenParts } from "../sizes/parts.js";
import { sizeModel } from "../sizes/sizeModel.js";
import type { Sizes } from "../sizes/sizes.js";
import type { World } from "../world/world.js";
import { asksForSigns } from "./fractionTrial.js";
import { type PrimeFieldTrial, type TrialOutcome, tryInPrimeField } from "./primeFieldTrial.js";
import { seedsInAll, seedsOnLines, seedsWithSigns } from "./ways.js";

/**
 * Both sides at the given shapes with all seeds, then at drawn shapes with one; where all of that was 0 = 0, at more and
 * larger ones: two maps that do not meet at small sizes may meet at large ones. Up to the first difference.
 */
export function tryEverywhere(world: World, statement: Statement, tried: PrimeFieldTrial): TrialOutcome {
  const isSigned = tried.signed ?? asksForSigns(statement);
  const given = isSigned
    ? tryWithMoreSeeds(world, statement, tried)
    : tryInPrimeField(world, statement, tried);
  if (given.difference) return given;
  const model = sizeModel(world);
  const { areHeld, areSmall } = writtenParts(world, statement);
  const tryAt = (shapes: readonly Sizes[]) => {
    const drawn = { ...tried, shapes };
    const seeds = tried.seeds.slice(0, 1);
    return tryInPrimeField(world, statement, isSigned ? withMoreSeeds(drawn) : { ...drawn, seeds });
  };
  const small = drawnShapes(model, few, areSmall);
  const drawn = tryAt(small.length > 0 ? small : drawnShapes(model, few, areHeld));
  if (drawn.difference || !given.isZero || !drawn.isZero) return { ...drawn, isZero: false };
  return tryAt(drawnShapes(model, many, areHeld));
}

/** At the first shape also with all choices of signs, for a condition may ask several matrices for theirs at once, and between kinks. */
function tryWithMoreSeeds(world: World, statement: Statement, tried: PrimeFieldTrial): TrialOutcome {
  const given = tryInPrimeField(world, statement, withMoreSeeds(tried));
  if (given.difference) return given;
  const chosen = {
    ...tried,
    shapes: tried.shapes.slice(0, 1),
    seeds: [...seedsWithSigns(world, statement), ...seedsOnLines()],
  };
  const atFirst = tryInPrimeField(world, statement, chosen);
  return { ...atFirst, isZero: given.isZero && atFirst.isZero };
}

/** Each seed draws signs, and which matrices are 0, in another way: twice as many as where all numbers are alike. */
function withMoreSeeds(tried: PrimeFieldTrial): PrimeFieldTrial {
  const { seeds } = tried;
  return { ...tried, seeds: [...seeds, ...seeds.map((seed) => seed + seedsInAll)] };
}
