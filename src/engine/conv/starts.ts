/** Lists of 32-bit words that depend on a shape alone, kept for the shapes used last: where the sub-images start. */

import type { Machine } from "../machine.js";

/** A grid of places in images that lie one after the other: what a list of starts depends on. */
export interface Grid {
  readonly rows: number;
  readonly cols: number;
  readonly images: number;
  /** Bytes from a place to the next below, to the next column, to the next image. */
  readonly rowStep: number;
  readonly colStep: number;
  readonly imageStep: number;
}

const kept = 32;

const lists = new WeakMap<Machine, Map<string, number>>();

/** The address of the list for a grid, a byte offset for each place: rows fastest, then columns, then images. */
export function startsOf(machine: Machine, grid: Grid): number {
  const { rows, cols, images, rowStep, colStep, imageStep } = grid;
  return keptList(machine, Object.values(grid).join(" "), rows * cols * images, (list) => {
    let at = 0;
    for (let l = 0; l < images; l++) {
      for (let q = 0; q < cols; q++) {
        for (let p = 0; p < rows; p++) list[at++] = p * rowStep + q * colStep + l * imageStep;
      }
    }
  });
}

/** The address of the list of n words that `key` names; `write` makes it where it is not kept. */
export function keptList(
  machine: Machine,
  key: string,
  n: number,
  write: (list: Int32Array) => void,
): number {
  const known = lists.get(machine) ?? new Map<string, number>();
  lists.set(machine, known);
  const found = known.get(key) ?? makeList(machine, n, write);
  known.delete(key);
  known.set(key, found); // the one used last stands last
  if (known.size > kept) forgetFirst(machine, known);
  return found;
}

function forgetFirst(machine: Machine, known: Map<string, number>): void {
  const [key, address] = known.entries().next().value as [string, number];
  machine.arena.release(address);
  known.delete(key);
}

function makeList(machine: Machine, n: number, write: (list: Int32Array) => void): number {
  const address = machine.arena.allocate(4 * n);
  write(new Int32Array(machine.memory.buffer, address, n));
  return address;
}
