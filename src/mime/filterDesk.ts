import { checkMatrix, checkNumbers } from "../numeric/check.js";
import type { ImageMatrix } from "../numeric/image.js";
import { displayKey } from "../numeric/show.js";
import { size } from "../numeric/storage.js";
import { pictureSize, pixelFrame, rasterSvg } from "./pixelFrame.js";
import { imagePng } from "./raster.js";
import { pixelTitles } from "./titles.js";
import { type Bundle, FILTER_MIME, type FilterPayload, type Shown } from "./types.js";

/** A photograph beside what a filter of nine numbers makes of it, while the reader changes them. */
class FilterDesk implements Shown {
  constructor(
    private readonly Z: ImageMatrix,
    private readonly w: readonly number[],
  ) {}

  [displayKey](): Bundle {
    const picture = imagePng(this.Z);
    const payload: FilterPayload = { version: 1, picture, w: this.w };
    const { a, b, d } = this.Z;
    const sentence = `Filter desk: a picture of ${a} × ${b} pixels in ${d === 3 ? "colour" : "grey"}, and a filter of 3 × 3 numbers to change: ${this.w.join(", ")}.`;
    const frame = {
      ...pixelFrame({ rows: a, cols: b }, { title: "Z", ...pixelTitles }, pictureSize),
      sentence,
    };
    return { [FILTER_MIME]: payload, "image/svg+xml": rasterSvg(frame, picture), "text/plain": sentence };
  }
}

/**
 * The filter desk, eq. (1) for each channel by itself: a picture Z of 1 or 3 channels with values 0 … 1 beside S, computed
 * anew while nine numbers are dragged, typed or chosen. `w` begins it: down the first column, then the second, then the
 * third, as in a row of W. Throws RangeError where Z has other channels or does not know its sides, or w is not nine numbers.
 *
 * @example
 * filterDesk(image(ones(3, 12), 3, 4), [0, 0, 0, 0, 1, 0, 0, 0, 0])
 */
export function filterDesk(Z: ImageMatrix, w: readonly number[] = sobel): Shown {
  checkMatrix("filterDesk", "Z", Z);
  if (Z.a === undefined || Z.b === undefined)
    throw new RangeError(`filterDesk: Z is ${size(Z)} and does not know its sides; needed image(Z, a, b)`);
  if (Z.rows !== 1 && Z.rows !== 3)
    throw new RangeError(`filterDesk: Z has ${Z.rows} channels; needed 1 (grey) or 3 (red, green, blue)`);
  checkNumbers("filterDesk", w);
  if (w.length !== 9)
    throw new RangeError(`filterDesk: w has ${w.length} numbers; needed 9, as a filter of 3 × 3 has`);
  return new FilterDesk(Z, [...w]);
}

/** Right minus left. */
const sobel: readonly number[] = [-1, -2, -1, 0, 0, 0, 1, 2, 1];
