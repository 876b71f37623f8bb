/** A large φ(Z) as a picture: one pixel an entry; of very many columns a part that follows the mark. */

import { element } from "./element.js";
import type { Mark, Pick, Side } from "./mark.js";
import { isPadding, type PhiModel, pixelUses, source, valueInMatrix, windowOffset } from "./phiModel.js";
import { paint, pixelUnder, placeFrame, type Rgba } from "./pixels.js";
import { greyShade, type Range, shortNumber } from "./shade.js";

/** So many columns are drawn at once. */
const drawnColumns = 500;

/** φ(Z) on a canvas; pointing at an entry picks it, the grid's one live cell says which it is. */
export function pictureMatrix(model: PhiModel, range: Range, pick: Pick): Side {
  const parts = makeParts(model);
  const view = { model, range, parts, drawn: Math.min(model.cols, drawnColumns), first: -1 };
  let marked: Mark = { col: 0 };
  parts.stage.addEventListener("mousemove", (event) => {
    const at = pixelUnder(event, parts.stage, { rows: model.rows, cols: view.drawn });
    if (at) pick({ col: view.first + at.col, row: at.row });
  });
  parts.slider.addEventListener("input", () => {
    draw(view, Number(parts.slider.value) - 1);
    placeMarks(view, marked);
  });
  const show = (mark: Mark): void => {
    marked = mark;
    if (!isDrawn(view, mark.col)) draw(view, mark.col - Math.floor(view.drawn / 2));
    placeMarks(view, mark);
    sayCell(model, parts.cell, mark);
  };
  return { node: parts.node, show };
}

/** The columns `first` to `first + drawn − 1` of φ(Z) as they stand on the canvas; `first` is −1 before the first drawing. */
interface Drawing {
  readonly model: PhiModel;
  readonly range: Range;
  readonly parts: Parts;
  readonly drawn: number;
  first: number;
}

interface Parts {
  readonly node: HTMLElement;
  readonly stage: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  /** The frames around the marked column and the marked entry. */
  readonly column: HTMLElement;
  readonly pixel: HTMLElement;
  /** A frame around each entry that uses the marked pixel. */
  readonly uses: HTMLElement;
  readonly caption: HTMLElement;
  readonly slider: HTMLInputElement;
  /** The one cell of the grid that a screen reader finds. */
  readonly cell: HTMLElement;
}

function makeParts({ rows, cols }: PhiModel): Parts {
  const canvas = element("canvas", { class: "philab-picture" });
  const column = element("div", { class: "philab-frame" });
  const pixel = element("div", { class: "philab-frame philab-frame-entry" });
  const uses = element("div", { class: "philab-uses" });
  const stage = element("div", { class: "philab-stage philab-stage-matrix" }, canvas, uses, column, pixel);
  const most = Math.max(1, cols - drawnColumns + 1);
  const slider = element("input", { type: "range", min: 1, max: most, "aria-label": "first column shown" });
  const caption = element("figcaption");
  const cell = element("div", { role: "gridcell", class: "philab-unseen" });
  const size = { "aria-label": `φ(Z), ${rows} × ${cols}`, "aria-rowcount": rows, "aria-colcount": cols };
  const node = element(
    "div",
    { class: "philab-matrix", role: "grid", tabindex: 0, ...size },
    element("div", { role: "row" }, cell),
    element("figure", {}, stage, caption, ...(most > 1 ? [slider] : [])),
  );
  return { node, stage, canvas, column, pixel, uses, caption, slider, cell };
}

/** Draws the columns from `from` on, or the last ones; does nothing where they are drawn already. */
function draw(view: Drawing, from: number): void {
  const { model, range, parts, drawn } = view;
  const first = Math.max(0, Math.min(model.cols - drawn, from));
  if (first === view.first) return;
  view.first = first;
  parts.slider.value = String(first + 1);
  parts.caption.textContent = captionOf(model, first, drawn);
  paint(parts.canvas, { rows: model.rows, cols: drawn }, (row, col) => shade(model, range, row, first + col));
}

/** Padding is transparent, so that the page's pattern shows through; what is no number is transparent too. */
function shade(model: PhiModel, range: Range, row: number, col: number): Rgba {
  const level = greyShade(valueInMatrix(model, row, col), range);
  if (Number.isNaN(level) || isPadding(model, source(model, row, col))) return [0, 0, 0, 0];
  return [level, level, level, 255];
}

function isDrawn({ first, drawn }: Drawing, col: number): boolean {
  return first >= 0 && col >= first && col < first + drawn;
}

function placeMarks(view: Drawing, { col, row, pixel: position }: Mark): void {
  const { column, pixel, uses } = view.parts;
  const size = { rows: view.model.rows, cols: view.drawn };
  const at = { row: 0, col: col - view.first, width: 1, height: 1 };
  column.hidden = !isDrawn(view, col);
  pixel.hidden = column.hidden || row === undefined;
  placeFrame(column, { ...at, height: size.rows }, size);
  placeFrame(pixel, { ...at, row: row ?? 0 }, size);
  const drawn =
    position === undefined ? [] : pixelUses(view.model, position).filter((use) => isDrawn(view, use.col));
  uses.replaceChildren(
    ...drawn.map((use) => {
      const frame = element("div", { class: "philab-frame philab-frame-entry" });
      placeFrame(frame, { row: use.row, col: use.col - view.first, width: 1, height: 1 }, size);
      return frame;
    }),
  );
}

function captionOf({ rows, cols }: PhiModel, first: number, drawn: number): string {
  const size = `${rows} × ${cols.toLocaleString("en")} entries`;
  return drawn === cols ? size : `${size}; columns ${first + 1}–${first + drawn} shown`;
}

/** What a screen reader finds in the grid: the marked entry alone, with its true row and column. */
function sayCell(model: PhiModel, cell: HTMLElement, { col, row = 0 }: Mark): void {
  const { i, j, c } = windowOffset(model, row);
  cell.setAttribute("aria-rowindex", String(row + 1));
  cell.setAttribute("aria-colindex", String(col + 1));
  cell.textContent = `row (${i + 1}, ${j + 1}, ${c + 1}): ${shortNumber(valueInMatrix(model, row, col))}`;
}
