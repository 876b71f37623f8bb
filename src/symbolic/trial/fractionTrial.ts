/**
 * A statement in whole numbers and fractions, where signs decide: relu is max(x, 0), max pooling takes the largest entry,
 * and a residue modulo a prime is neither positive nor large.
 */

import type { Statement } from "../language/expression.js";
import { drawWhole } from "../sizes/draws.js";
import { builtInsIn } from "../sizes/relevant.js";
import { type Sizes, sizesText } from "../sizes/sizes.js";
import { sigmaNeed } from "../world/selections.js";
import type { World } from "../world/world.js";
import { differenceOf } from "./algebra.js";
import { explicitOf } from "./evaluate.js";
import { type Explicit, entryPlace } from "./explicit.js";
import { doubleOf, type Fraction } from "./fractions.js";
import { argumentsIn, newMemo, type Setting } from "./setting.js";
import { fractionSetting } from "./settings.js";

/** A place where the sides differ, and what they are there. */
export interface SignedDifference {
  readonly entry: readonly [row: number, col: number];
  readonly differing: number;
  readonly entries: number;
  readonly left: number;
  readonly right: number;
  /** How the inputs were drawn, in words. */
  readonly inputs: string;
}

export interface SignedOutcome {
  readonly difference?: SignedDifference;
  readonly isZero: boolean;
}

/** Whether relu stands in a statement. */
export function asksForSigns({ left, right }: Statement): boolean {
  return [left, right].flatMap(builtInsIn).some((name) => name === "relu" || name === "drelu");
}

/**
 * Both sides at one shape, with entries drawn in the two ways of the seed. A way in which a divisor is 0 is left out.
 * Throws RangeError where that is so in each.
 */
export function tryInFractions(
  world: World,
  statement: Statement,
  sizes: Sizes,
  seed: number,
): SignedOutcome {
  let isZero = true;
  const errors: RangeError[] = [];
  const own = ways.filter((_, k) => k % seedsInAll === (seed - 1) % seedsInAll);
  for (const way of own) {
    const outcome = outcomeOf(world, statement, { sizes, seed, way });
    if (outcome instanceof RangeError) errors.push(outcome);
    else if (outcome.difference) return outcome;
    else isZero &&= outcome.isZero;
  }
  if (errors.length === own.length) throw errors[0];
  return { isZero };
}

/** How many seeds in a row see all ways. */
export const seedsInAll = 3;

/** How the entries of the inputs are drawn; what a derivative is multiplied by is never drawn to be 0 throughout. */
interface Way {
  readonly words: string;
  readonly entry: (...key: readonly [seed: number, name: string, instance: number, at: number]) => number;
  /** Whether whole matrices are 0 instead, others at each shape. */
  readonly orZero?: boolean;
  /** Whether it concerns the inputs alone. */
  readonly inputs?: boolean;
}

const between =
  (low: number, high: number): Way["entry"] =>
  (...key) =>
    drawWhole(low, high, "entry", ...key);

/** Each shows what the others hide: large numbers, kinks, one sign alone, whole matrices of zeros. */
const ways: readonly Way[] = [
  { words: "inputs from −9 to 9", entry: between(-9, 9) },
  { words: "inputs from −1 to 1", entry: between(-1, 1) },
  { words: "all inputs 0", entry: () => 0, inputs: true },
  { words: "inputs from −2 to 2, some of them 0", entry: between(-2, 2), inputs: true, orZero: true },
  { words: "inputs from 0 to 3", entry: between(0, 3), inputs: true },
  { words: "inputs from −3 to 0", entry: between(-3, 0), inputs: true },
];

interface Draw {
  readonly sizes: Sizes;
  readonly seed: number;
  readonly way: Way;
}

function outcomeOf(world: World, statement: Statement, draw: Draw): SignedOutcome | RangeError {
  const setting = settingFor(world, statement, draw);
  try {
    const [x, y] = [explicitOf(statement.left, setting), explicitOf(statement.right, setting)];
    return compared(x, y, setting, `${draw.way.words}, seed ${draw.seed}`);
  } catch (error) {
    if (error instanceof RangeError) return error;
    throw error;
  }
}

function compared(
  x: Explicit<Fraction>,
  y: Explicit<Fraction>,
  { algebra }: Setting<Fraction>,
  inputs: string,
): SignedOutcome {
  const isSame = (value: Fraction, k: number) => algebra.isZero(differenceOf(algebra, value, y.entries[k]));
  const differing = x.entries.flatMap((value, k) => (isSame(value, k) ? [] : [k]));
  const isZero = [x, y].every(({ entries }) => entries.every(algebra.isZero));
  const [first] = differing;
  if (first === undefined) return { isZero };
  const [left, right] = [x, y].map(({ entries }) => doubleOf(entries[first]));
  const counts = { differing: differing.length, entries: x.entries.length };
  return { isZero, difference: { entry: entryPlace(x, first), left, right, inputs, ...counts } };
}

function settingFor(world: World, statement: Statement, { sizes, seed, way }: Draw): Setting<Fraction> {
  const isInput = (name: string) =>
    world.matrices.has(name) &&
    ![...world.losses.values()].some(({ gradient, hessian }) => name === gradient || name === hessian);
  const isZero = (name: string, instance: number) =>
    way.orZero && isInput(name) && drawWhole(0, 1, "zero", sizesText(sizes), seed, name, instance) === 0;
  const entry = (name: string, instance: number, at: number) => {
    const own = way.inputs && !isInput(name) ? ways[0] : way;
    return isZero(name, instance) ? 0 : own.entry(seed, name, instance, at);
  };
  return {
    ...fractionSetting(world, sizes, seed, entry, sigmaNeed(world, statement)),
    ...argumentsIn(world, statement),
    memo: newMemo<Fraction>(),
  };
}
