/**
 * Level 4 for maps that choose: both sides in doubles, the largest entries taken. Which they are is read from the numbers
 * themselves at the argument that is written, so that nothing is believed about which images have the same ones.
 */

import { children, type Expression, type Statement } from "../language/expression.js";
import { drawReal } from "../sizes/draws.js";
import type { Sizes } from "../sizes/sizes.js";
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
 * will do: which entries are largest is a matter of values. σ rises if that is what the statement is said to need, and rises
 * and falls otherwise.
 */
export function tryWithLargest(
  world: World,
  statement: Statement,
  sizes: Sizes,
  isRising: boolean,
): Difference | undefined {
  const images = writtenImages(world, statement);
  if (images.size === 0) return undefined;
  for (const sign of signs) {
    const found = firstDifference(statement, settingOf(world, statement, { sizes, sign, isRising, images }));
    if (found) return { at: sizes, seed, ...found };
  }
  return undefined;
}

interface Place {
  readonly sizes: Sizes;
  readonly sign: 1 | -1;
  readonly isRising: boolean;
  readonly images: ReadonlyMap<string, Expression>;
}

function settingOf(
  world: World,
  statement: Statement,
  { sizes, sign, isRising, images }: Place,
): Setting<number> {
  const algebra = floats(isRising ? rising : falling);
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

/** The argument of each map that chooses, where it is written first. */
function writtenImages(world: World, { left, right }: Statement): ReadonlyMap<string, Expression> {
  const found = new Map<string, Expression>();
  const visit = (e: Expression): void => {
    if (e.kind === "apply" && world.maps.get(e.name)?.chosen && !found.has(e.name))
      found.set(e.name, e.args[0]);
    for (const part of children(e)) visit(part);
  };
  for (const side of [left, right]) visit(side);
  return found;
}

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
