/** Settings with values written out by a test. */

import { completed, type Sizes } from "../../src/symbolic/sizes/sizes.js";
import { type Explicit, matrixOf } from "../../src/symbolic/trial/explicit.js";
import { floats } from "../../src/symbolic/trial/floats.js";
import type { OptionOf, Setting } from "../../src/symbolic/trial/setting.js";
import type { World } from "../../src/symbolic/world/world.js";

/** Rows of numbers. */
export type Rows = readonly (readonly number[])[];

export interface Given {
  readonly sizes: Sizes;
  /** By name; of what is declared `each`, by "Z 1", "Z 2", … */
  readonly values: Readonly<Record<string, Rows>>;
  readonly instances?: number;
  readonly sigma?: (order: number, x: number) => number;
  readonly choice?: OptionOf;
}

/** A setting over doubles in which everything has the value that is given. Losses have none. */
export function given(world: World, { sizes, values, instances = 1, sigma, choice }: Given): Setting<number> {
  return {
    world,
    algebra: floats(sigma),
    sizes: completed(world, sizes),
    instances,
    value: (name, instance) => fromRows(values[name] ?? values[`${name} ${instance}`]),
    partial: () => Number.NaN,
    choice: choice ?? (() => 0),
  };
}

export function fromRows(rows: Rows): Explicit<number> {
  return matrixOf(rows.length, rows[0].length, (i, j) => rows[i][j]);
}

export function toRows({ rows, cols, entries }: Explicit<number>): number[][] {
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: cols }, (_, j) => entries[i + rows * j]),
  );
}
