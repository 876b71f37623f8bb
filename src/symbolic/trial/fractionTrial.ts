/**
 * A statement in whole numbers and fractions, where signs decide: relu is max(x, 0), max pooling takes the largest entry,
 * and a residue modulo a prime is neither positive nor large.
 */

import { children, type Expression, type Statement } from "../language/expression.js";
import { drawWhole } from "../sizes/draws.js";
import { builtInsIn, relevantWorld } from "../sizes/relevant.js";
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
  const own = waysOf(world, statement, seed);
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

/** From −n to n. */
const upTo = (n: number): Way => ({ words: `inputs from −${n} to ${n}`, entry: between(-n, n) });

/** Each shows what the others hide: large numbers, kinks, one sign alone, whole matrices of zeros. */
const ways: readonly Way[] = [
  { words: "inputs from −1 to 1", entry: between(-1, 1) },
  { words: "all inputs 0", entry: () => 0, inputs: true },
  { words: "inputs from −2 to 2, some of them 0", entry: between(-2, 2), inputs: true, orZero: true },
  { words: "inputs from 0 to 3", entry: between(0, 3), inputs: true },
  { words: "inputs from −3 to 0", entry: between(-3, 0), inputs: true },
];

function waysOf(world: World, statement: Statement, seed: number): readonly Way[] {
  if (seed >= firstWithSigns) return [withSigns(inputsOf(world, statement), seed - firstWithSigns)];
  const all = [upTo(largest(statement)), ...ways];
  return all.filter((_, k) => k % seedsInAll === (seed - 1) % seedsInAll);
}

/** Entries reach what the numbers of a statement may ask for: relu(x − 40 · 1) is not 0 from 41 on. */
function largest({ left, right }: Statement): number {
  const numbers = [left, right].flatMap(numbersIn).filter((value) => value > 1);
  return 7 + 2 * Math.ceil(numbers.reduce((product, value) => Math.min(2 ** 20, product * value), 1));
}

function numbersIn(e: Expression): number[] {
  return e.kind === "number" ? [e.value] : children(e).flatMap(numbersIn);
}

/** From this seed on each says of each input whether it is negative, 0 or positive. */
const firstWithSigns = 2 ** 32;

/** All choices of signs for four inputs; of more inputs as many, drawn. */
const mostWithSigns = 3 ** 4;

/** The seeds of choices of signs: all there are, or as many as are tried. */
export function seedsWithSigns(world: World, statement: Statement): number[] {
  const count = Math.min(mostWithSigns, 3 ** inputsOf(world, statement).length);
  return Array.from({ length: count }, (_, k) => firstWithSigns + k);
}

/** Input k has the sign of the k-th of the choice's digits, to the base 3. */
function withSigns(names: readonly string[], choice: number): Way {
  const signs = names.map((name, k) => {
    const digit = names.length <= 4 ? Math.floor(choice / 3 ** k) : drawWhole(0, 2, "sign", choice, name);
    return [name, (digit % 3) - 1] as const;
  });
  const signOf = new Map(signs);
  const words = signs.map(([name, sign]) => `${name} ${sign < 0 ? "<" : sign > 0 ? ">" : "="} 0`);
  return {
    words: words.join(", "),
    inputs: true,
    entry: (seed, name, ...at) => (signOf.get(name) ?? 1) * drawWhole(1, 3, "entry", seed, name, ...at) || 0,
  };
}

/** The matrices in a statement that are not a loss's gradient or Hessian. */
function inputsOf(world: World, statement: Statement): string[] {
  const { losses, matrices } = relevantWorld(world, statement);
  const derived = new Set([...losses.values()].flatMap(({ gradient, hessian }) => [gradient, hessian]));
  return [...matrices.keys()].filter((name) => !derived.has(name));
}

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
  const inputs = new Set(inputsOf(world, statement));
  const isInput = (name: string) => inputs.has(name);
  const isZero = (name: string, instance: number) =>
    way.orZero && isInput(name) && drawWhole(0, 1, "zero", sizesText(sizes), seed, name, instance) === 0;
  const entry = (name: string, instance: number, at: number) => {
    const own = way.inputs && !isInput(name) ? upTo(9) : way;
    return isZero(name, instance) ? 0 : own.entry(seed, name, instance, at);
  };
  return {
    ...fractionSetting(world, sizes, seed, entry, sigmaNeed(world, statement)),
    ...argumentsIn(world, statement),
    memo: newMemo<Fraction>(),
  };
}
