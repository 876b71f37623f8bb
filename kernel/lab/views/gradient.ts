/** The gradient desk: a layer's ∂ξ/∂W as filters, ∂ξ/∂Z on the image, and how differences come near to them. */

import { GRADIENT_MIME } from "../../../src/mime/types.js";
import { matrix } from "../../../src/numeric/matrix.js";
import type { Matrix } from "../../../src/numeric/storage.js";
import type { ViewModule } from "./contract.js";
import { differencePlot } from "./differencePlot.js";
import { element } from "./element.js";
import {
  type DeskGradients,
  differenceErrors,
  layerGradients,
  layerLoss,
  type MovedEntry,
  stepped,
} from "./gradientModel.js";
import { type LayerNumbers, readLayer } from "./layerModel.js";
import { type MapPicture, mapPicture, mapScale, mapsInRow } from "./mapPicture.js";
import { ownPicture } from "./ownPicture.js";
import { checkedNumbers } from "./readNumbers.js";
import { shortNumber } from "./shade.js";
import { rangeSlider } from "./slider.js";
import { onThemeChange } from "./theme.js";
import { viewModule } from "./viewModule.js";

/** Shows a GradientPayload. */
const view: ViewModule = viewModule(({ el, payload, signal }) => {
  const { fields, ...layer } = readLayer(payload, GRADIENT_MIME);
  const places = layer.shape.aOut * layer.shape.bOut;
  const Y = matrix(layer.dOut, places, checkedNumbers(fields.y, "y", layer.dOut * places));
  el.replaceChildren(new GradientDesk(layer, Y, signal).node);
});

export default view;

/** A row of maps of the entries of a matrix, each of which can be picked. */
interface Maps {
  readonly node: HTMLElement;
  draw(M: Matrix): void;
  mark(at: number | undefined): void;
}

class GradientDesk {
  readonly node: HTMLElement;
  #layer: LayerNumbers;
  #gradients: DeskGradients;
  #entry: MovedEntry;
  readonly #Y: Matrix;
  readonly #maps: Readonly<Record<"W" | "dW" | "Z" | "dZ", Maps>>;
  readonly #plot = differencePlot();
  readonly #status = element("p", { class: "philab-status", role: "status" });
  readonly #loss = element("p", { class: "philab-formula-line", "aria-live": "polite" });

  constructor(layer: LayerNumbers, Y: Matrix, signal: AbortSignal) {
    this.#layer = layer;
    this.#Y = Y;
    this.#gradients = layerGradients(layer, Y);
    this.#entry = { of: "W", at: largest(this.#gradients.dW) };
    const pick = (of: MovedEntry["of"]) => (at: number) => this.#pick({ of, at });
    this.#maps = {
      W: filterMaps("W", layer, pick("W")),
      dW: filterMaps("∂ξ/∂W", layer, pick("W")),
      Z: imageMaps("Z", layer, pick("Z")),
      dZ: imageMaps("∂ξ/∂Z", layer, pick("Z")),
    };
    this.node = element("div", { class: "philab-gradient" });
    this.node.append(this.#controls(), ...this.#rows());
    onThemeChange(signal, () => this.#draw());
    this.#draw();
  }

  #controls(): HTMLElement {
    const eta = rangeSlider(
      "log₁₀ η",
      { value: -3, least: -6, greatest: -1, step: 0.25 },
      () => {},
      (x) => shortNumber(x),
    );
    const step = element("button", { type: "button" }, "W ← W − η ∂ξ/∂W");
    step.addEventListener("click", () =>
      this.#change(stepped(this.#layer, this.#gradients, 10 ** eta.value)),
    );
    const begin = this.#layer;
    const again = element("button", { type: "button" }, "begin again");
    again.addEventListener("click", () => this.#change(begin));
    const { a, b, d } = begin.shape;
    const own = d === 1 || d === 3 ? [this.#own(a, b, d)] : [];
    const buttons = element("div", { class: "philab-switch" }, step, again);
    return element(
      "div",
      { class: "philab-controls" },
      this.#loss,
      element("div", { class: "philab-sliders" }, eta.node, buttons, ...own),
    );
  }

  #own(a: number, b: number, d: 1 | 3): HTMLElement {
    return ownPicture(this.node, { longest: Math.max(a, b), sides: { a, b }, channels: d }, ({ z }) =>
      this.#change({ ...this.#layer, Z: matrix(d, a * b, z) }),
    );
  }

  #rows(): HTMLElement[] {
    const { W, dW, Z, dZ } = this.#maps;
    const t = rangeSlider(
      "log₁₀ t",
      { value: -6, least: -12, greatest: 0, step: 0.5 },
      (k) => this.#plot.choose(k),
      (x) => shortNumber(x),
    );
    const images = element("div", { class: "philab-panes" }, Z.node, dZ.node);
    const errors = element(
      "section",
      { class: "philab-errors" },
      element("h4", {}, "Error of differences against t"),
      this.#plot.node,
      t.node,
    );
    const right = element("div", { class: "philab-panes" }, images, errors);
    return [W.node, dW.node, this.#status, right, element("p", { class: "philab-note" }, hint)];
  }

  #change(layer: LayerNumbers): void {
    this.#layer = layer;
    this.#gradients = layerGradients(layer, this.#Y);
    this.#draw();
  }

  #pick(entry: MovedEntry): void {
    this.#entry = entry;
    this.#compare();
  }

  #draw(): void {
    const { dW, dZ, xi } = this.#gradients;
    for (const [name, M] of Object.entries({ W: this.#layer.W, dW, Z: this.#layer.Z, dZ }))
      this.#maps[name as "W"].draw(M);
    this.#loss.textContent = `ξ = ‖σ(S) − Y‖² = ${shortNumber(xi)}`;
    this.#compare();
  }

  /** The chosen entry of the gradient beside its differences. */
  #compare(): void {
    const { of, at } = this.#entry;
    const gradient = of === "W" ? this.#gradients.dW : this.#gradients.dZ;
    const exact = gradient.data[at];
    for (const name of ["W", "dW"] as const) this.#maps[name].mark(of === "W" ? at : undefined);
    for (const name of ["Z", "dZ"] as const) this.#maps[name].mark(of === "Z" ? at : undefined);
    this.#plot.draw(differenceErrors(this.#layer, this.#Y, this.#entry, exact));
    const value = this.#layer[of].data[at];
    this.#status.textContent = `${entryName(this.#layer, this.#entry)} = ${shortNumber(value)}; ∂ξ/∂${of === "W" ? "w" : "z"} = ${shortNumber(exact)}; a step of 10⁻³ along it changes ξ by ${shortNumber(change(this.#layer, this.#Y, this.#entry))}`;
  }
}

const hint =
  "Click an entry of W or a pixel of Z: the error of its differences is drawn anew. Large steps t miss the curve, small ones lose digits.";

function change(layer: LayerNumbers, Y: Matrix, { of, at }: MovedEntry): number {
  const data = Float64Array.from(layer[of].data);
  data[at] += 1e-3;
  return layerLoss({ ...layer, [of]: matrix(layer[of].rows, layer[of].cols, data) }, Y) - layerLoss(layer, Y);
}

/** "w of filter 2 at (i, j, c) = (1, 3, 1)", "z at (5, 7, 1)", counted from 1. */
function entryName({ shape, dOut }: LayerNumbers, { of, at }: MovedEntry): string {
  if (of === "W") {
    const [k, row] = [at % dOut, Math.floor(at / dOut)];
    const { h } = shape;
    return `w of filter ${k + 1} at (i, j, c) = (${(row % h) + 1}, ${(Math.floor(row / h) % h) + 1}, ${Math.floor(row / h ** 2) + 1})`;
  }
  const pixel = Math.floor(at / shape.d);
  return `z at (${(pixel % shape.a) + 1}, ${Math.floor(pixel / shape.a) + 1}, ${(at % shape.d) + 1})`;
}

/** Pixels of the page. */
const [filterWidth, imageWidth] = [84, 220];

/** A map for each filter and channel; entry (k, (i, j, c)) of a matrix like W. */
function filterMaps(name: string, { shape, dOut }: LayerNumbers, pick: (at: number) => void): Maps {
  const { h, d } = shape;
  const placeIn = (k: number, c: number, i: number, j: number): number => k + dOut * (i + h * (j + h * c));
  const list = pairs(dOut, d).map(([k, c]) => ({ k, c }));
  const pictures = list.map(({ k, c }) =>
    mapPicture(d === 1 ? `${k + 1}` : `${k + 1}, channel ${c + 1}`, filterWidth, undefined, ({ row, col }) =>
      pick(placeIn(k, c, row, col)),
    ),
  );
  return mapRow(name, pictures, `${dOut} × ${h * h * d}`, h, h, (n, i, j) =>
    placeIn(list[n].k, list[n].c, i, j),
  );
}

/** A map for each channel; a matrix like Z. */
function imageMaps(name: string, { shape }: LayerNumbers, pick: (at: number) => void): Maps {
  const { a, b, d } = shape;
  const pictures = Array.from({ length: d }, (_, c) =>
    mapPicture(d === 1 ? "" : `channel ${c + 1}`, imageWidth, undefined, ({ row, col }) =>
      pick(c + d * (row + a * col)),
    ),
  );
  return mapRow(name, pictures, `${d} × ${a * b}`, a, b, (c, i, j) => c + d * (i + a * j));
}

function mapRow(
  name: string,
  pictures: readonly MapPicture[],
  size: string,
  rows: number,
  cols: number,
  placeIn: (n: number, i: number, j: number) => number,
): Maps {
  const title = element("h4", {}, name, " ∈ R", element("sup", {}, size));
  const maps = mapsInRow(pictures, rows < 12 ? filterWidth : imageWidth);
  return {
    node: element("section", {}, title, maps),
    draw(M) {
      const look = mapScale(M.data as Float64Array);
      for (const [n, picture] of pictures.entries())
        picture.draw({ rows, cols, ...look, value: (i, j) => M.data[placeIn(n, i, j)] });
    },
    mark(at) {
      for (const [n, picture] of pictures.entries()) {
        const found =
          at === undefined ? undefined : pairs(rows, cols).find(([i, j]) => placeIn(n, i, j) === at);
        picture.frame(found && { row: found[0], col: found[1], height: 1, width: 1 });
      }
    },
  };
}

function pairs(m: number, n: number): [number, number][] {
  return Array.from({ length: m * n }, (_, k) => [Math.floor(k / n), k % n]);
}

function largest(M: Matrix): number {
  let at = 0;
  for (let k = 0; k < M.data.length; k++) if (Math.abs(M.data[k]) > Math.abs(M.data[at])) at = k;
  return at;
}
