import { checkMatrix } from "../numeric/check.js";
import type { ImageMatrix } from "../numeric/image.js";
import { size } from "../numeric/storage.js";
import { axis, type Figure, figure, layout } from "./figure.js";
import { imagePng } from "./raster.js";
import { type PlotFrame, svgFigure } from "./svg.js";
import { pixelTitles, type Titles } from "./titles.js";

/**
 * A picture of an image Z with values 0 … 1 (what lies outside is clipped): grey for one channel, colour for three.
 * Pixels are counted from 1, the vertical place runs down. Throws RangeError for another number of channels, or for
 * a matrix that does not know its sides.
 */
export function plotImage(Z: ImageMatrix, titles: Titles = {}): Figure {
  checkPicture(Z);
  const { title = "", x = pixelTitles.x, y = pixelTitles.y } = titles;
  const source = imagePng(Z);
  const trace = { type: "image", source, x0: 1, y0: 1, hovertemplate: "i %{y}, j %{x}<extra></extra>" };
  const axes = {
    xaxis: axis(x, { constrain: "domain", showgrid: false, zeroline: false }),
    yaxis: axis(y, {
      autorange: "reversed",
      scaleanchor: "x",
      constrain: "domain",
      showgrid: false,
      zeroline: false,
    }),
  };
  const payload = { data: [trace], layout: layout(title, { ...axes, height: 400 }) };
  const sentence = `Figure: ${title || "image"}, ${Z.a} × ${Z.b} pixels, ${Z.d === 3 ? "colour" : "grey"}`;
  return figure(payload, rasterSvg(pixelFrame(Z, { title, x, y }), source), sentence);
}

/** The frame of an a × b image, about 360 pixels wide, its places counted from 1. */
export function pixelFrame({ a, b }: { a: number; b: number }, titles: Required<Titles>): PlotFrame {
  const scale = Math.min(360 / b, 360 / a);
  return {
    title: titles.title,
    width: Math.max(40, Math.round(scale * b)),
    height: Math.max(120, Math.round(scale * a)),
    x: { title: titles.x, range: [0.5, b + 0.5] },
    y: { title: titles.y, range: [a + 0.5, 0.5] },
  };
}

/** A PNG drawn over the whole frame, each pixel a sharp square. */
export function rasterSvg(frame: PlotFrame, source: string): string {
  return svgFigure(frame, (place) => {
    const [left, top] = place(frame.x.range[0], frame.y.range[1]);
    const box = `x="${left}" y="${top}" width="${frame.width}" height="${frame.height}"`;
    return `<image ${box} preserveAspectRatio="none" style="image-rendering:pixelated" href="${source}"/>`;
  });
}

function checkPicture(Z: ImageMatrix): void {
  checkMatrix("plot.image", "Z", Z);
  if (Z.a === undefined || Z.b === undefined) {
    throw new RangeError(`plot.image: Z is ${size(Z)} and does not know its sides; needed image(Z, a, b)`);
  }
  if (Z.rows !== 1 && Z.rows !== 3) {
    throw new RangeError(`plot.image: Z has ${Z.rows} channels; needed 1 (grey) or 3 (red, green, blue)`);
  }
}
