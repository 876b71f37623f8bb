/** What is marked in the explorer, and how a mark is moved and put into words. */

import {
  columnOf,
  isPadding,
  type PhiModel,
  pixelAt,
  pixelUses,
  placeOf,
  source,
  valueAt,
  windowOffset,
} from "./phiModel.js";
import { shortNumber } from "./shade.js";

/** A column of φ(Z), in it a row where a single entry is meant, or a pixel whose uses are meant; counted from 0. */
export interface Mark {
  readonly col: number;
  readonly row?: number;
  /** A position of vec(pad(Z)). */
  readonly pixel?: number;
}

/** One of the two sides of the explorer. */
export interface Side {
  readonly node: HTMLElement;
  show(mark: Mark): void;
}

/** Told of the mark that a reader chose by mouse or keyboard. */
export type Pick = (mark: Mark) => void;

/** Where an arrow, Home or End leads inside φ(Z); undefined for other keys. */
export function moveInMatrix(
  { rows, cols }: PhiModel,
  { col, row = 0 }: Mark,
  key: string,
): Mark | undefined {
  const to = {
    ArrowLeft: { col: col - 1, row },
    ArrowRight: { col: col + 1, row },
    ArrowUp: { col, row: row - 1 },
    ArrowDown: { col, row: row + 1 },
    Home: { col: 0, row },
    End: { col: cols - 1, row },
  }[key];
  return to && { col: clamp(to.col, cols), row: clamp(to.row, rows) };
}

/** Where an arrow leads in the image: to the neighbouring output place; undefined for other keys. */
export function moveInImage(model: PhiModel, { col }: Mark, key: string): Mark | undefined {
  const { p, q } = placeOf(model, col);
  const to = {
    ArrowLeft: { p, q: q - 1 },
    ArrowRight: { p, q: q + 1 },
    ArrowUp: { p: p - 1, q },
    ArrowDown: { p: p + 1, q },
  }[key];
  return to && { col: columnOf(model, to) };
}

/** "column 3 = output place (1, 2): rows 1–3, columns 3–5 of Z", and the entry where one is marked. */
export function describe(model: PhiModel, { col, row, pixel }: Mark): string {
  const { p, q } = placeOf(model, col);
  const first = source(model, 0, col);
  const { h } = model.shape;
  const patch = `rows ${span(first.i, h)}, columns ${span(first.j, h)} of ${imageName(model)}`;
  const text = `column ${col + 1} = output place (${p + 1}, ${q + 1}): ${patch}`;
  if (pixel !== undefined) return `${text}; ${describeUses(model, pixel)}`;
  return row === undefined ? text : `${text}; ${describeEntry(model, row, col)}`;
}

/** "pixel (2, 3, 1) = 7, place 10 of vec(Z), is used by 4 columns: 1, 2, 5, 6" */
function describeUses(model: PhiModel, position: number): string {
  const pixel = pixelAt(model, position);
  const columns = pixelUses(model, position).map(({ col }) => String(col + 1));
  const value = isPadding(model, pixel) ? "0, padding" : shortNumber(valueAt(model, pixel));
  const listed = columns.length <= mostListed ? columns : [...columns.slice(0, mostListed), "…"];
  const uses =
    columns.length === 0
      ? "no column"
      : `${columns.length} ${columns.length === 1 ? "column" : "columns"}: ${listed.join(", ")}`;
  return `pixel ${triple(pixel)} = ${value}, place ${position + 1} of vec(${imageName(model)}), is used by ${uses}`;
}

const mostListed = 12;

function describeEntry(model: PhiModel, row: number, col: number): string {
  const offset = windowOffset(model, row);
  const pixel = source(model, row, col);
  const value = isPadding(model, pixel) ? "0, padding" : shortNumber(valueAt(model, pixel));
  return `row (i, j, c) = ${triple(offset)} is its entry (${triple(pixel).slice(1, -1)}) = ${value}`;
}

/** Z, or pad(Z) where there is padding: the image that the rows and columns are counted in. */
export function imageName({ shape }: PhiModel): string {
  return shape.pad > 0 ? "pad(Z)" : "Z";
}

function span(from: number, length: number): string {
  return length === 1 ? `${from + 1}` : `${from + 1}–${from + length}`;
}

function triple({ i, j, c }: { i: number; j: number; c: number }): string {
  return `(${i + 1}, ${j + 1}, ${c + 1})`;
}

function clamp(index: number, length: number): number {
  return Math.max(0, Math.min(length - 1, index));
}
