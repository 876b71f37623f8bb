/** Where Winograd's tiles lie: four 32-bit words for each. */

import type { Workspace } from "../plan/workspace.js";

/** What a list of tiles depends on. */
export interface TileGrid {
  /** Outputs of a tile in one direction. */
  readonly m: number;
  readonly aOut: number;
  readonly bOut: number;
  readonly batch: number;
  /** Bytes of a pixel and of a column of the framed image, and of a place of S. */
  readonly zPixel: number;
  readonly zColumn: number;
  readonly yPixel: number;
}

export interface Tiles {
  readonly address: number;
  readonly count: number;
  readonly bytes: number;
}

/** The list for a grid, vertical place fastest: offset in the image, offset in S, rows and columns of S it has. */
export function tilesOf(work: Workspace, grid: TileGrid): Tiles {
  const { m, aOut, bOut, batch } = grid;
  const [down, across] = [Math.ceil(aOut / m), Math.ceil(bOut / m)];
  const count = down * across * batch;
  const address = work.list(`tiles ${Object.values(grid).join(" ")}`, 4 * count, (list) => {
    let at = 0;
    for (let l = 0; l < batch; l++) {
      for (let q = 0; q < across; q++) for (let p = 0; p < down; p++) at = writeTile(list, at, grid, l, p, q);
    }
  });
  return { address, count, bytes: 16 };
}

function writeTile(list: Int32Array, at: number, grid: TileGrid, l: number, p: number, q: number): number {
  const { m, aOut, bOut, zPixel, zColumn, yPixel } = grid;
  const bPad = Math.ceil(bOut / m) * m + zTail(grid);
  list[at] = zPixel * m * p + zColumn * (m * q + bPad * l);
  list[at + 1] = yPixel * (m * p + aOut * (m * q + bOut * l));
  list[at + 2] = Math.min(m, aOut - m * p);
  list[at + 3] = Math.min(m, bOut - m * q);
  return at + 4;
}

/** Columns of the framed image beyond its last tile's outputs, r − 1: as many as rows. */
function zTail({ m, aOut, zPixel, zColumn }: TileGrid): number {
  return zColumn / zPixel - Math.ceil(aOut / m) * m;
}
