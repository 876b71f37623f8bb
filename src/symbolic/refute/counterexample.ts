/** Numbers that show a statement to be false, to be checked by hand: the smallest sizes found, then the smallest entries. */

import type { Statement } from "../language/expression.js";
import { builtInsIn, relevantWorld } from "../sizes/relevant.js";
import { sizeModel } from "../sizes/sizeModel.js";
import type { Sizes } from "../sizes/sizes.js";
import { explicitOf } from "../trial/evaluate.js";
import type { Explicit } from "../trial/explicit.js";
import { asksForSigns, tryInFractions } from "../trial/fractionTrial.js";
import { tryWithLargest } from "../trial/largestTrial.js";
import { largestPrime } from "../trial/primeField.js";
import { tryOnce } from "../trial/primeFieldTrial.js";
import { argumentsIn } from "../trial/setting.js";
import { primeFieldSetting } from "../trial/settings.js";
import { primeFieldTrial, shapeFailure, type TrialOptions, tryWithSigns } from "../trial/trial.js";
import { sigmaNeed } from "../world/selections.js";
import { instancesSize, type World } from "../world/world.js";
import { withZeroMatrix } from "../world/zero.js";
import { type Counterexample, counterexampleText } from "./counterexampleText.js";
import type { Functions, Sides, StatementAt } from "./numbers.js";
import { matricesOf, rowsOf } from "./shownNumbers.js";
import { sigmas } from "./sigmas.js";
import { differingSides, smallestSides } from "./smallEntries.js";
import { atSmallestSizes } from "./smallSizes.js";

/**
 * A counterexample to left = right, or undefined where none is found: the statement passes the trial in GF(p), or its
 * sides have different sizes for all values of the dimensions. Only the sizes that matter are given.
 */
export function counterexample(
  world: World,
  written: Statement,
  options: TrialOptions = {},
): Counterexample | undefined {
  const statement = withZeroMatrix(world, written);
  if (shapeFailure(world, statement)) return undefined;
  const small = relevantWorld(world, statement);
  const tried = primeFieldTrial(world, statement, options);
  const difference =
    tryWithSigns(small, statement, tried).difference ??
    tryWithLargest(small, statement, tried.shapes[0], sigmaNeed(world, statement));
  return difference && smallest({ world: small, statement, sizes: difference.at }, difference.seed);
}

interface Found {
  readonly free: Sizes;
  readonly place: StatementAt;
  readonly functions: Functions;
  readonly sides: Sides;
}

/** At the smallest sizes at which whole numbers show it; where none do, with remainders. */
function smallest({ world, statement, sizes }: StatementAt, seed: number): Counterexample {
  const model = sizeModel(world);
  const known = Object.fromEntries(model.free.map((name) => [name, sizes[name]]));
  const choices = functionsFor(world, statement);
  const at = (free: Sizes): StatementAt => ({ world, statement, sizes: model.complete(free) });
  const found = atSmallestSizes(model, known, {
    differs: (free) => seedsFor(world, statement, seed).some((one) => differs(at(free), one)),
    find: (free) => firstFound(free, at(free), choices),
  });
  if (!found) return withoutLetters({ world, statement, sizes }, seed, known);
  return shown(found, smallestSides(found.place, found.functions, found.sides));
}

function firstFound(free: Sizes, place: StatementAt, choices: readonly Functions[]): Found | undefined {
  for (const functions of choices) {
    const sides = differingSides(place, functions);
    if (sides) return { free, place, functions, sides };
  }
  return undefined;
}

/** Numbers of other signs are other cases: a false statement may well hold in one of them, and in small sizes are few. */
function seedsFor(world: World, statement: Statement, seed: number): readonly number[] {
  const isOneCaseOfMany = asksForSigns(statement) || selects(world);
  return isOneCaseOfMany ? [seed, ...Array.from({ length: 24 }, (_, k) => seed + k + 1)] : [seed];
}

function selects({ maps }: World): boolean {
  return [...maps.values()].some(({ chosen }) => chosen);
}

function differs({ world, statement, sizes }: StatementAt, seed: number): boolean {
  try {
    return tryOnce(world, statement, sizes, seed).difference !== undefined;
  } catch (error) {
    if (error instanceof RangeError) return false; // no counterexample, but a place without a value
    throw error;
  }
}

/** What may stand for σ and for losses, the simplest first. A selection through σ needs one that does not decrease. */
function functionsFor(world: World, statement: Statement): Functions[] {
  const ofSigma = hasSigma(statement)
    ? sigmas.filter(({ rises }) => rises || !selects(world))
    : sigmas.slice(0, 1);
  const instances = isSummedFreely(world, statement) ? [1, 2, 3] : [undefined];
  const isQuadratic = world.losses.size > 0 ? [false, true] : [false];
  return instances.flatMap((count) =>
    isQuadratic.flatMap((bent) =>
      ofSigma.map((sigma) => ({
        sigma,
        isQuadratic: bent,
        ...(count !== undefined && { instances: count }),
      })),
    ),
  );
}

function hasSigma({ left, right }: Statement): boolean {
  const builtIns = new Set([left, right].flatMap(builtInsIn));
  return (["sigma", "dsigma", "d2sigma"] as const).some((name) => builtIns.has(name));
}

function isSummedFreely(world: World, { left, right }: Statement): boolean {
  return !world.dimensions.has(instancesSize) && [left, right].flatMap(builtInsIn).includes("Sum");
}

function shown({ free, place, functions }: Found, sides: Sides): Counterexample {
  const { world, statement } = place;
  return withText({
    sizes: free,
    ...(functions.instances !== undefined && { instances: functions.instances }),
    matrices: matricesOf(place, sides),
    ...(hasSigma(statement) && { sigma: functions.sigma.text }),
    losses: sides.losses.shown(),
    selects: selects(world),
    ...differing(sides, sides.at ?? 0),
  });
}

function differing(
  { left, right }: { readonly left: Explicit<number>; readonly right: Explicit<number> },
  at: number,
): Pick<Counterexample, "sides" | "entry" | "left" | "right"> {
  return {
    sides: { left: rowsOf(left), right: rowsOf(right) },
    entry: [(at % left.rows) + 1, Math.floor(at / left.rows) + 1],
    left: left.entries[at] + 0, // not −0
    right: right.entries[at] + 0,
  };
}

/** Where no small whole numbers show it: fractions where relu stands, remainders elsewhere. */
function withoutLetters(place: StatementAt, seed: number, free: Sizes): Counterexample {
  const { world, statement, sizes } = place;
  const difference = asksForSigns(statement) && tryInFractions(world, statement, sizes, seed).difference;
  if (!difference) return remainders(place, seed, free);
  const { entry, left, right } = difference;
  const sides = { left: [], right: [] };
  return withText({ sizes: free, matrices: [], losses: [], selects: false, sides, entry, left, right });
}

/** Where only remainders modulo p show a difference, with σ and losses at random. */
function remainders({ world, statement, sizes }: StatementAt, seed: number, free: Sizes): Counterexample {
  const setting = { ...primeFieldSetting(world, sizes, seed), ...argumentsIn(world, statement) };
  const [left, right] = [statement.left, statement.right].map((e) => explicitOf(e, setting));
  const at = left.entries.findIndex((x, k) => x !== right.entries[k]);
  return withText({
    sizes: free,
    matrices: [],
    losses: [],
    selects: false,
    modulo: largestPrime,
    ...differing({ left, right }, at),
  });
}

function withText(found: Omit<Counterexample, "text">): Counterexample {
  return { ...found, text: counterexampleText(found) };
}
