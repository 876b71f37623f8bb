/** One entry of S as its products: a row of W times a column of φ(Z), laid out as the sub-image is. */

import { element } from "./element.js";
import { imageName, type Mark } from "./mark.js";
import { type PhiModel, placeOf, valueInMatrix, windowOffset } from "./phiModel.js";
import { shortNumber } from "./shade.js";

/** More products than this are not written out. */
const mostWritten = 150;

/** What shows the products of the marked column. */
export interface Products {
  readonly node: HTMLElement;
  show(mark: Mark): void;
}

/** The products of s = Σ w z + b at the marked output place; the marked row's product is marked. */
export function products(model: PhiModel): Products {
  const title = element("h4");
  const grids = element("div", { class: "philab-product-grids" });
  const sum = element("p", { class: "philab-sum" });
  const node = element("section", { class: "philab-products" }, title, grids, sum);
  const show = ({ col, row }: Mark): void => {
    const { p, q } = placeOf(model, col);
    const place = element("sub", {}, `${p + 1},${q + 1}`);
    title.replaceChildren("s", place, " = Σ w", element("sub", {}, "i,j,c"), " z + b");
    grids.replaceChildren(...(model.rows <= mostWritten ? writtenOut(model, col, row) : [tooMany(model)]));
    sum.textContent = sumText(model, col);
  };
  return { node, show };
}

function tooMany({ rows, shape: { h, d } }: PhiModel): HTMLElement {
  return element("p", { class: "philab-note" }, `h h d = ${h} · ${h} · ${d} = ${rows} products`);
}

/** A grid for each channel; a cell is w · z. */
function writtenOut(model: PhiModel, col: number, marked: number | undefined): HTMLElement[] {
  const { h, d } = model.shape;
  const cells = Array.from({ length: d }, () => [] as HTMLElement[]);
  for (let row = 0; row < model.rows; row++) {
    const { i, j, c } = windowOffset(model, row);
    const text = `${shortNumber(model.filter[row])} · ${shortNumber(valueInMatrix(model, row, col))}`;
    const attributes = {
      class: row === marked ? "philab-product philab-entry" : "philab-product",
      style: `grid-area: ${i + 1} / ${j + 1}`,
    };
    cells[c].push(element("div", attributes, text));
  }
  return cells.map((list, c) =>
    element(
      "figure",
      {},
      element(
        "div",
        { class: "philab-product-grid", style: `grid-template-columns: repeat(${h}, auto)` },
        ...list,
      ),
      element("figcaption", {}, d === 1 ? "" : `channel ${c + 1}`),
    ),
  );
}

function sumText(model: PhiModel, col: number): string {
  let total = 0;
  for (let row = 0; row < model.rows; row++) total += model.filter[row] * valueInMatrix(model, row, col);
  const s = shortNumber(total + model.bias);
  return `w: a row of W; z: column ${col + 1} of φ(${imageName(model)}). Their ${model.rows} products add up to ${shortNumber(total)}; with b = ${shortNumber(model.bias)}, s = ${s}.`;
}
