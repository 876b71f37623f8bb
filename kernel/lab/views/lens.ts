/** A lens on a photograph: the sub-image and what lies around it, large enough to see each pixel. */

import { element } from "./element.js";
import type { Mark } from "./mark.js";
import { isPadding, type PhiModel, source, valueAt } from "./phiModel.js";
import { paint, placeFrame, type Rgba } from "./pixels.js";
import { greyShade, type Range } from "./shade.js";

/** So many pixels around the sub-image are seen. */
const around = 5;

/** The lens; it follows the mark. */
export interface Lens {
  readonly node: HTMLElement;
  show(mark: Mark): void;
}

/** The neighbourhood of the marked sub-image, in colour where there are three channels. */
export function lens(model: PhiModel, range: Range): Lens {
  const { h, d } = model.shape;
  const side = h + 2 * around;
  const canvas = element("canvas", { class: "philab-picture" });
  const frame = element("div", { class: "philab-frame" });
  const stage = element(
    "div",
    { class: "philab-stage philab-lens", style: "aspect-ratio: 1" },
    canvas,
    frame,
  );
  const node = element(
    "figure",
    {},
    stage,
    element("figcaption", {}, `the sub-image of ${h} × ${h} pixels, enlarged`),
  );
  const channels = d === 3 ? [0, 1, 2] : [0];
  const show = ({ col }: Mark): void => {
    const first = source(model, 0, col);
    const [top, left] = [first.i - around, first.j - around];
    paint(canvas, { rows: side, cols: side }, (i, j) => colour(model, range, channels, top + i, left + j));
    placeFrame(frame, { row: around, col: around, height: h, width: h }, { rows: side, cols: side });
  };
  return { node, show };
}

/** Beside the image and in its padding there is nothing. */
function colour(model: PhiModel, range: Range, channels: readonly number[], i: number, j: number): Rgba {
  if (isPadding(model, { i, j })) return [0, 0, 0, 0];
  const levels = channels.map((c) => greyShade(valueAt(model, { i, j, c }), range));
  if (levels.some(Number.isNaN)) return [0, 0, 0, 0];
  const [red, green = red, blue = red] = levels;
  return [red, green, blue, 255];
}
