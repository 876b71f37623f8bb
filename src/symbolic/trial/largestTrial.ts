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
import { argumentsIn, type Setting } from "./setting.js";
import { numberSetting } from "./settings.js";

/** A number that changes sign from one to another: a factor below 0 takes the smallest. */
const seeds = [1, 2, 3, 4];

/** At so many shapes: which entries are largest is a matter of values, and GF(p) is asked at all shapes. */
const most = 2;

/** Relative to the entries: rounding stays far below it. */
const tolerance = 1e-9;

/**
 * The first place where the sides differ, at the first shape with several seeds, at the next with one; undefined where they do not, or where nothing is chosen. σ rises if that is what
 * the statement is said to need, and rises and falls otherwise.
 */
export function tryWithLargest(
  world: World,
  statement: Statement,
  shapes: readonly Sizes[],
  isRising: boolean,
): Difference | undefined {
  const images = writtenImages(world, statement);
  if (images.size === 0) return undefined;
  for (const [k, sizes] of shapes.slice(0, most).entries()) {
    for (const seed of k === 0 ? seeds : seeds.slice(0, 1)) {
      const found = firstDifference(
        statement,
        settingOf(world, statement, { sizes, seed, isRising, images }),
      );
      if (found) return { at: sizes, seed, ...found };
    }
  }
  return undefined;
}

interface Place {
  readonly sizes: Sizes;
  readonly seed: number;
  readonly isRising: boolean;
  readonly images: ReadonlyMap<string, Expression>;
}

function settingOf(world: World, statement: Statement, at: Place): Setting<number> {
  const sigma = floats(at.isRising ? rising : falling);
  const numbers = numberSetting(world, at.sizes, at.seed, sigma, (...key) => drawReal(at.seed, ...key));
  return { ...withLargestSelected({ ...numbers, ...argumentsIn(world, statement) }), selections: at.images };
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
