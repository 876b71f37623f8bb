/** The explorer of φ, eq. (4): pixel, row of P_φ, entry of φ(Z), products of an entry of S; a mark in one is a mark in all. */

import type { ViewModule } from "./contract.js";
import { element } from "./element.js";
import { lens } from "./lens.js";
import { describe, type Mark, moveInImage, moveInMatrix, type Side } from "./mark.js";
import { numberImage } from "./numberImage.js";
import { numberMatrix } from "./numberMatrix.js";
import { ownPicture } from "./ownPicture.js";
import { columnAround, type PhiModel } from "./phiModel.js";
import { phiSizes } from "./phiSizes.js";
import { imageTitle, matrixTitle, notes } from "./phiTitles.js";
import { pictureImage } from "./pictureImage.js";
import { pictureMatrix } from "./pictureMatrix.js";
import { showProblem } from "./problem.js";
import { products } from "./products.js";
import { type PhiBeginning, type PhiImage, type PhiSizes, phiModel, readPhi } from "./readPhi.js";
import { selectionPane } from "./selectionPane.js";
import { rangeOf } from "./shade.js";
import { viewModule } from "./viewModule.js";

/** Shows a PhiPayload. */
const view: ViewModule = viewModule(({ el, payload, signal }) => explorer(el, readPhi(payload), signal));

export default view;

/** Sliders above, and below them the linked views, made anew when a size changes. */
function explorer(host: HTMLElement, beginning: PhiBeginning, signal: AbortSignal): void {
  let image: PhiImage = beginning.image;
  let drawn = new AbortController();
  signal.addEventListener("abort", () => drawn.abort());
  const body = element("div");
  const draw = (sizes: PhiSizes): void => {
    drawn.abort();
    drawn = new AbortController();
    try {
      const model = phiModel(image, sizes, beginning.filter, beginning.bias);
      body.replaceChildren(...linkedViews(model, drawn.signal));
    } catch (reason) {
      showProblem(body, reason, sizes);
    }
  };
  const controls = phiSizes(image, beginning.sizes, draw);
  const box = element("div", { class: "philab-phi" }, controls.node, body);
  const own = ownPicture(box, { longest: 128, channels: 3 }, ({ a, b, d, z }) => {
    image = { a, b, channels: d, z };
    draw(controls.fit(image));
  });
  controls.node.append(own);
  host.replaceChildren(box);
  draw(beginning.sizes);
}

function linkedViews(model: PhiModel, signal: AbortSignal): HTMLElement[] {
  const range = rangeOf(model.z);
  let mark: Mark = { col: 0 };
  const show = (next: Mark): void => {
    mark = next;
    for (const side of sides) side.show(mark);
    status.textContent = describe(model, mark);
  };
  const pick = (picked: Mark): void => {
    if (picked.col !== mark.col || picked.row !== mark.row || picked.pixel !== mark.pixel) show(picked);
  };
  const isSmall = fitsAsNumbers(model);
  const image = (isSmall ? numberImage : pictureImage)(model, range, pick);
  const matrix = (matrixFitsAsNumbers(model) ? numberMatrix : pictureMatrix)(model, range, pick);
  const selection = selectionPane(model, pick, signal);
  const entry = products(model);
  const near = isSmall ? [] : [lens(model, range)];
  const sides: readonly { show(mark: Mark): void }[] = [image, matrix, selection, entry, ...near];
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
  const panes = panesOf(
    model,
    image,
    matrix,
    near.map(({ node }) => node),
  );
  const below = element("div", { class: "philab-panes philab-panes-below" }, selection.node, entry.node);
  // A picture's middle says more than its corner.
  show(isSmall ? mark : { col: columnAround(model, { i: model.shape.aPad / 2, j: model.shape.bPad / 2 }) });
  return [panes, status, below, ...notes(model)];
}

/** Z and φ(Z) under their titles. */
function panesOf(model: PhiModel, image: Side, matrix: Side, near: readonly HTMLElement[]): HTMLElement {
  const left = element("section", { class: "philab-image" }, imageTitle(model), image.node, ...near);
  const right = element("section", { class: "philab-columns" }, ...matrixTitle(model), matrix.node);
  return element("div", { class: "philab-panes" }, left, right);
}

/** Numbers as long as they can be read: sides of at most 12 pixels, four channels. */
function fitsAsNumbers({ shape: { aPad, bPad, d } }: PhiModel): boolean {
  return aPad <= 12 && bPad <= 12 && d <= 4;
}

function matrixFitsAsNumbers({ rows, cols }: PhiModel): boolean {
  return rows <= 75 && cols <= 64 && rows * cols <= 2_000;
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
