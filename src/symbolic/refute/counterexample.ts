/** Numbers that show a statement to be false: the smallest sizes found, small whole entries, the first place. */

import type { Statement } from "../language/expression.js";
import { drawWhole } from "../sizes/draws.js";
import { builtInsIn, relevantWorld } from "../sizes/relevant.js";
import { type SizeModel, sizeModel } from "../sizes/sizeModel.js";
import { type Sizes, sizesText } from "../sizes/sizes.js";
import { explicitOf } from "../trial/evaluate.js";
import type { Explicit } from "../trial/explicit.js";
import { floats } from "../trial/floats.js";
import { asksForSigns, type SignedDifference, tryInFractions } from "../trial/fractionTrial.js";
import { tryOnce } from "../trial/primeFieldTrial.js";
import { withLargestSelected } from "../trial/selection.js";
import { argumentsIn, type Setting } from "../trial/setting.js";
import { numberSetting, primeFieldSetting } from "../trial/settings.js";
import { primeFieldTrial, shapeFailure, type TrialOptions, tryWithSigns } from "../trial/trial.js";
import type { World } from "../world/world.js";
import { withZeroMatrix } from "../world/zero.js";

/** One entry, counted from 1, in which the sides differ. */
export interface Counterexample {
  readonly sizes: Sizes;
  readonly seed: number;
  readonly entry: readonly [row: number, col: number];
  readonly left: number;
  readonly right: number;
  /** Where σ stands: a σ(x) for which they differ, as "σ(x) = x²"; for another one they may be equal. */
  readonly sigma?: string;
  /** "the two sides differ at h=2 s=1: entry (1, 1) is 226 on the left, 251 on the right (integer inputs, seed 1)" */
  readonly text: string;
}

/**
 * A counterexample to left = right, or undefined where none is found: the statement passes the trials, or its
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
  const model = sizeModel(small);
  const tried = primeFieldTrial(world, statement, options);
  const { difference } = tryWithSigns(small, statement, tried);
  if (!difference) return undefined;
  const free = Object.fromEntries(model.free.map((name) => [name, difference.at[name]]));
  shrink(model, free, (sizes) => differs(small, statement, sizes, difference.seed));
  return shown(small, statement, free, model.complete(free));
}

/** Makes each size as small as the sides still differ at, until none can be smaller. */
function shrink(
  model: SizeModel,
  free: Record<string, number>,
  stillDiffers: (sizes: Sizes) => boolean,
): void {
  for (let changed = true; changed; ) {
    changed = false;
    for (const name of model.free) changed = lower(model, free, name, stillDiffers) || changed;
  }
}

function lower(
  model: SizeModel,
  free: Record<string, number>,
  name: string,
  stillDiffers: (sizes: Sizes) => boolean,
): boolean {
  const before = free[name];
  for (let value = 1; value < before; value++) {
    free[name] = value;
    const sizes = model.complete(free);
    if (model.requirements.every(({ miss }) => miss(sizes) === 0) && stillDiffers(sizes)) return true;
  }
  free[name] = before;
  return false;
}

function differs(world: World, statement: Statement, sizes: Sizes, seed: number): boolean {
  try {
    return tryOnce(world, statement, sizes, seed).difference !== undefined;
  } catch (error) {
    if (error instanceof RangeError) return false; // no counterexample, but a place without a value
    throw error;
  }
}

/** What stands for σ, tried in this order: its derivatives are whole at whole places. */
const functions: readonly { readonly text: string; readonly sigma: (order: number, x: number) => number }[] =
  [
    { text: "σ(x) = x²", sigma: (order, x) => [x * x, 2 * x, 2][order] ?? 0 },
    { text: "σ(x) = x³", sigma: (order, x) => [x ** 3, 3 * x * x, 6 * x, 6][order] ?? 0 },
  ];

const seeds = [1, 2, 3, 4, 5];

function shown(world: World, statement: Statement, free: Sizes, sizes: Sizes): Counterexample {
  const builtIns = new Set([statement.left, statement.right].flatMap(builtInsIn));
  const hasSigma = (["sigma", "dsigma", "d2sigma"] as const).some((name) => builtIns.has(name));
  const isSigned = asksForSigns(statement);
  const signed = isSigned && !hasSigma ? shownWithSigns(world, statement, free, sizes) : undefined;
  if (signed) return signed;
  for (const { text, sigma } of hasSigma ? functions : functions.slice(0, 1)) {
    for (const seed of seeds) {
      const least = isSigned || choosesIn(world) ? -9 : 1;
      const entry = (name: string, instance: number, at: number) =>
        drawWhole(least, 9, seed, name, instance, at);
      const setting = numberSetting(world, sizes, seed, floats(sigma), entry);
      const found = firstDifference(statement, withLargestSelected(setting));
      const ofSigma = hasSigma ? [`not for every σ: ${text}`] : [];
      const note = [`integer inputs, seed ${seed}`, ...ofSigma, ...notes(world)].join("; ");
      if (found) return withText({ ...found, sizes: free, seed, ...(hasSigma && { sigma: text }) }, note);
    }
  }
  return (
    (isSigned && shownWithSigns(world, statement, free, sizes)) || shownModulo(world, statement, free, sizes)
  );
}

/** Seeds in the order of how simple the numbers are that they draw: zeros first. */
const simplestFirst = [3, 2, 1, 6, 5, 4];

/** The sides in whole numbers and fractions. */
function shownWithSigns(
  world: World,
  statement: Statement,
  free: Sizes,
  sizes: Sizes,
): Counterexample | undefined {
  for (const seed of simplestFirst) {
    const difference = signedDifference(world, statement, sizes, seed);
    if (!difference) continue;
    const { entry, left, right, inputs } = difference;
    return withText({ entry, left, right, sizes: free, seed }, inputs);
  }
  return undefined;
}

/** None either where a divisor is 0. */
function signedDifference(
  world: World,
  statement: Statement,
  sizes: Sizes,
  seed: number,
): SignedDifference | undefined {
  try {
    return tryInFractions(world, statement, sizes, seed).difference;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function shownModulo(world: World, statement: Statement, free: Sizes, sizes: Sizes): Counterexample {
  const setting = primeFieldSetting(world, sizes, 1);
  const found = firstDifference(statement, setting) ?? {
    entry: [1, 1] as const,
    left: Number.NaN,
    right: Number.NaN,
  };
  return withText({ ...found, sizes: free, seed: 1 }, "modulo 67108859, σ random, seed 1");
}

function notes({ losses }: World): string[] {
  return [...losses.keys()].map((name) => `${name} quadratic`);
}

/** Whether a map takes the largest entries: which they are, signs decide too. */
function choosesIn({ maps }: World): boolean {
  return [...maps.values()].some(({ chosen }) => chosen);
}

function withText(found: Omit<Counterexample, "text">, note: string): Counterexample {
  const at = Object.keys(found.sizes).length > 0 ? ` at ${sizesText(found.sizes)}` : "";
  const sides = `${numberText(found.left)} on the left, ${numberText(found.right)} on the right`;
  const text = `the two sides differ${at}: entry (${found.entry.join(", ")}) is ${sides} (${note})`;
  return { ...found, text };
}

function numberText(x: number): string {
  return String(Number(x.toPrecision(Number.isInteger(x) ? 17 : 6)));
}

function firstDifference(
  statement: Statement,
  setting: Setting<number>,
): Pick<Counterexample, "entry" | "left" | "right"> | undefined {
  const known = { ...setting, ...argumentsIn(setting.world, statement) };
  const sides = (): Explicit<number>[] => [statement.left, statement.right].map((e) => explicitOf(e, known));
  if (setting.world.losses.size > 0) sides(); // fixes where the losses have their gradient
  const [x, y] = sides();
  const k = x.entries.findIndex(
    (value, at) => !(Math.abs(value - y.entries[at]) <= 1e-9 * Math.max(1, Math.abs(value))),
  );
  if (k < 0) return undefined;
  return { entry: [(k % x.rows) + 1, Math.floor(k / x.rows) + 1], left: x.entries[k], right: y.entries[k] };
}
