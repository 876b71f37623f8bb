/** W φ(Z) for packed W and framed Z, cut into tasks. */

import { placesTask } from "../kernels/placesTask.js";
import type { Task } from "../kernels/task.js";
import { finishing } from "../kernels/tiles.js";
import type { Workspace } from "../plan/workspace.js";
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

/** About how many multiplications one task does: some 30 µs. */
const taskWork = 1.5e6;

/** As many tasks for each thread, so that none waits long for another. */
const tasksPerThread = 3;

/**
 * A product's tasks: stretches of places, each with one panel, or with several where they are short; at least about as
 * many as `least`, if the sizes allow.
 */
export function productTasks(
  work: Workspace,
  product: Product,
  least: number = work.threads === 1 ? 1 : tasksPerThread * work.threads,
): Task[] {
  const { starts, places, z, w, panelStep, rows, runs, length, runStep, y, ldy, bias = 0 } = product;
  const finish = (bias === 0 ? 0 : finishing.bias) + (product.relu === true ? finishing.relu : 0);
  const jump = runStep - length * work.bytes;
  const cut = cutOf(work, product, least);
  const tasks: Task[] = [];
  for (const share of pieces(places, placesOfThread(work, product))) {
    for (const some of pieces(rows, cut.rows)) {
      const panel = w + (some.from / work.width) * panelStep;
      const across = some.from * work.bytes;
      for (const { from, count } of pieces(share.count, cut.places)) {
        const place = share.from + from;
        tasks.push(
          placesTask({
            ...{ starts: starts + 4 * place, places: count },
            ...{ z, w: panel, panelStep, runs, length, jump },
            ...{ y: y + place * ldy + across, ldy, width: some.count },
            ...{ bias: bias === 0 ? 0 : bias + across, finish },
          }),
        );
      }
    }
  }
  return tasks;
}

/** Bytes of filters that stay near each thread. */
const nearBytes = 2 ** 18;

/**
 * Each thread has its own stretch of places, those that it wrote in the stage before, where all filters stay near it; else
 * they share all.
 */
function placesOfThread(
  { threads, bytes, style }: Workspace,
  { places, rows, runs, length }: Product,
): number {
  if (rows * runs * length * bytes > nearBytes) return places;
  return style.rows * Math.ceil(places / threads / style.rows);
}

interface Cut {
  readonly rows: number;
  readonly places: number;
}

/** How many rows (whole panels) and places (whole tiles) one task has. */
function cutOf(work: Workspace, { places, rows, runs, length }: Product, least: number): Cut {
  const terms = runs * length * work.width;
  const most = Math.min(taskWork, (runs * length * rows * places) / least);
  const tile = work.style.rows;
  const stretch = tile * Math.max(1, Math.round(most / (terms * tile)));
  if (stretch < places) return { rows: work.width, places: stretch };
  return { rows: work.width * Math.max(1, Math.floor(most / (terms * places))), places };
}
