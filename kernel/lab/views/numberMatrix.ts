/** A small φ(Z) as a table of numbers, with the row (i, j, c) and the output place (p, q) at its sides. */

import { element } from "./element.js";
import type { Mark, Pick, Side } from "./mark.js";
import {
  isPadding,
  type PhiModel,
  pixelUses,
  placeOf,
  source,
  valueInMatrix,
  windowOffset,
} from "./phiModel.js";
import { type Range, shadeCss, shortNumber } from "./shade.js";

/** φ(Z) as a grid that the keyboard can walk; pointing at an entry picks it with its column. */
export function numberMatrix(model: PhiModel, range: Range, pick: Pick): Side {
  const cells = entryCells(model, range);
  const heads = columnHeads(model);
  const node = element(
    "table",
    { class: "philab-matrix", role: "grid", "aria-label": `φ(Z), ${model.rows} × ${model.cols}` },
    element("thead", {}, element("tr", {}, element("th", { class: "philab-corner" }, cornerText), ...heads)),
    element("tbody", {}, ...cells.map((row, r) => element("tr", {}, rowHead(model, r), ...row))),
  );
  const pickUnder = (event: Event): void => {
    const mark = markOf(event.target as Element);
    if (mark) pick(mark);
  };
  node.addEventListener("mouseover", pickUnder);
  node.addEventListener("focusin", pickUnder);
  return {
    node,
    show: (mark) => {
      showMark(node, heads, cells, mark);
      if (mark.pixel === undefined) return;
      for (const { row, col } of pixelUses(model, mark.pixel)) cells[row][col].classList.add("philab-use");
    },
  };
}

const cornerText = "(i, j, c) \\ (p, q)";

function entryCells(model: PhiModel, range: Range): HTMLTableCellElement[][] {
  return Array.from({ length: model.rows }, (_, row) =>
    Array.from({ length: model.cols }, (_, col) => entryCell(model, range, row, col)),
  );
}

function entryCell(model: PhiModel, range: Range, row: number, col: number): HTMLTableCellElement {
  const value = valueInMatrix(model, row, col);
  const padding = isPadding(model, source(model, row, col));
  const attributes = { role: "gridcell", tabindex: -1, "data-row": row, "data-col": col };
  const [name, look] = padding ? ["class", "philab-padding"] : ["style", shadeCss(value, range)];
  return element("td", { ...attributes, [name]: look }, shortNumber(value));
}

function columnHeads(model: PhiModel): HTMLTableCellElement[] {
  return Array.from({ length: model.cols }, (_, col) => {
    const { p, q } = placeOf(model, col);
    return element("th", { scope: "col", "data-col": col }, `${p + 1},${q + 1}`);
  });
}

function rowHead(model: PhiModel, row: number): HTMLElement {
  const { i, j, c } = windowOffset(model, row);
  return element("th", { scope: "row" }, `${i + 1},${j + 1},${c + 1}`);
}

function markOf(target: Element): Mark | undefined {
  const cell = target.closest<HTMLElement>("[data-col]");
  if (!cell) return undefined;
  const { row, col } = cell.dataset;
  return row === undefined ? { col: Number(col) } : { col: Number(col), row: Number(row) };
}

/** Marks the column and its head; the marked entry is the one that Tab reaches, and gets the focus if one had it. */
function showMark(
  node: HTMLElement,
  heads: readonly HTMLElement[],
  cells: readonly (readonly HTMLElement[])[],
  { col, row }: Mark,
): void {
  for (const old of node.querySelectorAll(".philab-on, .philab-entry, .philab-use"))
    old.classList.remove("philab-on", "philab-entry", "philab-use");
  for (const old of node.querySelectorAll("td[tabindex='0']")) old.setAttribute("tabindex", "-1");
  for (const marked of [heads[col], ...cells.map((line) => line[col])]) marked.classList.add("philab-on");
  const reachable = cells[row ?? 0][col];
  reachable.setAttribute("tabindex", "0");
  if (row !== undefined) reachable.classList.add("philab-entry");
}
