import { checkMatrix } from "../numeric/check.js";
import type { ImageMatrix } from "../numeric/image.js";
import { mat, matrix } from "../numeric/matrix.js";
import { type Matrix, size } from "../numeric/storage.js";
import { toBase64 } from "./base64.js";
import { isPrinted, printedTexts, printedValues } from "./cellNumbers.js";
import { plotlyScale, type ScaleName, scales } from "./colour.js";
import { type Figure, figure } from "./figure.js";
import { spokenText } from "./mathText.js";
import { colourBar, pixelFrame, pixelLayout, rasterSvg } from "./pixelFrame.js";
import { matrixPng, type ValueRange } from "./raster.js";
import type { PlotFrame } from "./svg.js";
import { pixelTitles, type Titles } from "./titles.js";
import { type ValueScale, valueScale } from "./valueScale.js";

/** Titles, the name of the values, their range, and the colours; without them the values say which fit. */
export interface HeatmapOptions extends Titles {
  readonly values?: string;
  readonly range?: ValueRange;
  /** "diverging": zero is the ground; "sequential": from the ground on; "binary": 0 and 1; "grey": the least is black. */
  readonly colours?: ScaleName;
}

/**
 * The entries of a matrix, or the pixels of a one-channel image, as colours with a scale beside them; rows run down,
 * all counted from 1, and cells are square. Signed values are blue, as the ground, and red; those from zero on go from the
 * ground to blue; 0 and 1 have two colours. Small matrices have their numbers in their cells. Rows may be given as they are
 * written: plot.heatmap([[1, 2], [3, 4]]).
 * Throws RangeError for an image of several channels.
 */
export function plotHeatmap(
  given: Matrix | ImageMatrix | readonly (readonly number[])[],
  options: HeatmapOptions = {},
): Figure {
  const M: Matrix | ImageMatrix = Array.isArray(given) ? matrix(given) : (given as Matrix | ImageMatrix);
  checkMatrix("plot.heatmap", "M", M);
  const isImage = "a" in M && M.a !== undefined;
  const rows = isImage ? pixelRows(M as ImageMatrix) : M;
  const usual = isImage ? pixelTitles : { x: "column", y: "row" };
  const { title = "", x = usual.x, y = usual.y, values = "" } = options;
  const shown = valueScale(rows.data, options);
  const named = values === "" ? "" : `${values} `;
  const sentence = `Figure: ${spokenText(title) || "heat map"}, ${size(rows)}, ${named}${shown.words}.`;
  const cells = isPrinted(rows) ? 42 : 24;
  const frame: PlotFrame = {
    ...pixelFrame(rows, { title, x, y }, { width: 560, height: 480, cell: cells }),
    sentence,
    key: { ...shown, title: values },
  };
  const payload = { data: [heat(rows, shown, values)], layout: pixelLayout(frame) };
  const numbers = printedValues(rows, shown);
  return figure(payload, rasterSvg(frame, matrixPng(rows, shown.range), numbers), sentence);
}

/** A one-channel image as the matrix of its pixels: column-major data need no rearrangement. */
function pixelRows(Z: ImageMatrix): Matrix {
  if (Z.rows !== 1) {
    throw new RangeError(
      `plot.heatmap: the image has ${Z.rows} channels; needed 1: pick one, or use plot.image`,
    );
  }
  return mat(Z, Z.a, Z.b);
}

/** plotly reads z row by row as float32 in base64, so that NaN survives and a large figure stays small. */
function heat(M: Matrix, shown: ValueScale, title: string): Record<string, unknown> {
  const z = new Float32Array(M.rows * M.cols);
  for (let i = 0; i < M.rows; i++) {
    for (let j = 0; j < M.cols; j++) z[j + M.cols * i] = M.data[i + M.rows * j];
  }
  return {
    type: "heatmap",
    z: { dtype: "f4", bdata: toBase64(z), shape: `${M.rows}, ${M.cols}` },
    ...{ x0: 1, dx: 1, y0: 1, dy: 1, zmin: shown.range[0], zmax: shown.range[1] },
    colorscale: plotlyScale(scales[shown.scale].light),
    colorbar: colourBar({ ...shown, title }),
    hovertemplate: "row %{y}, column %{x}: %{z}<extra></extra>",
    ...(isPrinted(M) ? { text: printedTexts(M), texttemplate: "%{text}", textfont: { size: 12 } } : {}),
  };
}
