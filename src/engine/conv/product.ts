/** W φ(Z) for packed W and framed Z, cut into tasks. */

import type { Task } from "../machine.js";
import type { Workspace } from "../workspace.js";
import { pieces } from "./sizes.js";

/** One group's product: what is read, where, and where the result goes. */
export interface Product {
  /** The list of starts, and how many places there are. */
  readonly starts: number;
  readonly places: number;
  readonly z: number;
  /** Packed panels, panelStep bytes apart, for `rows` rows of the result. */
  readonly w: number;
  readonly panelStep: number;
  readonly rows: number;
  /** The sub-image: `runs` runs of `length` numbers, runStep bytes from one's start to the next's. */
  readonly runs: number;
  readonly length: number;
  readonly runStep: number;
  /** The result, ldy bytes from place to place. */
  readonly y: number;
  readonly ldy: number;
  readonly bias?: number;
  readonly relu?: boolean;
}

/** About how many multiplications and additions one task does: some 30 µs. */
const taskWork = 3e6;

/** A product's tasks: panel by panel, each over a stretch of places. */
export function productTasks(work: Workspace, product: Product): Task[] {
  const { starts, places, z, w, panelStep, rows, runs, length, runStep, y, ldy, bias = 0 } = product;
  const tasks: Task[] = [];
  const most = placesPerTask(work, runs * length);
  const finish = (bias === 0 ? 0 : 1) + (product.relu === true ? 2 : 0);
  const jump = runStep - length * work.bytes;
  for (const panel of pieces(rows, work.width)) {
    const k = panel.from / work.width;
    for (const { from, count } of pieces(places, most)) {
      tasks.push([
        "placesTask",
        ...[starts + 4 * from, count, z, w + k * panelStep],
        ...[y + from * ldy + panel.from * work.bytes, ldy, panel.count, runs, length, jump],
        ...[bias === 0 ? 0 : bias + panel.from * work.bytes, finish],
      ]);
    }
  }
  return tasks;
}

/** A whole number of tiles. */
function placesPerTask(work: Workspace, terms: number): number {
  const { rows } = work.style;
  return rows * Math.max(1, Math.round(taskWork / (2 * terms * work.width * rows)));
}
