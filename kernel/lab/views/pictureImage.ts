/** A larger image as a picture: in colour where it has three channels, or each channel in grey. */

import { element } from "./element.js";
import type { Mark, Pick, Side } from "./mark.js";
import { columnAround, isPadding, type PhiModel, pixelAt, positionOf, source, valueAt } from "./phiModel.js";
import { paint, pixelUnder, placeFrame, type Rgba } from "./pixels.js";
import { greyShade, type Range } from "./shade.js";

/** More channels than this are not drawn. */
const mostChannels = 8;

/** A picture of pad(Z); pointing at a pixel picks the sub-image around it. */
export function pictureImage(model: PhiModel, range: Range, pick: Pick): Side {
  const { d } = model.shape;
  const channels = Array.from({ length: Math.min(d, mostChannels) }, (_, c) => c);
  const greys = channels.map((c) => picture(model, range, [c], pick));
  const colour = d === 3 ? picture(model, range, channels, pick) : undefined;
  const pictures = colour ? [colour, ...greys] : greys;
  const node = element(
    "div",
    {
      class: "philab-channels",
      tabindex: 0,
      role: "group",
      "aria-label": "Z; arrow keys move the sub-image",
    },
    ...pictures.map(({ figure }) => figure),
  );
  if (colour)
    node.prepend(
      colourSwitch(
        colour.figure,
        greys.map(({ figure }) => figure),
      ),
    );
  if (d > mostChannels)
    node.append(element("p", { class: "philab-note" }, `${mostChannels} of ${d} channels shown`));
  return { node, show: (mark) => showAll(pictures, mark) };
}

function showAll(pictures: readonly Picture[], mark: Mark): void {
  for (const picture of pictures) picture.show(mark);
}

interface Picture {
  readonly figure: HTMLElement;
  show(mark: Mark): void;
}

/** One picture of one channel in grey, or of three as red, green and blue. */
function picture(model: PhiModel, range: Range, channels: readonly number[], pick: Pick): Picture {
  const { aPad: rows, bPad: cols, h, d } = model.shape;
  const canvas = element("canvas", { class: "philab-picture" });
  const [patch, pixel] = ["philab-frame", "philab-frame philab-frame-entry"].map((name) =>
    element("div", { class: name }),
  );
  const stage = element(
    "div",
    {
      class: `philab-stage ${d > 1 && channels.length === 1 ? "philab-stage-small" : ""}`,
      style: `aspect-ratio: ${cols} / ${rows}`,
    },
    canvas,
    patch,
    pixel,
  );
  const caption =
    d === 1 ? "" : channels.length > 1 ? "channels 1–3 as colour" : `channel ${channels[0] + 1}`;
  const figure = element("figure", {}, stage, element("figcaption", {}, caption));
  paint(canvas, { rows, cols }, (i, j) => colourOf(model, range, channels, i, j));
  stage.addEventListener("mousemove", (event) => {
    const at = pixelUnder(event, stage, { rows, cols });
    if (!at) return;
    const under = { i: at.row, j: at.col, c: channels[0] };
    pick({ col: columnAround(model, under), pixel: positionOf(model, under) });
  });
  return {
    figure,
    show({ col, row, pixel: position }) {
      const first = source(model, 0, col);
      placeFrame(patch, { row: first.i, col: first.j, height: h, width: h }, { rows, cols });
      const chosen = row === undefined ? undefined : source(model, row, col);
      const entry = position === undefined ? chosen : pixelAt(model, position);
      pixel.hidden = entry === undefined || !channels.includes(entry.c);
      if (entry) placeFrame(pixel, { row: entry.i, col: entry.j, height: 1, width: 1 }, { rows, cols });
    },
  };
}

/** Padding is transparent, so that the page's pattern behind it shows; what is no number is transparent too. */
function colourOf(model: PhiModel, range: Range, channels: readonly number[], i: number, j: number): Rgba {
  if (isPadding(model, { i, j })) return [0, 0, 0, 0];
  const levels = channels.map((c) => greyShade(valueAt(model, { i, j, c }), range));
  if (levels.some(Number.isNaN)) return [0, 0, 0, 0];
  const [red, green = red, blue = red] = levels;
  return [red, green, blue, 255];
}

/** Two buttons: the picture in colour, or its channels in grey. */
function colourSwitch(colour: HTMLElement, greys: readonly HTMLElement[]): HTMLElement {
  const buttons = ["colour", "channels"].map((name) => element("button", { type: "button" }, name));
  const choose = (chosen: number): void => {
    colour.hidden = chosen !== 0;
    for (const figure of greys) figure.hidden = chosen !== 1;
    for (const [k, button] of buttons.entries()) button.setAttribute("aria-pressed", String(k === chosen));
  };
  for (const [k, button] of buttons.entries()) button.addEventListener("click", () => choose(k));
  choose(0);
  return element(
    "div",
    { class: "philab-switch", role: "group", "aria-label": "how Z is drawn" },
    ...buttons,
  );
}
