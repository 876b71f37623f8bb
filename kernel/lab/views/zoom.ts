/** Zoom and movement over a matrix: a corner and a scale, kept where there is something to see. */

/** What is seen of rows × cols cells: the corner at the upper left, in cells, and the pixels of a cell. */
export interface Zoom {
  readonly row: number;
  readonly col: number;
  readonly cell: number;
}

/** The matrix, and the pixels that there are for it. */
export interface ZoomRoom {
  readonly rows: number;
  readonly cols: number;
  readonly width: number;
  readonly height: number;
}

/** No cell is larger than this. */
const largestCell = 48;

/** The whole matrix, as large as it fits, its cells square. */
export function wholeZoom(room: ZoomRoom): Zoom {
  return within(room, { row: 0, col: 0, cell: leastCell(room) });
}

/** As wide as its room: a tall matrix is seen from its first row on. */
export function wideZoom(room: ZoomRoom): Zoom {
  return within(room, { row: 0, col: 0, cell: Math.min(largestCell, room.width / room.cols) });
}

/** Larger by a factor around a pixel, which shows the same place before and after. */
export function zoomedAt(
  room: ZoomRoom,
  { row, col, cell }: Zoom,
  factor: number,
  x: number,
  y: number,
): Zoom {
  const next = Math.min(largestCell, Math.max(leastCell(room), cell * factor));
  const stay = (from: number, pixel: number): number => from + pixel / cell - pixel / next;
  return within(room, { row: stay(row, y), col: stay(col, x), cell: next });
}

/** The pixel in the middle of what is seen of the matrix, which may be narrower than its room. */
export function middleOf({ rows, cols, width, height }: ZoomRoom, { cell }: Zoom): [x: number, y: number] {
  return [Math.min(width, cols * cell) / 2, Math.min(height, rows * cell) / 2];
}

/** Moved by pixels. */
export function movedBy(room: ZoomRoom, { row, col, cell }: Zoom, x: number, y: number): Zoom {
  return within(room, { row: row - y / cell, col: col - x / cell, cell });
}

/** Rows from `row` on (one where `rows` does not say more) and a column. */
export interface ShownPlace {
  readonly row: number;
  readonly rows?: number;
  readonly col: number;
}

/** What is in sight stays where it is; what is not comes into the middle, so that its neighbours are seen with it. */
export function showing(room: ZoomRoom, zoom: Zoom, { row, rows = 1, col }: ShownPlace): Zoom {
  const reach = (from: number, place: number, length: number, pixels: number): number => {
    const seen = pixels / zoom.cell;
    if (place >= from && place + length <= from + seen) return from;
    return length > seen ? place : place + length / 2 - seen / 2;
  };
  return within(room, {
    ...zoom,
    row: reach(zoom.row, row, rows, room.height),
    col: reach(zoom.col, col, 1, room.width),
  });
}

/** A matrix smaller than its room lies at its upper left; a larger one is not moved out of sight. */
function within({ rows, cols, width, height }: ZoomRoom, { row, col, cell }: Zoom): Zoom {
  const keep = (from: number, length: number, pixels: number): number =>
    Math.max(0, Math.min(from, length - pixels / cell));
  return { cell, row: keep(row, rows, height), col: keep(col, cols, width) };
}

function leastCell({ rows, cols, width, height }: ZoomRoom): number {
  return Math.min(largestCell, width / cols, height / rows);
}
