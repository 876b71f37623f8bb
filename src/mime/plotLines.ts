import { lineColours } from "./colour.js";
import { axis, type Figure, figure, layout } from "./figure.js";
import { plotlyText, spokenText } from "./mathText.js";
import { type PlotFrame, svgFigure, type ToPixels } from "./svg.js";
import { thinnedLine } from "./thinnedLine.js";
import type { Titles } from "./titles.js";
import { countWords } from "./valueScale.js";
import { threeDigits } from "./written.js";

/** A line of a plot: its points, and the name that the legend shows. */
export interface PlottedLine {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly name?: string;
}

/** Lines through points, one colour each; a point without neighbours is a dot, one that is not finite a gap. Throws RangeError where x and y differ in length. */
export function plotLines(lines: readonly PlottedLine[], titles: Titles = {}): Figure {
  checkLines(lines);
  const { title = "", x = "x", y = "y" } = titles;
  const traces = lines.map((line, k) => ({
    ...{ type: "scatter", mode: "lines", name: line.name ?? `line ${k + 1}` },
    ...{ x: gaps(line.x), y: gaps(line.y), line: { color: colour(k) } },
    ...dots(line),
  }));
  const data = traces.map((trace) => ({ ...trace, name: plotlyText(trace.name) }));
  const payload = { data, layout: layout(title, { xaxis: axis(x), yaxis: axis(y), height: 380 }) };
  const sentence = `Figure: ${spokenText(title) || "lines"}, ${overWhat(x, y)}: ${traces.map(({ name }, k) => courseOf(lines[k], lines.length > 1 ? name : "")).join("; ")}.`;
  const frame: PlotFrame = {
    ...{ title, sentence, width: 480, height: 280 },
    x: { title: x, range: plottedRange(lines.map((line) => line.x)) },
    y: { title: y, range: plottedRange(lines.map((line) => line.y)) },
    legend: lines.length > 1 ? traces.map(({ name }, k) => ({ colour: colour(k), name })) : undefined,
  };
  // A picture has no more to show than its pixels do, of which a dense screen has three for each of ours.
  const drawn = lines.map((line) => thinnedLine(line, 3 * frame.width));
  const svg = svgFigure(frame, (place) => drawn.map((line, k) => linePath(line, k, place)).join(""));
  return figure(payload, svg, sentence);
}

function overWhat(x: string, y: string): string {
  return [y, x].filter((word) => word !== "").join(" over ");
}

/** "f from 2.3 to 0.02, least 0.01, of 20 points": a line in words. */
function courseOf({ y }: PlottedLine, name: string): string {
  const finite = Array.from(y).filter(Number.isFinite);
  if (finite.length === 0) return `${name} without a point`.trim();
  const [first, last] = [finite[0], finite[finite.length - 1]];
  const [least, greatest] = plottedExtremes([finite]);
  const ends = [Math.min(first, last), Math.max(first, last)];
  const beyond = [
    ...(least < ends[0] ? [`least ${threeDigits(least)}`] : []),
    ...(greatest > ends[1] ? [`greatest ${threeDigits(greatest)}`] : []),
  ];
  const way = `${name} from ${threeDigits(first)} to ${threeDigits(last)}`.trim();
  return [way, ...beyond, countWords(finite.length, "point")].join(", ");
}

/** Line k in the static form, broken at gaps. */
export function linePath(line: PlottedLine, k: number, place: ToPixels): string {
  let pen = "M";
  const steps: string[] = [];
  for (let at = 0; at < line.x.length; at++) {
    if (!Number.isFinite(line.x[at]) || !Number.isFinite(line.y[at])) pen = "M";
    else {
      const [left, top] = place(line.x[at], line.y[at]);
      steps.push(`${pen}${left.toFixed(1)} ${top.toFixed(1)}`);
      pen = "L";
    }
  }
  const drawn = `<path d="${steps.join("")}" fill="none" class="stroke${k % lineColours.length}" stroke="${colour(k)}" stroke-width="2"/>`;
  return drawn + circles(line, k, place);
}

function circles(line: PlottedLine, k: number, place: ToPixels): string {
  return lonelyPoints(line)
    .map((at) => {
      const [left, top] = place(line.x[at], line.y[at]);
      return `<circle cx="${left.toFixed(1)}" cy="${top.toFixed(1)}" r="${dotSize / 2}" class="fill${k % lineColours.length}" fill="${colour(k)}"/>`;
    })
    .join("");
}

const dotSize = 6;

/** For plotly: markers of size 0 but for the points without neighbours; nothing where there are none. */
function dots(line: PlottedLine): object {
  const lonely = new Set(lonelyPoints(line));
  if (lonely.size === 0) return {};
  const size = Array.from(line.x, (_, k) => (lonely.has(k) ? dotSize : 0));
  return { mode: "lines+markers", marker: { size, opacity: 1 } };
}

/** The points to which no line leads: one alone, or one between gaps. */
function lonelyPoints({ x, y }: PlottedLine): number[] {
  const isThere = (k: number): boolean => Number.isFinite(x[k]) && Number.isFinite(y[k]);
  return Array.from(x, (_, k) => k).filter((k) => isThere(k) && !isThere(k - 1) && !isThere(k + 1));
}

/** JSON has no NaN: plotly reads null as a gap. */
function gaps(values: ArrayLike<number>): (number | null)[] {
  return Array.from(values, (x) => (Number.isFinite(x) ? x : null));
}

/** From the least to the greatest finite number, wider than 0. */
export function plottedRange(lists: readonly ArrayLike<number>[]): [number, number] {
  const [least, greatest] = plottedExtremes(lists);
  return least > greatest ? [0, 1] : least === greatest ? [least - 0.5, greatest + 0.5] : [least, greatest];
}

/** The least and the greatest finite number; ∞ and −∞ where there is none. */
function plottedExtremes(lists: readonly ArrayLike<number>[]): [number, number] {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const list of lists) {
    for (let k = 0; k < list.length; k++) {
      if (!Number.isFinite(list[k])) continue;
      least = Math.min(least, list[k]);
      greatest = Math.max(greatest, list[k]);
    }
  }
  return [least, greatest];
}

function colour(k: number): string {
  return lineColours[k % lineColours.length];
}

function checkLines(lines: readonly PlottedLine[]): void {
  if (!Array.isArray(lines) || lines.length === 0)
    throw new TypeError("plot.lines: needed a list of { x, y, name }");
  for (const [k, { x, y }] of lines.entries()) {
    if (x?.length === y?.length && x !== undefined) continue;
    throw new RangeError(
      `plot.lines: line ${k + 1} has ${x?.length} x and ${y?.length} y; needed as many of each`,
    );
  }
}
