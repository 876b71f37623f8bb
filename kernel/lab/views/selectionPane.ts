/** P_φ beside φ(Z): the marked entry's row, and the marked pixel's column. */

import { element } from "./element.js";
import { imageName, type Mark, type Pick } from "./mark.js";
import type { PhiModel } from "./phiModel.js";
import { sidesText } from "./phiTitles.js";
import { sparsityCanvas } from "./sparsityCanvas.js";
import type { SparsePlaces } from "./sparsityModel.js";
import { wideZoom } from "./zoom.js";
import { zoomButtons } from "./zoomButtons.js";

/** P_φ as a picture that zooms; picking a row of it picks the entry of φ(Z) that it makes. */
export function selectionPane(
  model: PhiModel,
  pick: Pick,
  signal: AbortSignal,
): { node: HTMLElement; show(mark: Mark): void } {
  const places = placesOf(model);
  const label = `P φ, ${places.rows} × ${places.cols}: arrow keys move, + and − zoom`;
  const picked = ({ row }: { row: number }): void =>
    pick({ row: row % model.rows, col: Math.floor(row / model.rows) });
  const canvas = sparsityCanvas(places, label, { pointed: () => {}, picked }, signal, wideZoom);
  const said = element("p", { class: "philab-note" });
  const name = element(
    "h4",
    {},
    "P",
    element("sub", {}, "φ"),
    " ∈ R",
    element("sup", {}, sidesText(places.rows, places.cols)),
  );
  const head = element("div", { class: "philab-sparsity-head" }, name, zoomButtons(canvas));
  const node = element("section", { class: "philab-selection philab-sparsity" }, head, canvas.node, said);
  return {
    node,
    show({ col, row, pixel }) {
      const first = model.rows * col;
      if (pixel !== undefined) canvas.mark({ col: pixel });
      else if (row === undefined) canvas.mark({ row: first, rows: model.rows });
      else canvas.mark({ row: first + row, col: model.index[first + row] });
      said.replaceChildren(...words(model, { col, row, pixel }));
    },
  };
}

function words(model: PhiModel, { col, row, pixel }: Mark): (Node | string)[] {
  const P = ["P", element("sub", {}, "φ")];
  if (pixel !== undefined)
    return ["column ", String(pixel + 1), " of ", ...P, ": its ones are the uses of this pixel"];
  if (row === undefined) {
    const first = model.rows * col;
    return [
      "rows ",
      `${first + 1}–${first + model.rows}`,
      " of ",
      ...P,
      ` read column ${col + 1} of φ(${imageName(model)})`,
    ];
  }
  const at = row + model.rows * col;
  return [`row ${at + 1} of `, ...P, ` has its 1 in column ${model.index[at] + 1}`];
}

/** φ's index is an outer sum: where a sub-image starts, and where in it an entry is read. */
function placesOf({ rows, cols, index, shape: { d, aPad, bPad } }: PhiModel): SparsePlaces {
  return {
    rows: rows * cols,
    cols: d * aPad * bPad,
    rowStarts: Int32Array.from({ length: cols }, (_, col) => rows * col),
    rowOffsets: Int32Array.from({ length: rows }, (_, row) => row),
    colStarts: Int32Array.from({ length: cols }, (_, col) => index[rows * col]),
    colOffsets: Int32Array.from({ length: rows }, (_, row) => index[row] - index[0]),
  };
}
