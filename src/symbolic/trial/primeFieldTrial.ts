/** Level 4: a statement in GF(p) at several shapes, each with several seeds. */

import type { Statement } from "../language/expression.js";
import { print } from "../language/print.js";
import { type Sizes, sizesText } from "../sizes/sizes.js";
import { standings } from "../world/standing.js";
import type { World } from "../world/world.js";
import { DivisionError } from "./algebra.js";
import { passingChance } from "./degrees.js";
import { explicitOf } from "./evaluate.js";
import { entryPlace } from "./explicit.js";
import { asksForSigns, tryInFractions } from "./fractionTrial.js";
import { largestPrime } from "./primeField.js";
import { argumentsIn, newMemo, type Setting } from "./setting.js";
import { primeFieldSetting } from "./settings.js";

/** What was tried, the same each time it is tried again. */
export interface PrimeFieldTrial {
  readonly shapes: readonly Sizes[];
  readonly seeds: readonly number[];
  readonly prime: number;
  /** Whether it is tried in whole numbers and fractions instead, which know signs and largest entries. */
  readonly signed?: boolean;
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

/**
 * Both sides everywhere, up to the first difference. Throws RangeError for sizes that do not fit, DivisionError for a shape at
 * which a divisor is 0 with every seed.
 */
export function tryInPrimeField(
  world: World,
  statement: Statement,
  { shapes, seeds, prime, signed }: PrimeFieldTrial,
): TrialOutcome {
  let isZero = true;
  for (const sizes of shapes) {
    const without: DivisionError[] = [];
    for (const seed of seeds) {
      const outcome = outcomeOrDivision(() => tryOnce(world, statement, sizes, seed, { prime, signed }));
      if (outcome instanceof DivisionError) {
        without.push(outcome);
        continue;
      }
      isZero &&= outcome.isZero;
      if (outcome.difference) return { difference: outcome.difference, isZero };
    }
    if (without.length > 0 && without.length === seeds.length) throw without[0];
  }
  return { isZero };
}

/** What a trial saw, or that a divisor is 0. */
export function outcomeOrDivision(attempt: () => TrialOutcome): TrialOutcome | DivisionError {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof DivisionError) return error;
    throw error;
  }
}

/** Both sides at one shape with one seed; where `relu` stands, which asks for signs, not modulo a prime. */
export function tryOnce(
  world: World,
  statement: Statement,
  sizes: Sizes,
  seed: number,
  { prime = largestPrime, signed = asksForSigns(statement) }: Partial<PrimeFieldTrial> = {},
): TrialOutcome {
  if (signed) return outcomeInFractions(world, statement, sizes, seed);
  const setting = settingFor(world, statement, { sizes, seed, prime });
  const [x, y] = [explicitOf(statement.left, setting), explicitOf(statement.right, setting)];
  const differing = x.entries.flatMap((value, k) => (value === y.entries[k] ? [] : [k]));
  const isZero = [x, y].every(({ entries }) => entries.every((value) => value === 0));
  if (differing.length === 0) return { isZero };
  const counts = { differing: differing.length, entries: x.entries.length };
  return { isZero, difference: { at: sizes, seed, entry: entryPlace(x, differing[0]), ...counts } };
}

function outcomeInFractions(world: World, statement: Statement, sizes: Sizes, seed: number): TrialOutcome {
  const { isZero, difference } = tryInFractions(world, statement, sizes, seed);
  return difference ? { isZero, difference: { at: sizes, seed, ...difference } } : { isZero };
}

/** How many settings of a world are kept. */
const mostKept = 24;

const kept = new WeakMap<World, Map<string, Setting<number>>>();

/**
 * The setting with everything that was drawn and evaluated in it before: the lines of a derivation share most of their
 * parts. Statements in which losses and selections stand elsewhere have one of their own.
 */
function settingFor(
  world: World,
  statement: Statement,
  { sizes, seed, prime }: { readonly sizes: Sizes; readonly seed: number; readonly prime: number },
): Setting<number> {
  const settings = kept.get(world) ?? new Map<string, Setting<number>>();
  kept.set(world, settings);
  const key = [seed, prime, sizesText(sizes), ...standingTexts(world, statement)].join("; ");
  const setting = settings.get(key) ?? {
    ...primeFieldSetting(world, sizes, seed, prime),
    ...argumentsIn(world, statement),
    memo: newMemo<number>(),
  };
  const [oldest] = settings.keys();
  if (settings.size === mostKept && !settings.has(key) && oldest !== undefined) settings.delete(oldest);
  settings.set(key, setting);
  return setting;
}

function standingTexts(world: World, statement: Statement): string[] {
  return Array.from(
    standings(world, statement),
    ([name, all]) => `${name} at ${all.map(print).join(" and ")}`,
  );
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
