import { checkMatrix } from "../numeric/check.js";
import type { ImageMatrix } from "../numeric/image.js";
import { size } from "../numeric/storage.js";
import { type Figure, figure } from "./figure.js";
import { spokenText } from "./mathText.js";
import { pictureSize, pixelFrame, pixelLayout, rasterSvg } from "./pixelFrame.js";
import { imagePng } from "./raster.js";
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
  const colours = Z.d === 3 ? "in colour" : "in grey";
  const sentence = `Figure: ${spokenText(title) || "image"}, ${Z.a} × ${Z.b} pixels ${colours}.`;
  const frame = { ...pixelFrame({ rows: Z.a, cols: Z.b }, { title, x, y }, pictureSize), sentence };
  return figure({ data: [trace], layout: pixelLayout(frame) }, rasterSvg(frame, source), sentence);
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
