import { checkMatrix } from "../numeric/check.js";
import type { ImageMatrix } from "../numeric/image.js";
import { mat, matrix } from "../numeric/matrix.js";
import { type Matrix, size } from "../numeric/storage.js";
import { toBase64 } from "./base64.js";
import { diverging, grey, plotlyScale, type Scale } from "./colour.js";
import { axis, type Figure, figure, layout } from "./figure.js";
import { pixelFrame, rasterSvg } from "./plotImage.js";
import { matrixPng, type ValueRange } from "./raster.js";
import { pixelTitles, type Titles } from "./titles.js";

/** Titles, the name of the values, their range, and whether zero is white (diverging) or the least is black. */
export interface HeatmapOptions extends Titles {
  readonly values?: string;
  readonly range?: ValueRange;
  readonly colours?: "diverging" | "grey";
}

/**
 * The entries of a matrix, or the pixels of a one-channel image, as colours with a scale beside them; rows run down,
 * all counted from 1. Values below, at and above zero are blue, white and red. Rows may be given as they are written:
 * plot.heatmap([[1, 2], [3, 4]]).
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
  const { title = "", x = usual.x, y = usual.y, values = "value", colours = "diverging" } = options;
  const range = options.range ?? rangeOf(rows, colours);
  const scale = colours === "grey" ? grey : diverging;
  const payload = {
    data: [{ ...heat(rows, scale, range), colorbar: { title: { text: values } } }],
    layout: layout(title, { ...heatAxes(rows, { x, y }, isImage), height: 400 }),
  };
  const frame = pixelFrame({ a: rows.rows, b: rows.cols }, { title: captioned(title, values, range), x, y });
  const sentence = `Figure: ${title || "heat map"}, ${size(rows)}, ${values} from ${short(range[0])} to ${short(range[1])}`;
  return figure(payload, rasterSvg(frame, matrixPng(rows, scale, range)), sentence);
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
function heat(M: Matrix, scale: Scale, [zmin, zmax]: ValueRange): Record<string, unknown> {
  const z = new Float32Array(M.rows * M.cols);
  for (let i = 0; i < M.rows; i++) {
    for (let j = 0; j < M.cols; j++) z[j + M.cols * i] = M.data[i + M.rows * j];
  }
  return {
    type: "heatmap",
    z: { dtype: "f4", bdata: toBase64(z), shape: `${M.rows}, ${M.cols}` },
    ...{ x0: 1, dx: 1, y0: 1, dy: 1, zmin, zmax },
    colorscale: plotlyScale(scale),
    hovertemplate: "row %{y}, column %{x}: %{z}<extra></extra>",
  };
}

function heatAxes(
  { rows, cols }: Matrix,
  { x, y }: { x: string; y: string },
  square: boolean,
): Record<string, unknown> {
  const aspect = square ? { scaleanchor: "x", constrain: "domain" } : {};
  const plain = { showgrid: false, zeroline: false };
  return {
    xaxis: axis(x, { constrain: "domain", ...plain, ...ticks(cols) }),
    yaxis: axis(y, { autorange: "reversed", ...plain, ...ticks(rows), ...aspect }),
  };
}

/** Where there are few rows or columns each has its number; there is none between two. */
function ticks(n: number): Record<string, unknown> {
  return n <= 12 ? { dtick: 1 } : {};
}

/** Symmetric about zero for signed colours; from the least to the greatest for grey. */
function rangeOf(M: Matrix, colours: "diverging" | "grey"): ValueRange {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const x of M.data) {
    if (x < least) least = x;
    if (x > greatest) greatest = x;
  }
  if (least > greatest) return [-1, 1];
  const most = Math.max(Math.abs(least), Math.abs(greatest)) || 1;
  return colours === "grey" ? [least, greatest] : [-most, most];
}

/** The static form has no scale beside it: its title says what black and white, or blue and red, stand for. */
function captioned(title: string, values: string, [least, greatest]: ValueRange): string {
  return `${title}${title ? " · " : ""}${values} ${short(least)} … ${short(greatest)}`;
}

function short(x: number): string {
  return String(Number(x.toPrecision(3)));
}
