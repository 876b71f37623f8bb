/** Lists of where the sub-images start: they depend on a shape alone. */

import type { Workspace } from "../plan/workspace.js";

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

/** The address of the list for a grid, a byte offset for each place: rows fastest, then columns, then images. */
export function startsOf(work: Workspace, grid: Grid): number {
  const { rows, cols, images, rowStep, colStep, imageStep } = grid;
  const key = [rows, cols, images, rowStep, colStep, imageStep].join(" ");
  return work.list(key, rows * cols * images, (list) => {
    let at = 0;
    for (let l = 0; l < images; l++) {
      for (let q = 0; q < cols; q++) {
        for (let p = 0; p < rows; p++) list[at++] = p * rowStep + q * colStep + l * imageStep;
      }
    }
  });
}
