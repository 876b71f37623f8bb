/** Matrices and images in a frame of square cells, the same in plotly's form and in the static one. */

import type { ColourKey } from "./colourKey.js";
import { axis, layout } from "./figure.js";
import { type PlotFrame, svgFigure, type ToPixels } from "./svg.js";
import { rasterAttributes } from "./svgStyle.js";
import type { Titles } from "./titles.js";
import { threeDigits } from "./written.js";

/** How large a frame may be, and its cells, in pixels. */
export interface FrameSize {
  readonly width: number;
  readonly height: number;
  readonly cell: number;
}

/** A picture of pixels: of a photograph about 560 wide, of a digit 12 to a pixel. */
export const pictureSize: FrameSize = { width: 560, height: 460, cell: 12 };

/** A side that is much shorter than the other is still a line that can be seen. */
const thinnest = 6;

/** The frame of rows × cols square cells, their places counted from 1. */
export function pixelFrame(
  { rows, cols }: { rows: number; cols: number },
  titles: Required<Titles>,
  most: FrameSize,
): PlotFrame {
  const cell = Math.min(most.width / cols, most.height / rows, most.cell);
  return {
    title: titles.title,
    width: Math.max(thinnest, Math.round(cell * cols)),
    height: Math.max(thinnest, Math.round(cell * rows)),
    x: { title: titles.x, range: [0.5, cols + 0.5], whole: true },
    y: { title: titles.y, range: [rows + 0.5, 0.5], whole: true },
  };
}

/** A PNG drawn over the whole frame, each pixel a sharp square, in the colours of the frame's key where it has one. */
export function rasterSvg(
  frame: PlotFrame,
  source: string,
  more: (place: ToPixels) => string = () => "",
): string {
  return svgFigure(frame, (place) => {
    const [left, top] = place(frame.x.range[0], frame.y.range[1]);
    const box = `x="${left}" y="${top}" width="${frame.width}" height="${frame.height}"`;
    const look = 'preserveAspectRatio="none" style="image-rendering:pixelated"';
    const image = `<image ${box} ${look} href="${source}"/>`;
    const raster = frame.key === undefined ? image : `<g ${rasterAttributes(frame.key.scale)}>${image}</g>`;
    return raster + more(place);
  });
}

/** plotly's layout of the same frame: as large, and its cells as square, also where the page is narrower. */
export function pixelLayout(frame: PlotFrame): Record<string, unknown> {
  const plain = { showgrid: false, zeroline: false, constrain: "domain" };
  const beside = frame.key === undefined ? 24 : 110;
  return layout(frame.title, {
    xaxis: axis(frame.x.title, {
      ...plain,
      ...wholeTicks(frame.x.range, frame.width),
      range: [...frame.x.range],
    }),
    yaxis: axis(frame.y.title, {
      ...plain,
      ...wholeTicks(frame.y.range, frame.height),
      range: [...frame.y.range],
      scaleanchor: "x",
    }),
    margin: { l: 72, r: beside, t: frame.title === "" ? 24 : 56, b: 56 },
    width: Math.max(300, frame.width + 72 + beside),
    height: Math.max(180, frame.height + 112),
  });
}

/** Where there are few rows or columns each has its number; there is none between two. */
function wholeTicks(range: readonly [number, number], pixels: number): Record<string, unknown> {
  const n = Math.abs(range[1] - range[0]);
  if (n <= 16 && pixels / n >= 20) return { tickmode: "linear", tick0: 1, dtick: 1 };
  return { nticks: Math.max(2, Math.min(8, Math.floor(pixels / 40))), tickformat: "d" };
}

/** plotly's colour bar with the numbers of a key. */
export function colourBar({ title, values, range: [least, greatest] }: ColourKey): Record<string, unknown> {
  const ticks = values ?? (least < 0 && greatest > 0 ? [least, 0, greatest] : undefined);
  const named = { title: { text: title }, thickness: 14, outlinewidth: 0, len: 0.9 };
  if (ticks === undefined) return named;
  return { ...named, tickmode: "array", tickvals: ticks, ticktext: ticks.map(threeDigits) };
}
