/** Level 4: a statement in GF(p) at several shapes, each with several seeds. */

import type { Statement } from "../language/expression.js";
import type { Sizes } from "../sizes/sizes.js";
import { lossArguments } from "../world/lossArguments.js";
import type { World } from "../world/world.js";
import { passingChance } from "./degrees.js";
import { evaluate } from "./evaluate.js";
import { largestPrime } from "./primeField.js";
import { newMemo } from "./setting.js";
import { primeFieldSetting } from "./settings.js";

/** What was tried, the same each time it is tried again. */
export interface PrimeFieldTrial {
  readonly shapes: readonly Sizes[];
  readonly seeds: readonly number[];
  readonly prime: number;
}

/** A place where the sides differ; the entry (row, column) is counted from 1. */
export interface Difference {
  readonly at: Sizes;
  readonly seed: number;
  readonly entry: readonly [row: number, col: number];
  readonly differing: number;
  readonly entries: number;
}

/** What a trial saw: the first difference, and whether all was 0. */
export interface TrialOutcome {
  readonly difference?: Difference;
  readonly isZero: boolean;
}

/** Both sides everywhere, up to the first difference. Throws RangeError for a division by 0 or sizes that do not fit. */
export function tryInPrimeField(
  world: World,
  statement: Statement,
  { shapes, seeds, prime }: PrimeFieldTrial,
): TrialOutcome {
  let isZero = true;
  for (const sizes of shapes) {
    for (const seed of seeds) {
      const outcome = tryOnce(world, statement, sizes, seed, prime);
      isZero &&= outcome.isZero;
      if (outcome.difference) return { difference: outcome.difference, isZero };
    }
  }
  return { isZero };
}

/** Both sides at one shape with one seed. */
export function tryOnce(
  world: World,
  statement: Statement,
  sizes: Sizes,
  seed: number,
  prime: number = largestPrime,
): TrialOutcome {
  const known = { lossArguments: lossArguments(world, statement), memo: newMemo<number>() };
  const setting = { ...primeFieldSetting(world, sizes, seed, prime), ...known };
  const [x, y] = [evaluate(statement.left, setting), evaluate(statement.right, setting)];
  const differing = x.entries.flatMap((value, k) => (value === y.entries[k] ? [] : [k]));
  const isZero = [x, y].every(({ entries }) => entries.every((value) => value === 0));
  if (differing.length === 0) return { isZero };
  const [first] = differing;
  const entry = [(first % x.rows) + 1, Math.floor(first / x.rows) + 1] as const;
  const counts = { differing: differing.length, entries: x.entries.length };
  return { isZero, difference: { at: sizes, seed, entry, ...counts } };
}

/** The chance that a false statement passes all seeds at the shape where that is most likely. */
export function boundOf(
  world: World,
  statement: Statement,
  { shapes, seeds, prime }: PrimeFieldTrial,
): number {
  const chances = shapes.map((sizes) => passingChance(world, statement, sizes, prime) ** seeds.length);
  return Math.max(...chances);
}

/** What no trial in GF(p) covers, to be shown with its bound. */
export const notCovered: readonly string[] = [
  "sizes other than those tried",
  "statements false only by multiples of p",
  "places where a divisor is 0 or σ has no derivative",
  "a weakness of the hash that stands for random values",
];
