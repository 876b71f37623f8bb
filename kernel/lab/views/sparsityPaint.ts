/** What is painted on the canvas of a large sparse matrix: entries, a mark, and numbers at its sides. */

import { colourAt, type Ramp, sequential } from "../../../src/mime/colour.js";
import { isDark } from "./theme.js";
import type { Zoom } from "./zoom.js";

/** A place of the matrix, counted from 0. */
export interface MatrixPlace {
  readonly row: number;
  readonly col: number;
}

/** Rows, a column or both that are marked: `rows` from `row` on, one where it is not said; a column with a row is an entry. */
export interface MatrixMark extends Partial<MatrixPlace> {
  readonly rows?: number;
}

/** Room for row numbers at the left, column numbers at the top. */
export const margins: { readonly left: number; readonly top: number } = { left: 66, top: 22 };

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The canvas, what of the matrix it shows, how large that is on it, and in which colours. */
export interface Stage {
  readonly context: CanvasRenderingContext2D;
  readonly zoom: Zoom;
  readonly shown: Size;
  readonly look: Look;
}

/** Gives the canvas its size on the page, and `ratio` pixels of the screen for each of the page's. */
export function sizeCanvas(canvas: HTMLCanvasElement, width: number, height: number, ratio: number): void {
  const [wide, tall] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width === wide && canvas.height === tall) return;
  [canvas.width, canvas.height] = [wide, tall];
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
}

/** Entries as counts below each pixel, at most `most`, of which `ratio` make one of the page. */
export function drawCounts(
  context: CanvasRenderingContext2D,
  counts: Uint32Array,
  most: number,
  { width, height }: Size,
  ratio: number,
): void {
  const picture = context.createImageData(width, height);
  const ramp = isDark() ? sequential.dark : sequential.light;
  colour(counts, most, ramp, new Uint32Array(picture.data.buffer));
  context.putImageData(picture, Math.round(margins.left * ratio), Math.round(margins.top * ratio));
}

/** A 1 in each of these cells. */
export function drawOnes({ context, zoom }: Stage, entries: Iterable<readonly [number, number]>): void {
  context.fillStyle = isDark() ? "#000" : "#fff";
  context.font = `${Math.min(13, zoom.cell * 0.6)}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const [row, col] of entries) {
    const [x, y] = [(col + 0.5 - zoom.col) * zoom.cell, (row + 0.5 - zoom.row) * zoom.cell];
    if (x > 0 && y > 0) context.fillText("1", margins.left + x, margins.top + y);
  }
}

/** Each count as a pixel: nothing is the ground, one entry is seen, the most is the strongest colour. */
function colour(counts: Uint32Array, most: number, ramp: Ramp, pixels: Uint32Array): void {
  const table = Uint32Array.from({ length: Math.min(most, 255) + 1 }, (_, n) => {
    const share = n === 0 ? 0 : 0.45 + 0.55 * Math.sqrt(n / Math.max(1, Math.min(most, 255)));
    const [red, green, blue] = colourAt(ramp, most <= 1 ? n * 0.75 : share);
    return (255 << 24) | (blue << 16) | (green << 8) | red;
  });
  const last = table.length - 1;
  for (let k = 0; k < counts.length; k++) pixels[k] = table[counts[k] < last ? counts[k] : last];
}

interface Look {
  readonly text: string;
  readonly line: string;
  readonly mark: string;
}

/** The colours of the theme. */
export function lookOf(node: HTMLElement): Look {
  const style = getComputedStyle(node);
  const read = (name: string, otherwise: string): string => style.getPropertyValue(name).trim() || otherwise;
  return {
    text: read("--philab-quiet", "#616161"),
    line: read("--philab-line", "#bdbdbd"),
    mark: read("--philab-mark", "#e8710a"),
  };
}

/** A frame around rows, a column or both. */
export function drawMark({ context, zoom, shown, look }: Stage, { row, rows = 1, col }: MatrixMark): void {
  context.strokeStyle = look.mark;
  context.lineWidth = 2;
  const side = (count: number): number => Math.max(4, count * zoom.cell);
  const place = (at: number, count: number): number => at * zoom.cell + (count * zoom.cell - side(count)) / 2;
  if (row !== undefined)
    context.strokeRect(
      margins.left - 1,
      margins.top + place(row - zoom.row, rows),
      shown.width + 2,
      side(rows),
    );
  if (col !== undefined)
    context.strokeRect(margins.left + place(col - zoom.col, 1), margins.top - 1, side(1), shown.height + 2);
}

/** The frame, and numbers of rows and columns at round steps. */
export function drawSides({ context, zoom, shown, look }: Stage): void {
  const { left, top } = margins;
  context.clearRect(0, 0, left - 1, 10_000);
  context.clearRect(0, 0, 10_000, top - 1);
  context.strokeStyle = look.line;
  context.lineWidth = 1;
  context.strokeRect(left - 0.5, top - 0.5, shown.width + 1, shown.height + 1);
  context.fillStyle = look.text;
  context.font = "11px system-ui, sans-serif";
  context.textBaseline = "middle";
  context.textAlign = "right";
  // One at the lower edge would be cut in half.
  for (const [at, name] of ticks(zoom.row, zoom.cell, shown.height, 20))
    if (at <= shown.height - 5) context.fillText(name, left - 6, top + at);
  context.textAlign = "center";
  for (const [at, name] of ticks(zoom.col, zoom.cell, shown.width, 70))
    context.fillText(name, left + at, top - 9);
}

/** The middles of cells at a round step, and their numbers from 1. */
function ticks(from: number, cell: number, pixels: number, apart: number): [at: number, name: string][] {
  const rough = Math.max(1, apart / cell);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((k) => k * power >= rough) ?? 10);
  const found: [number, string][] = [];
  for (
    let n = Math.max(step, Math.ceil((from + 1) / step) * step);
    (n - 1 - from) * cell < pixels;
    n += step
  ) {
    const at = (n - 0.5 - from) * cell;
    if (at > 0 && at < pixels) found.push([at, n.toLocaleString("en")]);
  }
  return found;
}
