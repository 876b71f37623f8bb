import { matrix } from "../numeric/matrix.js";
import { isSparse, type SparseMatrix } from "../numeric/sparse.js";
import { type Matrix, size } from "../numeric/storage.js";
import { toBase64 } from "./base64.js";
import { axis, type Figure, figure, layout } from "./figure.js";
import { pixelFrame, rasterSvg } from "./plotImage.js";
import { matrixPng } from "./raster.js";
import { type PlotFrame, svgFigure } from "./svg.js";
import type { Titles } from "./titles.js";

/** More entries than this are counted in cells instead of drawn one by one. */
const mostDots = 5000;
/** Cells along the longer side where entries are counted. */
const cells = 300;

/**
 * Where a sparse matrix has its entries: a dot each, or, where there are too many, how many lie in each of at most
 * 300 × 300 cells. Rows run down and are counted from 1. Throws TypeError for what is no sparse matrix.
 */
export function plotSparsity(P: SparseMatrix, titles: Titles = {}): Figure {
  if (!isSparse(P))
    throw new TypeError("plot.sparsity: P is no SparseMatrix; needed one, as Pphi(shape) returns it");
  const { title = `${size(P)}`, x = "column", y = "row" } = titles;
  const frame = { ...pixelFrame(sides(P), { title, x, y }), ...ranges(P, x, y) };
  const stored = P.triplets().row.length;
  const sentence = `Figure: ${title}, ${stored} entries of ${size(P)}`;
  return stored <= mostDots ? dots(P, frame, sentence) : counted(P, frame, sentence);
}

function dots(P: SparseMatrix, frame: PlotFrame, sentence: string): Figure {
  const { row, col } = P.triplets();
  const points = { x: Array.from(col, (j) => j + 1), y: Array.from(row, (i) => i + 1) };
  const side = Math.max(2, Math.min(10, frame.width / P.cols, frame.height / P.rows));
  const marker = { symbol: "square", size: side };
  const trace = {
    type: "scatter",
    mode: "markers",
    ...points,
    marker,
    hovertemplate: "row %{y}, column %{x}<extra></extra>",
  };
  const svg = svgFigure(frame, (place) =>
    points.x
      .map((x, k) => {
        const [left, top] = place(x, points.y[k]);
        return `<rect x="${(left - side / 2).toFixed(1)}" y="${(top - side / 2).toFixed(1)}" width="${side.toFixed(1)}" height="${side.toFixed(1)}" fill="#0072b2"/>`;
      })
      .join(""),
  );
  return figure({ data: [trace], layout: sparseLayout(frame) }, svg, sentence);
}

function counted(P: SparseMatrix, frame: PlotFrame, sentence: string): Figure {
  const { count, dx, dy } = counts(P);
  const { rows, cols } = count;
  const most = Math.max(...count.data);
  const z = most < 256 ? new Uint8Array(rows * cols) : new Float32Array(rows * cols);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) z[j + cols * i] = count.data[i + rows * j];
  const bytes = { dtype: most < 256 ? "u1" : "f4", bdata: toBase64(z), shape: `${rows}, ${cols}` };
  const trace = {
    ...{ type: "heatmap", z: bytes, x0: 0.5 + dx / 2, dx, y0: 0.5 + dy / 2, dy },
    colorscale: [
      [0, "rgb(255,255,255)"],
      [1, "rgb(0,114,178)"],
    ],
    colorbar: { title: { text: `entries in ${short(dy)} × ${short(dx)}` } },
    hovertemplate: "near row %{y:.0f}, column %{x:.0f}: %{z} entries<extra></extra>",
  };
  const png = matrixPng(
    count,
    [
      [255, 255, 255],
      [0, 114, 178],
    ],
    [0, most],
  );
  return figure({ data: [trace], layout: sparseLayout(frame) }, rasterSvg(frame, png), sentence);
}

/** How many entries lie in each cell of dy rows and dx columns. */
function counts(P: SparseMatrix): { count: Matrix; dx: number; dy: number } {
  const count = matrix(Math.min(cells, P.rows), Math.min(cells, P.cols));
  const dy = P.rows / count.rows;
  const dx = P.cols / count.cols;
  const { row, col } = P.triplets();
  for (let k = 0; k < row.length; k++)
    count.data[Math.floor(row[k] / dy) + count.rows * Math.floor(col[k] / dx)]++;
  return { count, dx, dy };
}

function ranges(P: SparseMatrix, x: string, y: string): Pick<PlotFrame, "x" | "y"> {
  return { x: { title: x, range: [0.5, P.cols + 0.5] }, y: { title: y, range: [P.rows + 0.5, 0.5] } };
}

/** The drawing's proportions: the matrix's own, but neither side below a third of the other. */
function sides(P: SparseMatrix): { a: number; b: number } {
  const ratio = Math.min(Math.max(P.rows / P.cols, 1 / 3), 3);
  return { a: ratio, b: 1 };
}

function sparseLayout(frame: PlotFrame): Record<string, unknown> {
  const range = (axisOf: { range: readonly [number, number] }) => ({
    range: [...axisOf.range],
    zeroline: false,
  });
  return layout(frame.title, {
    xaxis: axis(frame.x.title, range(frame.x)),
    yaxis: axis(frame.y.title, range(frame.y)),
    height: Math.max(360, frame.height + 104),
  });
}

function short(x: number): string {
  return String(Number(x.toPrecision(3)));
}
