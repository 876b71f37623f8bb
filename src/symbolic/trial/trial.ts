/** Levels 3 to 5 of evidence: a statement tried on polynomials, in GF(p) and in double precision. */

import type { Statement } from "../language/expression.js";
import { printStatement } from "../language/print.js";
import { relevantWorld } from "../sizes/relevant.js";
import { type Sizes, sizesText } from "../sizes/sizes.js";
import { checkedShapes, shapesFor } from "../sizes/testShapes.js";
import { sigmaNeed } from "../world/selections.js";
import { ShapeError, sameShape, shapeOf, shapeText } from "../world/shapes.js";
import type { Standing } from "../world/standing.js";
import type { World } from "../world/world.js";
import { tryEverywhere } from "./everywhere.js";
import { type FloatOutcome, tooLarge, tryInFloats } from "./floatTrial.js";
import { asksForSigns } from "./fractionTrial.js";
import { tryWithLargest } from "./largestTrial.js";
import { tryAsPolynomials } from "./polynomialTrial.js";
import { largestPrime, primeFor } from "./primeField.js";
import {
  boundOf,
  type Difference,
  notCovered,
  type PrimeFieldTrial,
  type TrialOutcome,
  tryInPrimeField,
} from "./primeFieldTrial.js";

/** What a statement is tried with; what is not given is the statement's test shapes, seeds 1 2 3, the largest prime. */
export interface TrialOptions {
  readonly shapes?: readonly Sizes[];
  readonly seeds?: readonly number[];
  readonly prime?: number;
  /** Where losses and maps that choose stand in the lines before this one. */
  readonly standing?: Standing;
}

/** A statement that no trial contradicts. */
export interface PassedTrial {
  readonly passed: true;
  /** Whether both sides were 0 in every trial: then 0 = 0 is all that was seen. */
  readonly vacuous: boolean;
  /** Level 3: that many entries are identities of polynomials at those sizes, or why that was not tried. */
  readonly polynomials: { readonly at: Sizes; readonly entries: number } | { readonly skipped: string };
  /** Level 4, with the chance that a false statement passes at the shapes tried, and what that does not cover. */
  readonly primeField?: PrimeFieldTrial & { readonly bound: number; readonly notCovered: readonly string[] };
  /** In its place, where signs decide: whole numbers and fractions, which bound nothing. */
  readonly fractions?: Pick<PrimeFieldTrial, "shapes" | "seeds">;
  /** Level 5; not where signs decide which entries max pooling takes. */
  readonly floats?: FloatOutcome;
}

/** A statement that does not hold, and how that is known. */
export interface FailedTrial {
  readonly passed: false;
  readonly level: "shape" | "polynomials" | "prime field" | "fractions" | "floating point";
  readonly why: string;
  /** Whether parts of a side do not fit together. */
  readonly misfit?: boolean;
  readonly at?: Sizes;
  readonly seed?: number;
  /** The first entry that differs, counted from 1. */
  readonly entry?: readonly [row: number, col: number];
}

export type Trial = PassedTrial | FailedTrial;

/** Tries left = right: the sizes, GF(p) or fractions, polynomials, doubles. Throws RangeError for shapes of the user's that do not fit. */
export function trial(world: World, statement: Statement, options: TrialOptions = {}): Trial {
  const misshapen = shapeFailure(world, statement);
  if (misshapen) return misshapen;
  const tried = primeFieldTrial(world, statement, options);
  try {
    return tryNumbers(relevantWorld(world, statement), statement, tried);
  } catch (error) {
    if (error instanceof RangeError) return { passed: false, level: "prime field", why: error.message };
    throw error;
  }
}

/** The shapes, seeds and prime of a trial; the shapes give the dimensions that matter to the statement. */
export function primeFieldTrial(world: World, statement: Statement, options: TrialOptions): PrimeFieldTrial {
  const relevant = relevantWorld(world, statement);
  const shapes = options.shapes ? checkedShapes(relevant, options.shapes) : shapesFor(world, statement);
  return { shapes, seeds: options.seeds ?? [1, 2, 3], prime: options.prime ?? largestPrime };
}

/** Why the sides cannot be equal for all sizes; undefined where their sizes agree. */
export function shapeFailure(world: World, { left, right }: Statement): FailedTrial | undefined {
  try {
    const [x, y] = [shapeOf(world, left), shapeOf(world, right)];
    if (sameShape(world, x, y)) return undefined;
    const why = `the left side is ${shapeText(x)}, the right side ${shapeText(y)}`;
    return { passed: false, level: "shape", why };
  } catch (error) {
    if (error instanceof ShapeError)
      return { passed: false, level: "shape", why: error.message, misfit: true };
    throw error;
  }
}

function tryNumbers(world: World, statement: Statement, tried: PrimeFieldTrial): Trial {
  const { difference, isZero, signed } = tryWithSigns(world, statement, tried);
  if (difference) return differs(difference, signed ? undefined : tried.prime);
  const apartAtLargest = tryWithLargest(world, statement, tried.shapes[0], sigmaNeed(world, statement));
  if (apartAtLargest) return differsAtLargest(apartAtLargest);
  if (signed) return triedWithSigns(world, statement, tried, isZero);
  const polynomials = tryAsPolynomials(world, statement, tried.shapes[0]);
  if ("identity" in polynomials && !polynomials.identity) {
    const { at, entry } = polynomials;
    return {
      passed: false,
      level: "polynomials",
      why: `entry (${entry.join(", ")}) differs as a polynomial`,
      at,
      entry,
    };
  }
  const another = "skipped" in polynomials ? tryModuloAnother(world, statement, tried) : undefined;
  if (another) return another;
  const floats = passedFloats(world, statement, tried);
  if ("passed" in floats) return floats;
  const primeField = { ...tried, bound: boundOf(world, statement, tried), notCovered };
  return { passed: true, vacuous: isZero, polynomials, primeField, floats };
}

/** What is false only by multiples of p is told by another prime, where nothing was multiplied out over ℤ. */
function tryModuloAnother(
  world: World,
  statement: Statement,
  { shapes, seeds }: PrimeFieldTrial,
): FailedTrial | undefined {
  const prime = primeFor(printStatement(statement));
  const { difference } = tryInPrimeField(world, statement, { shapes, seeds: seeds.slice(0, 1), prime });
  return difference && differs(difference, prime);
}

/**
 * In GF(p), or in fractions where relu stands. What differs in GF(p) where pooling takes any entries may hold where it takes
 * the largest: that is tried in fractions too.
 */
export function tryWithSigns(
  world: World,
  statement: Statement,
  tried: PrimeFieldTrial,
): TrialOutcome & { readonly signed: boolean } {
  const outcome = { ...tryEverywhere(world, statement, tried), signed: asksForSigns(statement) };
  const mayHold = outcome.difference && !outcome.signed && choosesLargest(world);
  if (!mayHold) return outcome;
  const again = { ...tryEverywhere(world, statement, { ...tried, signed: true }), signed: true };
  return again.difference ? outcome : again;
}

function choosesLargest({ maps }: World): boolean {
  return [...maps.values()].some(({ chosen }) => chosen);
}

function triedWithSigns(
  world: World,
  statement: Statement,
  tried: PrimeFieldTrial,
  isZero: boolean,
): PassedTrial | FailedTrial {
  // In doubles too, where selections are as the trials draw them: only where none is taken.
  const floats = choosesLargest(world) ? undefined : passedFloats(world, statement, tried);
  if (floats && "passed" in floats) return floats;
  const { shapes, seeds } = tried;
  const polynomials = { skipped: "signs decide" };
  return {
    passed: true,
    vacuous: isZero,
    polynomials,
    fractions: { shapes, seeds },
    ...(floats && { floats }),
  };
}

function passedFloats(
  world: World,
  statement: Statement,
  { shapes, seeds }: PrimeFieldTrial,
): FloatOutcome | FailedTrial {
  const floats = tryInFloats(world, statement, shapes.at(-1) as Sizes, seeds[0]);
  const apart = tooLarge(floats);
  if (apart === undefined) return floats;
  return { passed: false, level: "floating point", why: apart, at: floats.at, seed: floats.seed };
}

function differs(
  { at, seed, entry, differing, entries }: Difference,
  prime: number | undefined,
): FailedTrial {
  const where = prime === undefined ? "in whole numbers and fractions" : `in GF(${prime})`;
  const why = `${differing} of ${entries} entries differ ${where} at ${sizesText(at)}, seed ${seed}`;
  return { passed: false, level: prime === undefined ? "fractions" : "prime field", why, at, seed, entry };
}

function differsAtLargest({ at, seed, entry, differing, entries }: Difference): FailedTrial {
  const why = `${differing} of ${entries} entries differ where the largest entries are taken, at ${sizesText(at)}, seed ${seed}`;
  return { passed: false, level: "floating point", why, at, seed, entry };
}
