/** The matrices that a counterexample is calculated from. */

import type { Explicit } from "../trial/explicit.js";
import { matrixOfMap } from "../trial/mapValue.js";
import { selectionOrigins } from "../world/selections.js";
import type { IndexMap } from "../world/world.js";
import { ofKey, type Sides, type StatementAt } from "./numbers.js";

/** A matrix of numbers, row by row. */
export interface ShownMatrix {
  /** A declared name, a differential, or the matrix of an index map. */
  readonly name: string;
  /** The instance, from 1, where the statement is calculated from several. */
  readonly instance?: number;
  readonly rows: readonly (readonly number[])[];
}

/** Every matrix that the sides were calculated from, and that of every index map. */
export function matricesOf({ statement, world }: StatementAt, sides: Sides): ShownMatrix[] {
  const { setting, numbers } = sides;
  const asked = new Map([...numbers.keys()].map((key) => [key.replace(/ \d+$/, ""), ofKey(key)]));
  const letters = [...asked.values()].filter(({ name }) => !name.includes(" "));
  const most = Math.max(1, ...letters.map(({ of }) => of));
  const shown = (name: string, of: number, value: Explicit<number>): ShownMatrix => ({
    name,
    ...(most > 1 && of > 0 && { instance: of }),
    rows: rowsOf(value),
  });
  const origins = selectionOrigins(world, statement);
  const maps = [...world.maps.values()].filter(({ name }) => (origins.get(name)?.length ?? 1) === 1);
  const instances = (map: IndexMap) => (map.chosen ? Array.from({ length: most }, (_, k) => k + 1) : [0]);
  return [
    ...letters.map(({ name, of }) => shown(name, of, setting.value(name, Math.max(1, of)))),
    ...maps.flatMap((map) =>
      instances(map).map((of) => shown(map.matrix, of, matrixOfMap(map, setting, Math.max(1, of)))),
    ),
  ];
}

/** The entries row by row. */
export function rowsOf({ rows, cols, entries }: Explicit<number>): number[][] {
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: cols }, (_, j) => entries[i + rows * j]),
  );
}
