/** What stands above and below the views of the explorer of φ. */

import { element } from "./element.js";
import { imageName } from "./mark.js";
import type { PhiModel } from "./phiModel.js";

/** "pad(Z) ∈ R^{1 × 36}  4 × 4 pixels, padding 1" */
export function imageTitle(model: PhiModel): HTMLElement {
  const { a, b, d, pad, aPad, bPad } = model.shape;
  const title = element("h4", {}, imageName(model), " ∈ R", element("sup", {}, sidesText(d, aPad * bPad)));
  title.append(element("small", {}, pad > 0 ? `${a} × ${b} pixels, padding ${pad}` : `${a} × ${b} pixels`));
  return title;
}

/** "φ(Z) ∈ R^{25 × 576}  h = 5, s = 1", and what its rows and columns are. */
export function matrixTitle(model: PhiModel): HTMLElement[] {
  const { h, s } = model.shape;
  const title = element(
    "h4",
    {},
    `φ(${imageName(model)}) ∈ R`,
    element("sup", {}, sidesText(model.rows, model.cols)),
  );
  title.append(element("small", {}, `h = ${h}, s = ${s}`));
  const sides = "rows: offset (i, j) and channel c; columns: output place (p, q)";
  return [title, element("p", { class: "philab-note" }, sides)];
}

/** How to use the explorer, and how many values are not numbers. */
export function notes({ notFinite }: PhiModel): HTMLElement[] {
  const hint =
    "Point at any of the views, or use the arrow keys: a column of φ(Z) is one sub-image of Z; a pixel shows all the columns that use it.";
  const count = notFinite === 1 ? "1 value of Z is" : `${notFinite} values of Z are`;
  const lines = notFinite > 0 ? [hint, `${count} not finite and left blank in pictures.`] : [hint];
  return lines.map((line) => element("p", { class: "philab-note" }, line));
}

/** "9 × 1,024" */
export function sidesText(rows: number, cols: number): string {
  return `${rows.toLocaleString("en")} × ${cols.toLocaleString("en")}`;
}
