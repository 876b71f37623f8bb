import { matrix } from "../numeric/matrix.js";
import { maxAbs } from "../numeric/measure.js";
import { isSparse, type SparseMatrix } from "../numeric/sparse.js";
import { type Matrix, size } from "../numeric/storage.js";
import { toBase64 } from "./base64.js";
import { plotlyScale, type ScaleName, scales } from "./colour.js";
import { type Figure, figure } from "./figure.js";
import { spokenText } from "./mathText.js";
import { colourBar, pixelFrame, pixelLayout, rasterSvg } from "./pixelFrame.js";
import { matrixPng } from "./raster.js";
import { outerSums, toOuterSumBase64 } from "./sparsityList.js";
import type { PlotFrame } from "./svg.js";
import type { Titles } from "./titles.js";
import { SPARSITY_MIME, type SparsityPayload } from "./types.js";
import { countWords } from "./valueScale.js";

/** Cells along the longer side of the static form. */
const mostCells = 560;

/** A matrix whose places cannot be said in so many letters is not for a notebook: it is drawn in cells alone. */
const mostLetters = 1_000_000;

/**
 * Where a sparse matrix has its entries, its proportions kept: a picture to zoom into and to move, up to the P_φ of a
 * large layer; in the static form a square for each entry, or, where there are too many, how many lie in each of equal square
 * cells. Rows run down and are counted from 1. Throws TypeError for what is no sparse matrix.
 */
export function plotSparsity(P: SparseMatrix, titles: Titles = {}): Figure {
  if (!isSparse(P))
    throw new TypeError("plot.sparsity: P is no SparseMatrix; needed one, as Pphi(shape) returns it");
  const { title = `${size(P)}`, x = "column", y = "row" } = titles;
  const { cells, side } = counts(P);
  const sentence = `Figure: ${spokenText(title)}, ${wordsOf(P)}.`;
  const most = maxAbs(cells);
  const scale: ScaleName = side === 1 && most <= 1 ? "binary" : "sequential";
  const key = {
    title: side === 1 ? "" : `entries in ${side} × ${side}`,
    scale,
    range: [0, most || 1] as const,
    ...(most < 8 ? { values: Array.from({ length: (most || 1) + 1 }, (_, k) => k) } : {}),
  };
  const cell = { width: 560, height: 560, cell: 24 };
  const placed = pixelFrame(P, { title, x, y }, cell);
  const frame: PlotFrame = { ...placed, ...withRoom(placed, cells, side), sentence, key };
  const payload = { data: [cellTrace(cells, side, frame)], layout: pixelLayout(frame) };
  return figure(payload, rasterSvg(frame, matrixPng(cells, key.range)), sentence, viewOf(P, { title, x, y }));
}

/** The places of all entries, for a view that zooms; nothing where they are too many to write down. */
function viewOf(P: SparseMatrix, titles: Required<Titles>): Record<string, SparsityPayload> {
  const { row, col } = P.triplets();
  const [rowSum, colSum] = outerSums(row, col);
  if (6 * (rowSum.starts.length + rowSum.offsets.length) > mostLetters) return {};
  const places = { row: toOuterSumBase64(rowSum), col: toOuterSumBase64(colSum) };
  return { [SPARSITY_MIME]: { version: 1, rows: P.rows, cols: P.cols, ...titles, ...places } };
}

/** How many entries lie in each square cell of `side` rows and columns; the last cells may reach beyond the matrix. */
function counts(P: SparseMatrix): { cells: Matrix; side: number } {
  const side = Math.ceil(Math.max(P.rows, P.cols) / mostCells);
  const cells = matrix(Math.ceil(P.rows / side), Math.ceil(P.cols / side));
  const { row, col } = P.triplets();
  for (let k = 0; k < row.length; k++)
    cells.data[Math.floor(row[k] / side) + cells.rows * Math.floor(col[k] / side)]++;
  return { cells, side };
}

/** The frame of whole cells, in which the last row and column may reach a little beyond the matrix. */
function withRoom(
  { width, height, x, y }: PlotFrame,
  cells: Matrix,
  side: number,
): Pick<PlotFrame, "width" | "height" | "x" | "y"> {
  const [rows, cols] = [cells.rows * side, cells.cols * side];
  const pixel = Math.max(width / (x.range[1] - 0.5), height / (y.range[0] - 0.5));
  return {
    width: Math.max(width, Math.round(pixel * cols)),
    height: Math.max(height, Math.round(pixel * rows)),
    x: { ...x, range: [0.5, cols + 0.5] },
    y: { ...y, range: [rows + 0.5, 0.5] },
  };
}

function cellTrace(cells: Matrix, side: number, { key }: PlotFrame): Record<string, unknown> {
  const { rows, cols } = cells;
  const most = key?.range[1] ?? 1;
  const z = most < 256 ? new Uint8Array(rows * cols) : new Float32Array(rows * cols);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) z[j + cols * i] = cells.data[i + rows * j];
  const bytes = { dtype: most < 256 ? "u1" : "f4", bdata: toBase64(z), shape: `${rows}, ${cols}` };
  const start = 0.5 + side / 2;
  return {
    ...{ type: "heatmap", z: bytes, x0: start, dx: side, y0: start, dy: side, zmin: 0, zmax: most },
    colorscale: plotlyScale(scales[key?.scale ?? "binary"].light),
    ...(side === 1 ? { showscale: false } : { colorbar: key && colourBar(key) }),
    hovertemplate: `${side === 1 ? "" : "near "}row %{y:.0f}, column %{x:.0f}: %{z}<extra></extra>`,
  };
}

/** "48 × 20, 48 ones, one in each row" */
function wordsOf(P: SparseMatrix): string {
  const { row, value } = P.triplets();
  const isSelection = row.length === P.rows && row.every((i, k) => i === k);
  const entries = value.every((x) => x === 1)
    ? countWords(row.length, "one")
    : countWords(row.length, "entry", "entries");
  return `${P.rows.toLocaleString("en")} × ${P.cols.toLocaleString("en")}, ${entries}${isSelection ? ", one in each row" : ""}`;
}
