/** A small image as numbers: one grid of pixels for each channel. */

import { element } from "./element.js";
import type { Mark, Pick, Side } from "./mark.js";
import {
  columnAround,
  isPadding,
  type PhiModel,
  type Pixel,
  pixelAt,
  positionOf,
  source,
  valueAt,
} from "./phiModel.js";
import { type Range, shadeCss, shortNumber } from "./shade.js";

/** The channels of pad(Z) side by side; pointing at a pixel picks the sub-image around it. */
export function numberImage(model: PhiModel, range: Range, pick: Pick): Side {
  const grids = Array.from({ length: model.shape.d }, (_, c) => channelGrid(model, range, c));
  const node = element(
    "div",
    {
      class: "philab-channels",
      tabindex: 0,
      role: "group",
      "aria-label": "Z; arrow keys move the sub-image",
    },
    ...grids.map(({ figure }) => figure),
  );
  node.addEventListener("mouseover", (event) => {
    const cell = (event.target as Element).closest<HTMLElement>(".philab-pixel");
    if (!cell) return;
    const { i, j, c } = { i: Number(cell.dataset.i), j: Number(cell.dataset.j), c: Number(cell.dataset.c) };
    pick({ col: columnAround(model, { i, j }), pixel: positionOf(model, { i, j, c }) });
  });
  return { node, show: (mark) => showPatch(model, grids, mark) };
}

interface ChannelGrid {
  readonly figure: HTMLElement;
  readonly frame: HTMLElement;
  /** The cells by position: row i of column j at i + aPad·j. */
  readonly cells: readonly HTMLElement[];
}

function channelGrid(model: PhiModel, range: Range, c: number): ChannelGrid {
  const { aPad, bPad, d } = model.shape;
  const cells: HTMLElement[] = [];
  for (let j = 0; j < bPad; j++)
    for (let i = 0; i < aPad; i++) cells.push(pixelCell(model, range, { i, j, c }));
  const frame = element("div", { class: "philab-frame" });
  const longest = Math.max(...cells.map(({ textContent }) => textContent?.length ?? 0));
  const cell = longest > 3 ? `--philab-cell: ${0.5 + 0.62 * longest}em; ` : "";
  const style = `${cell}grid-template-columns: auto repeat(${bPad}, var(--philab-cell))`;
  const grid = element("div", { class: "philab-pixels", style }, ...sideLabels(aPad, bPad), ...cells, frame);
  const name = d === 1 ? "" : `channel ${c + 1}`;
  const figure = element("figure", {}, grid, element("figcaption", {}, name));
  return { figure, frame, cells };
}

function pixelCell(model: PhiModel, range: Range, pixel: Pixel): HTMLElement {
  const value = valueAt(model, pixel);
  const padding = isPadding(model, pixel);
  const place = `grid-area: ${pixel.i + 2} / ${pixel.j + 2}`;
  const attributes = {
    class: padding ? "philab-pixel philab-padding" : "philab-pixel",
    style: padding ? place : `${place}; ${shadeCss(value, range)}`,
    "data-i": pixel.i,
    "data-j": pixel.j,
    "data-c": pixel.c,
  };
  return element("div", attributes, shortNumber(value));
}

/** Row numbers down the left side and column numbers along the top. */
function sideLabels(rows: number, cols: number): HTMLElement[] {
  const label = (at: number, area: string) =>
    element("div", { class: "philab-label", style: `grid-area: ${area}`, "aria-hidden": "true" }, String(at));
  return [
    ...Array.from({ length: rows }, (_, i) => label(i + 1, `${i + 2} / 1`)),
    ...Array.from({ length: cols }, (_, j) => label(j + 1, `1 / ${j + 2}`)),
  ];
}

/** Marks exactly the pixels that the column reads, in every channel, and the one pixel of a marked entry. */
function showPatch(model: PhiModel, grids: readonly ChannelGrid[], { col, row, pixel }: Mark): void {
  const { aPad, h } = model.shape;
  const first = source(model, 0, col);
  for (const { cells, frame } of grids) {
    for (const cell of cells) cell.classList.remove("philab-on", "philab-entry");
    frame.style.gridArea = `${first.i + 2} / ${first.j + 2} / span ${h} / span ${h}`;
  }
  for (let r = 0; r < model.rows; r++) {
    const { i, j, c } = source(model, r, col);
    grids[c].cells[i + aPad * j].classList.add("philab-on");
    if (r === row) grids[c].cells[i + aPad * j].classList.add("philab-entry");
  }
  if (pixel === undefined) return;
  const { i, j, c } = pixelAt(model, pixel);
  grids[c].cells[i + aPad * j].classList.add("philab-entry");
}
