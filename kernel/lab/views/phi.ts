/** The explorer of φ, eq. (4): an image on the left, φ(Z) on the right; a mark in one is a mark in the other. */

import type { ViewModule } from "./contract.js";
import { element } from "./element.js";
import { describe, imageName, type Mark, moveInImage, moveInMatrix, type Side } from "./mark.js";
import { numberImage } from "./numberImage.js";
import { numberMatrix } from "./numberMatrix.js";
import type { PhiModel } from "./phiModel.js";
import { pictureImage } from "./pictureImage.js";
import { pictureMatrix } from "./pictureMatrix.js";
import { readPhi } from "./readPhi.js";
import { rangeOf } from "./shade.js";
import { viewModule } from "./viewModule.js";

/** Shows a PhiPayload. */
const view: ViewModule = viewModule(({ el, payload }) => explorer(el, readPhi(payload)));

export default view;

function explorer(host: HTMLElement, model: PhiModel): void {
  const range = rangeOf(model.z);
  let mark: Mark = { col: 0 };
  const show = (next: Mark): void => {
    mark = next;
    image.show(mark);
    matrix.show(mark);
    status.textContent = describe(model, mark);
  };
  const pick = (picked: Mark): void => {
    if (picked.col !== mark.col || picked.row !== mark.row) show(picked);
  };
  const image = (fitsAsNumbers(model) ? numberImage : pictureImage)(model, range, pick);
  const matrix = (matrixFitsAsNumbers(model) ? numberMatrix : pictureMatrix)(model, range, pick);
  const status = element("p", { class: "philab-status", role: "status", "aria-live": "polite" });
  onArrows(image.node, (key) => moveInImage(model, mark, key), show);
  onArrows(
    matrix.node,
    (key) => moveInMatrix(model, mark, key),
    (next) => {
      show(next);
      matrix.node.querySelector<HTMLElement>("td[tabindex='0']")?.focus();
    },
  );
  host.replaceChildren(frame(model, image, matrix, status));
  show(mark);
}

/** Both sides under their titles, and below them what is marked. */
function frame(model: PhiModel, image: Side, matrix: Side, status: HTMLElement): HTMLElement {
  const left = element("section", { class: "philab-image" }, imageTitle(model), image.node);
  const right = element("section", { class: "philab-columns" }, ...matrixTitle(model), matrix.node);
  const panes = element("div", { class: "philab-panes" }, left, right);
  // JupyterLab would otherwise take the arrow keys for itself and walk through the cells of the notebook.
  const attributes = { class: "philab-phi", "data-lm-suppress-shortcuts": "true" };
  return element("div", attributes, panes, status, ...notes(model));
}

/** Numbers as long as they can be read: sides of at most 12 pixels, four channels. */
function fitsAsNumbers({ shape: { aPad, bPad, d } }: PhiModel): boolean {
  return aPad <= 12 && bPad <= 12 && d <= 4;
}

function matrixFitsAsNumbers({ rows, cols }: PhiModel): boolean {
  return rows <= 75 && cols <= 64 && rows * cols <= 2_000;
}

function imageTitle(model: PhiModel): HTMLElement {
  const { a, b, d, pad } = model.shape;
  const title = element(
    "h4",
    {},
    imageName(model),
    " ∈ R",
    element("sup", {}, size(d, (a + 2 * pad) * (b + 2 * pad))),
  );
  title.append(element("small", {}, pad > 0 ? `${a} × ${b} pixels, padding ${pad}` : `${a} × ${b} pixels`));
  return title;
}

function matrixTitle(model: PhiModel): HTMLElement[] {
  const { h, s } = model.shape;
  const title = element(
    "h4",
    {},
    `φ(${imageName(model)}) ∈ R`,
    element("sup", {}, size(model.rows, model.cols)),
  );
  title.append(element("small", {}, `h = ${h}, s = ${s}`));
  const sides = "rows: offset (i, j) and channel c; columns: output place (p, q)";
  return [title, element("p", { class: "philab-note" }, sides)];
}

function size(rows: number, cols: number): string {
  return `${rows} × ${cols.toLocaleString("en")}`;
}

function notes({ notFinite }: PhiModel): HTMLElement[] {
  const hint = "Point at either side, or use the arrow keys: a column of φ(Z) is one sub-image of Z.";
  const count = notFinite === 1 ? "1 value of Z is" : `${notFinite} values of Z are`;
  const lines = notFinite > 0 ? [hint, `${count} not finite and left blank in pictures.`] : [hint];
  return lines.map((line) => element("p", { class: "philab-note" }, line));
}

function onArrows(
  node: HTMLElement,
  move: (key: string) => Mark | undefined,
  show: (mark: Mark) => void,
): void {
  node.addEventListener("keydown", (event) => {
    if ((event.target as Element).tagName === "INPUT") return;
    const next = move(event.key);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    show(next);
  });
}
