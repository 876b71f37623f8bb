/** Keeps figures to a size that a page can draw at once, and says what was left out. */

import { isArray } from "./plotlyArray.js";

/** A figure in plotly's words. */
export interface PlotlyFigure {
  readonly data: Record<string, unknown>[];
  readonly layout: Record<string, unknown>;
}

type Trace = Record<string, unknown>;

/** More traces than this are not drawn. */
const mostTraces = 200;

/** More points than this, over all traces, are thinned. */
const mostPoints = 40_000;

/** Matrices with longer sides than this are drawn with every k-th row or column. */
const longestSide = 1_000;

/** So are those with more cells than a figure has pixels. */
const mostCells = 360_000;

/** The traces to draw, and a note for each way in which they are fewer than came. */
export function thin(traces: readonly Trace[]): { data: Trace[]; notes: string[] } {
  const notes: string[] = [];
  const drawn = traces.slice(0, mostTraces);
  if (drawn.length < traces.length) {
    notes.push(`${drawn.length} of ${traces.length.toLocaleString("en")} traces are drawn.`);
  }
  const points = drawn.reduce((sum, trace) => sum + pointCount(trace), 0);
  const share = points > mostPoints ? mostPoints / points : 1;
  if (share < 1) {
    notes.push(
      `${points.toLocaleString("en")} points are thinned to about ${mostPoints.toLocaleString("en")}; lows and highs are kept.`,
    );
  }
  const data = drawn.map((trace) => thinMatrix(share < 1 ? thinPoints(trace, share) : trace, notes));
  return { data, notes };
}

function pointCount(trace: Trace): number {
  return isArray(trace.z) && isArray(trace.z[0]) ? 0 : Math.max(lengthOf(trace.x), lengthOf(trace.y));
}

function lengthOf(values: unknown): number {
  return isArray(values) ? values.length : 0;
}

/** Cuts the points into pieces and keeps the lowest and the highest of each, in their order. */
function thinPoints(trace: Trace, share: number): Trace {
  const length = pointCount(trace);
  const pieces = Math.max(1, Math.floor((length * share) / 2));
  if (2 * pieces >= length) return trace;
  const kept = extremes(isArray(trace.y) ? trace.y : (trace.x as ArrayLike<unknown>), length, pieces);
  return Object.fromEntries(
    Object.entries(trace).map(([name, value]) => [name, choose(value, length, kept)]),
  );
}

function extremes(values: ArrayLike<unknown>, length: number, pieces: number): number[] {
  const kept: number[] = [];
  for (let piece = 0; piece < pieces; piece++) {
    const [from, to] = [piece, piece + 1].map((k) => Math.floor((k * length) / pieces));
    let [low, high] = [from, from];
    for (let k = from; k < to; k++) {
      if (Number(values[k]) < Number(values[low])) low = k;
      if (Number(values[k]) > Number(values[high])) high = k;
    }
    kept.push(...(low === high ? [low] : [Math.min(low, high), Math.max(low, high)]));
  }
  return kept;
}

/** The kept points of x, y, text, customdata and whatever else has one value for each point, marker sizes too. */
function choose(value: unknown, length: number, kept: readonly number[]): unknown {
  if (isArray(value)) return value.length === length ? kept.map((k) => value[k]) : value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, choose(part, length, kept)]));
}

/** Heat maps, surfaces and images by every k-th row and column. */
function thinMatrix(trace: Trace, notes: string[]): Trace {
  const z = trace.z;
  if (!isArray(z) || !isArray(z[0])) return trace;
  const [rows, cols] = [z.length, z[0].length];
  const [down, along] = steps(rows, cols);
  if (down === 1 && along === 1) return trace;
  notes.push(`A matrix of ${rows} × ${cols} is drawn with every ${down}. row and every ${along}. column.`);
  const thinned = every(z, down).map((row) => (isArray(row) ? every(row, along) : row));
  const sides = { ...stretched(trace, "y", rows, down), ...stretched(trace, "x", cols, along) };
  return { ...trace, z: thinned, ...sides };
}

/** How far apart the rows and the columns are that are drawn. */
function steps(rows: number, cols: number): [down: number, along: number] {
  const [down, along] = [Math.ceil(rows / longestSide), Math.ceil(cols / longestSide)];
  const more = Math.ceil(Math.sqrt((rows * cols) / (down * along * mostCells)));
  return [down * more, along * more];
}

function every(values: ArrayLike<unknown>, step: number): unknown[] {
  return Array.from({ length: Math.ceil(values.length / step) }, (_, k) => values[k * step]);
}

/** The coordinates of the rows or columns that are left: chosen from the given ones, or spaced out. */
function stretched(trace: Trace, axis: "x" | "y", length: number, step: number): Trace {
  const given = trace[axis];
  if (isArray(given)) return given.length === length ? { [axis]: every(given, step) } : {};
  const unit = typeof trace[`d${axis}`] === "number" ? (trace[`d${axis}`] as number) : 1;
  return { [`d${axis}`]: unit * step };
}
