/** A statement at small whole numbers, each of which can be changed by itself. */

import type { Statement } from "../language/expression.js";
import type { Sizes } from "../sizes/sizes.js";
import { explicitOf } from "../trial/evaluate.js";
import type { Explicit } from "../trial/explicit.js";
import { floats } from "../trial/floats.js";
import { withLargestSelected } from "../trial/selection.js";
import { argumentsIn, drawnValues, instancesOf, newMemo, type Setting } from "../trial/setting.js";
import { numberSetting } from "../trial/settings.js";
import type { World } from "../world/world.js";
import { ShownLosses } from "./shownLosses.js";
import type { Sigma } from "./sigmas.js";

/** What a statement is looked at with, besides the entries of its letters. */
export interface Functions {
  readonly sigma: Sigma;
  readonly isQuadratic: boolean;
  /** How many instances a Sum adds up, where no size says it. */
  readonly instances?: number;
}

/** EntryNumbers by the key of their entry. */
export type EntryNumbers = ReadonlyMap<string, number>;

/** Both sides, and all that they were calculated from. */
export interface Sides {
  readonly left: Explicit<number>;
  readonly right: Explicit<number>;
  /** The first entry that differs, from 0 down the columns. */
  readonly at?: number;
  /** Every entry that was asked for. */
  readonly numbers: EntryNumbers;
  readonly setting: Setting<number>;
  readonly losses: ShownLosses;
}

/** A statement of a world at sizes. */
export interface StatementAt {
  readonly world: World;
  readonly statement: Statement;
  readonly sizes: Sizes;
}

/** The instance and the name of the entry with a key. */
export function ofKey(key: string): { readonly name: string; readonly of: number } {
  const [, name, of] = /^(.*) (\d+) \d+$/.exec(key) ?? [];
  return { name, of: Number(of) };
}

/** Both sides; an entry without a number gets the one that `draw` gives. Undefined where they have no value. */
export function sidesAt(
  place: StatementAt,
  functions: Functions,
  known: EntryNumbers,
  draw: (key: string) => number,
): Sides | undefined {
  const { world, statement, sizes } = place;
  const numbers = new Map<string, number>();
  const entry = (name: string, of: number, at: number) => {
    const key = `${name} ${of} ${at}`;
    const number = known.get(key) ?? draw(key);
    numbers.set(key, number);
    return number;
  };
  const losses = new ShownLosses(world, drawnValues(world, sizes, entry), entry, functions.isQuadratic);
  const setting = withLargestSelected({
    ...numberSetting(world, sizes, 1, floats(functions.sigma.at), entry),
    ...argumentsIn(world, statement),
    instances: functions.instances ?? instancesOf(sizes),
    partial: (...asked) => losses.partial(...asked),
  });
  try {
    const both = () => {
      const remembering = { ...setting, memo: newMemo<number>() };
      return [statement.left, statement.right].map((e) => explicitOf(e, remembering));
    };
    if (world.losses.size > 0) both(); // fixes where the losses have their gradient
    const [left, right] = both();
    const at = firstDifference(left, right);
    return { left, right, ...(at >= 0 && { at }), numbers, setting, losses };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** −1 where there is none, or where a side is no number. */
function firstDifference(left: Explicit<number>, right: Explicit<number>): number {
  if (![...left.entries, ...right.entries].every(Number.isFinite)) return -1;
  return left.entries.findIndex(
    (x, k) => Math.abs(x - right.entries[k]) > 1e-9 * Math.max(1, Math.abs(x), Math.abs(right.entries[k])),
  );
}
