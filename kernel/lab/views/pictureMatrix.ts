/** A large φ(Z) as a picture: one pixel an entry; of very many columns a part that follows the mark. */

import { element } from "./element.js";
import type { Mark, Pick, Side } from "./mark.js";
import { entry, isPadding, offsetOf, type PhiModel, source } from "./phiModel.js";
import { paint, pixelUnder, placeFrame } from "./pixels.js";
import { grey, type Range, shortNumber } from "./shade.js";

/** So many columns are drawn at once. */
const drawnColumns = 500;

/** φ(Z) on a canvas; pointing at an entry picks it, the grid's one live cell says which it is. */
export function pictureMatrix(model: PhiModel, range: Range, pick: Pick): Side {
  const { rows } = model;
  const cols = Math.min(model.cols, drawnColumns);
  const canvas = element("canvas", { class: "philab-picture" });
  const [column, pixel] = ["philab-frame", "philab-frame philab-frame-entry"].map((name) =>
    element("div", { class: name }),
  );
  const cell = element("div", { role: "gridcell", class: "philab-unseen" });
  const stage = element("div", { class: "philab-stage philab-stage-matrix" }, canvas, column, pixel);
  const slider = element("input", {
    type: "range",
    min: 1,
    max: model.cols - cols + 1,
    value: 1,
    "aria-label": "first column shown",
  });
  const caption = element("figcaption");
  const node = element(
    "div",
    {
      class: "philab-matrix",
      role: "grid",
      tabindex: 0,
      "aria-label": `φ(Z), ${rows} × ${model.cols}`,
      "aria-rowcount": rows,
      "aria-colcount": model.cols,
    },
    element("div", { role: "row" }, cell),
    element("figure", {}, stage, caption, ...(cols < model.cols ? [slider] : [])),
  );
  let first = -1;
  const draw = (from: number): void => {
    const start = Math.max(0, Math.min(model.cols - cols, from));
    if (start === first) return;
    first = start;
    slider.value = String(first + 1);
    caption.textContent = captionOf(model, first, cols);
    paint(canvas, { rows, cols }, (row, col) => {
      if (isPadding(model, source(model, row, first + col))) return [0, 0, 0, 0];
      const level = grey(entry(model, row, first + col), range);
      return Number.isNaN(level) ? [0, 0, 0, 0] : [level, level, level, 255];
    });
  };
  stage.addEventListener("mousemove", (event) => {
    const at = pixelUnder(event, stage, { rows, cols });
    if (at) pick({ col: first + at.col, row: at.row });
  });
  let marked: Mark = { col: 0 };
  const show = (mark: Mark): void => {
    marked = mark;
    if (mark.col < first || mark.col >= first + cols || first < 0) draw(mark.col - Math.floor(cols / 2));
    placeMarks(mark);
    sayCell(model, cell, mark);
  };
  const placeMarks = ({ col, row }: Mark): void => {
    const at = col - first;
    column.hidden = at < 0 || at >= cols;
    placeFrame(column, { row: 0, col: at, height: rows, width: 1 }, { rows, cols });
    pixel.hidden = column.hidden || row === undefined;
    if (row !== undefined) placeFrame(pixel, { row, col: at, height: 1, width: 1 }, { rows, cols });
  };
  slider.addEventListener("input", () => {
    draw(Number(slider.value) - 1);
    placeMarks(marked);
  });
  return { node, show };
}

function captionOf({ rows, cols }: PhiModel, first: number, drawn: number): string {
  const size = `${rows} × ${cols.toLocaleString("en")} entries`;
  return drawn === cols ? size : `${size}; columns ${first + 1}–${first + drawn} shown`;
}

/** What a screen reader finds in the grid: the marked entry alone, with its true row and column. */
function sayCell(model: PhiModel, cell: HTMLElement, { col, row = 0 }: Mark): void {
  const { i, j, c } = offsetOf(model, row);
  cell.setAttribute("aria-rowindex", String(row + 1));
  cell.setAttribute("aria-colindex", String(col + 1));
  cell.textContent = `row (${i + 1}, ${j + 1}, ${c + 1}): ${shortNumber(entry(model, row, col))}`;
}
