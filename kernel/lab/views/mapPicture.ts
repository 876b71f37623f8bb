/** A map of numbers as a picture: pixels in the colours of a scale, frames around parts of it, and what is pointed at. */

import { colourAt, type Ramp, type ScaleName, scales } from "../../../src/mime/colour.js";
import { onArrowKeys } from "./arrowKeys.js";
import { element } from "./element.js";
import { paint, pixelUnder, placeFrame } from "./pixels.js";
import { isDark } from "./theme.js";

/** Part of a map, in pixels from 0. */
export interface MapPart {
  readonly row: number;
  readonly col: number;
  readonly height: number;
  readonly width: number;
}

/** A map with its caption. */
export interface MapPicture {
  readonly node: HTMLElement;
  /** Draws rows × cols numbers between two values. */
  draw(map: DrawnMap): void;
  /** Frames a part, or nothing. */
  frame(part: MapPart | undefined): void;
}

/** The numbers of a map: entry (i, j) by a function, and the colours for what lies between two values. */
export interface DrawnMap {
  readonly rows: number;
  readonly cols: number;
  readonly value: (i: number, j: number) => number;
  readonly scale: ScaleName;
  readonly range: readonly [least: number, greatest: number];
}

// Over 40 lines: a closure over one canvas, its drawing and its frame.
/** A map `width` pixels wide at most; `pointed` is told the pixel under the pointer, undefined when it leaves, `picked` where it is clicked. */
export function mapPicture(
  caption: string,
  width: number,
  pointed: (at: { row: number; col: number } | undefined) => void = () => {},
  picked: (at: { row: number; col: number }) => void = () => {},
): MapPicture {
  const canvas = element("canvas", { class: "philab-picture", "aria-hidden": "true" });
  const frame = element("div", { class: "philab-frame", hidden: "" });
  const stage = element(
    "div",
    {
      class: "philab-stage philab-map",
      style: `max-width: ${width}px`,
      ...{
        tabindex: 0,
        role: "group",
        "aria-label": `map ${caption}, the arrow keys choose a place`.replace("  ", " "),
      },
    },
    canvas,
    frame,
  );
  const node = element("figure", {}, stage, element("figcaption", {}, caption));
  const size = { rows: 1, cols: 1 };
  onArrowKeys(stage, size, (at) => {
    pointed(at);
    if (at) picked(at);
  });
  stage.addEventListener("pointermove", (event) => pointed(pixelUnder(event, stage, size)));
  stage.addEventListener("pointerleave", () => pointed(undefined));
  stage.addEventListener("click", (event) => {
    const at = pixelUnder(event, stage, size);
    if (at) picked(at);
  });
  return {
    node,
    draw({ rows, cols, value, scale, range }) {
      Object.assign(size, { rows, cols });
      stage.style.aspectRatio = `${cols} / ${rows}`;
      const ramp = rampTable(isDark() ? scales[scale].dark : scales[scale].light);
      const [least, greatest] = range;
      const factor = 255 / (greatest - least || 1);
      paint(canvas, { rows, cols }, (i, j) => {
        const level = Math.round((value(i, j) - least) * factor);
        return Number.isNaN(level) ? [0, 0, 0, 0] : ramp[Math.max(0, Math.min(255, level))];
      });
    },
    frame(part) {
      frame.hidden = part === undefined;
      if (part) placeFrame(frame, part, size);
    },
  };
}

/** Maps side by side, up to ten in one row that is never wider than its room. */
export function mapsInRow(pictures: readonly MapPicture[], width: number): HTMLElement {
  const columns = Math.min(pictures.length, mostInRow);
  const style = `grid-template-columns: repeat(${columns}, minmax(0, ${width}px))`;
  return element("div", { class: "philab-maps", style }, ...pictures.map(({ node }) => node));
}

const mostInRow = 10;

/** Symmetric about zero where there are values below it, from zero on elsewhere: the colours of all maps of a row. */
export function mapScale(values: Float64Array): Pick<DrawnMap, "scale" | "range"> {
  let [least, greatest] = [0, 0];
  for (const x of values) {
    if (x < least) least = x;
    if (x > greatest) greatest = x;
  }
  const most = Math.max(-least, greatest) || 1;
  return least < 0 ? { scale: "diverging", range: [-most, most] } : { scale: "sequential", range: [0, most] };
}

function rampTable(ramp: Ramp): readonly (readonly [number, number, number, number])[] {
  return Array.from({ length: 256 }, (_, k) => [...colourAt(ramp, k / 255), 255] as const);
}
