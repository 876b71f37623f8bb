/**
 * Level 4 for maps that choose: both sides in doubles, the largest entries taken. Which they are is read from the numbers
 * themselves at the argument that is written, so that nothing is believed about which images have the same ones.
 */

import type { Expression, Statement } from "../language/expression.js";
import { drawReal } from "../sizes/draws.js";
import type { Sizes } from "../sizes/sizes.js";
import { type SigmaNeed, selectionOwners } from "../world/selections.js";
import type { World } from "../world/world.js";
import { explicitOf } from "./evaluate.js";
import { floats } from "./floats.js";
import type { Difference } from "./primeFieldTrial.js";
import { withLargestSelected } from "./selection.js";
import { argumentsIn, newMemo, type Setting } from "./setting.js";
import { numberSetting } from "./settings.js";

const seed = 1;

/** Every number, and every number with its sign changed: a factor below 0 takes the smallest. */
const signs = [1, -1] as const;

/** Relative to the entries: rounding stays far below it. */
const tolerance = 1e-9;

/**
 * The first place where the sides differ at these sizes; undefined where they do not, or where nothing is chosen. One shape
 * will do: which entries are largest is a matter of values. σ is as much as the statement is said to need, and no
 * more.
 */
export function tryWithLargest(
  world: World,
  statement: Statement,
  sizes: Sizes,
  need: SigmaNeed,
): Difference | undefined {
  const images = selectionOwners(world, statement);
  if (images.size === 0) return undefined;
  for (const sigma of sigmasFor[need])
    for (const sign of signs) {
      const found = firstDifference(statement, settingOf(world, statement, { sizes, sign, sigma, images }));
      if (found) return { at: sizes, seed, ...found };
    }
  return undefined;
}

/** A function or its derivative of that order, at x. */
type RealFunction = (order: number, x: number) => number;

interface Place {
  readonly sizes: Sizes;
  readonly sign: 1 | -1;
  readonly sigma: RealFunction;
  readonly images: ReadonlyMap<string, Expression>;
}

function settingOf(
  world: World,
  statement: Statement,
  { sizes, sign, sigma, images }: Place,
): Setting<number> {
  const algebra = floats(sigma);
  const numbers = numberSetting(world, sizes, seed, algebra, (...key) => sign * drawReal(seed, ...key));
  const setting = withLargestSelected({ ...numbers, ...argumentsIn(world, statement) });
  // A loss has its gradient where it is differentiated first: its values are not kept from before.
  const kept = world.losses.size === 0 ? { memo: newMemo<number>() } : {};
  return { ...setting, ...kept, selections: images };
}

/** sin(3x), which rises and falls where numbers are drawn. */
function falling(order: number, x: number): number {
  return 3 ** order * Math.sin(3 * x + (order * Math.PI) / 2);
}

/** x + sin(x)/2, whose derivative is ½ at least. */
function rising(order: number, x: number): number {
  const wave = Math.sin(x + (order * Math.PI) / 2) / 2;
  return order === 0 ? x + wave : order === 1 ? 1 + wave : wave;
}

/** x³ below 0, and flat above, where the largest entries are. */
function flat(order: number, x: number): number {
  return x >= 0 ? 0 : ([x ** 3, 3 * x * x, 6 * x, 6][order] ?? 0);
}

/** Each does what the need leaves open. */
const sigmasFor: Readonly<Record<SigmaNeed, readonly RealFunction[]>> = {
  any: [falling],
  rising: [rising, flat],
};

function firstDifference(
  { left, right }: Statement,
  setting: Setting<number>,
): Pick<Difference, "entry" | "differing" | "entries"> | undefined {
  if (setting.world.losses.size > 0) for (const side of [left, right]) explicitOf(side, setting); // fixes where the losses have their gradient
  const [x, y] = [left, right].map((side) => explicitOf(side, setting));
  const isApart = (value: number, k: number) =>
    !(Math.abs(value - y.entries[k]) <= tolerance * Math.max(1, Math.abs(value)));
  const differing = x.entries.flatMap((value, k) => (isApart(value, k) ? [k] : []));
  if (differing.length === 0) return undefined;
  const entry = [(differing[0] % x.rows) + 1, Math.floor(differing[0] / x.rows) + 1] as const;
  return { entry, differing: differing.length, entries: x.entries.length };
}
