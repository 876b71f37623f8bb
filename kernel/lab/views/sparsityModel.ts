/** The places of a large sparse matrix, and how many of them fall into each pixel of a window on it. */

/** Entry (r, k) lies in row rowStarts[r] + rowOffsets[k], column colStarts[r] + colOffsets[k], both from 0. */
export interface SparsePlaces {
  readonly rows: number;
  readonly cols: number;
  readonly rowStarts: Int32Array;
  readonly rowOffsets: Int32Array;
  readonly colStarts: Int32Array;
  readonly colOffsets: Int32Array;
}

/** A window on the matrix: its upper left corner, how many rows or columns a pixel is, and its size in pixels. */
export interface MatrixWindow {
  readonly row: number;
  readonly col: number;
  /** Less than 1 where an entry is larger than a pixel. */
  readonly step: number;
  readonly width: number;
  readonly height: number;
}

/**
 * How many entries lie in each pixel, row by row, added to `counts`; the largest is returned. Entries larger than a pixel
 * fill all of theirs.
 */
export function countPixels(places: SparsePlaces, window: MatrixWindow, counts: Uint32Array): number {
  counts.fill(0);
  const side = Math.max(1, Math.ceil(1 / window.step));
  if (side === 1) return countPoints(places, window, counts);
  for (const [row, col] of entriesWithin(places, window)) fillSquare(window, counts, row, col);
  return 1;
}

// The loop of every frame: of P_φ at AlexNet's conv1 a million entries in some milliseconds, so nothing is allocated in it.
function countPoints(places: SparsePlaces, window: MatrixWindow, counts: Uint32Array): number {
  const { rowStarts, rowOffsets, colStarts, colOffsets } = places;
  const { row, col, step, width, height } = window;
  const ends = endsOf(places);
  let most = 0;
  for (let r = 0; r < rowStarts.length; r++) {
    const [down, along] = [rowStarts[r] - row, colStarts[r] - col];
    if (isOutside(down, ends.rows, step * height) || isOutside(along, ends.cols, step * width)) continue;
    for (let k = 0; k < rowOffsets.length; k++) {
      const y = Math.floor((down + rowOffsets[k]) / step);
      const x = Math.floor((along + colOffsets[k]) / step);
      if (y < 0 || x < 0 || y >= height || x >= width) continue;
      const count = ++counts[x + width * y];
      if (count > most) most = count;
    }
  }
  return most;
}

/** The entries that a window shows, wholly or in part. */
export function* entriesWithin(
  places: SparsePlaces,
  window: MatrixWindow,
): Generator<[row: number, col: number]> {
  const { rowStarts, rowOffsets, colStarts, colOffsets } = places;
  const ends = endsOf(places);
  const [tall, wide] = [window.step * window.height, window.step * window.width];
  for (let r = 0; r < rowStarts.length; r++) {
    const [down, along] = [rowStarts[r] - window.row, colStarts[r] - window.col];
    if (isOutside(down, ends.rows, tall) || isOutside(along, ends.cols, wide)) continue;
    for (let k = 0; k < rowOffsets.length; k++) {
      const [row, col] = [down + rowOffsets[k], along + colOffsets[k]];
      if (row > -1 && col > -1 && row < tall && col < wide) yield [row + window.row, col + window.col];
    }
  }
}

/** How many entries lie in a rectangle of rows and columns. */
export function countWithin(
  places: SparsePlaces,
  from: { row: number; col: number },
  size: { rows: number; cols: number },
): number {
  let count = 0;
  const window = { ...from, step: 1, width: size.cols, height: size.rows };
  for (const [row, col] of entriesWithin(places, window)) if (row >= from.row && col >= from.col) count++;
  return count;
}

function fillSquare(
  { row, col, step, width, height }: MatrixWindow,
  counts: Uint32Array,
  atRow: number,
  atCol: number,
): void {
  const [top, left] = [
    Math.max(0, Math.round((atRow - row) / step)),
    Math.max(0, Math.round((atCol - col) / step)),
  ];
  const bottom = Math.min(height, Math.max(top + 1, Math.round((atRow + 1 - row) / step)));
  const right = Math.min(width, Math.max(left + 1, Math.round((atCol + 1 - col) / step)));
  for (let y = top; y < bottom; y++) counts.fill(1, left + width * y, right + width * y);
}

/** The least and greatest offsets: where a block of entries begins and ends. */
function endsOf({
  rowOffsets,
  colOffsets,
}: SparsePlaces): Record<"rows" | "cols", readonly [number, number]> {
  return { rows: [least(rowOffsets), greatest(rowOffsets)], cols: [least(colOffsets), greatest(colOffsets)] };
}

function isOutside(start: number, [from, to]: readonly [number, number], length: number): boolean {
  return start + to < -1 || start + from >= length;
}

function least(list: Int32Array): number {
  return list.reduce((found, x) => Math.min(found, x), 0);
}

function greatest(list: Int32Array): number {
  return list.reduce((found, x) => Math.max(found, x), 0);
}
