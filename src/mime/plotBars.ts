import { lineColours } from "./colour.js";
import { axis, type Figure, figure, layout } from "./figure.js";
import { plotlyText, spokenText } from "./mathText.js";
import { type PlotFrame, svgFigure, type ToPixels } from "./svg.js";
import { svgText } from "./svgText.js";
import { textWidth } from "./textWidth.js";
import type { Titles } from "./titles.js";
import { powerOfTen, threeDigits } from "./written.js";

/** Titles (x says what the names are, y what the values), and whether the values are drawn on a logarithmic axis. */
export interface BarOptions extends Titles {
  readonly log?: boolean;
}

/** A name and its value, and where the value is drawn along the axis. */
interface Bar {
  readonly name: string;
  readonly value: number;
  readonly end: number;
}

const [width, step, thickness] = [420, 30, 18];

/**
 * A value for each name, written beside it: a bar from 0, or on a logarithmic axis, where bars would begin nowhere, a dot.
 * Throws RangeError for a value that is not finite, or not positive on a logarithmic axis.
 */
export function plotBars(values: Readonly<Record<string, number>>, options: BarOptions = {}): Figure {
  const { title = "", x = "", y = "value", log = false } = options;
  checkBars(values, log);
  const bars = Object.entries(values).map(([name, value]) => ({
    name,
    value,
    end: log ? Math.log10(value) : value,
  }));
  const written = bars.map(({ name, value }) => `${name} ${threeDigits(value)}`).join(", ");
  const sentence = `Figure: ${spokenText(title) || (log ? "dots" : "bars")}: ${written}.`;
  const frame = { ...barFrame(bars, log), title, sentence };
  const titled: PlotFrame = { ...frame, x: { ...frame.x, title: y }, y: { ...frame.y, title: x } };
  const svg = svgFigure(titled, (place) => (log ? dots(bars, titled, place) : rectangles(bars, place)));
  return figure({ data: [trace(bars, log)], layout: barLayout(titled, log) }, svg, sentence);
}

/** Names run down; bars stand on 0, dots lie between powers of ten, and there is room for the number beside the last. */
function barFrame(bars: readonly Bar[], log: boolean): Pick<PlotFrame, "width" | "height" | "x" | "y"> {
  const ends = bars.map(({ end }) => end);
  const [least, greatest] = [Math.min(...ends), Math.max(...ends)];
  const [from, to] = log
    ? [Math.floor(least - 0.1), Math.ceil(greatest + 0.1)]
    : [Math.min(0, least), Math.max(0, greatest)];
  const room =
    ((to - from || 1) * (12 + Math.max(...bars.map(({ value }) => textWidth(threeDigits(value), 12))))) /
    width;
  const range = [least < 0 && !log ? from - room : from, to + room] as const;
  const stride = Math.max(1, Math.ceil((to - from) / 6));
  const powers = Array.from({ length: Math.floor((to - from) / stride) + 1 }, (_, k) => from + stride * k);
  const ticks = log ? powers.map((k) => [k, powerOfTen(10 ** k)] as const) : undefined;
  const names = bars.map(({ name }, k) => [k, name] as const);
  return {
    ...{ width, height: step * bars.length + 12 },
    x: { title: "", range, ticks },
    y: { title: "", range: [bars.length - 0.5, -0.5], ticks: names },
  };
}

function rectangles(bars: readonly Bar[], place: ToPixels): string {
  return bars
    .map(({ value, end }, k) => {
      const [zero, y] = place(0, k);
      const [at] = place(end, k);
      const box = [Math.min(zero, at), y - thickness / 2, Math.abs(at - zero), thickness].map((x) =>
        x.toFixed(1),
      );
      const bar = `<rect x="${box[0]}" y="${box[1]}" width="${box[2]}" height="${box[3]}" class="fill0" fill="${lineColours[0]}"/>`;
      return bar + beside(value, value < 0 ? [at - 6, y] : [at + 6, y], value < 0 ? "end" : "start");
    })
    .join("");
}

/** A thin line leads from the name to its dot. */
function dots(bars: readonly Bar[], frame: PlotFrame, place: ToPixels): string {
  return bars
    .map(({ value, end }, k) => {
      const [from, y] = place(frame.x.range[0], k);
      const [at] = place(end, k);
      const lead = `<path d="M${from.toFixed(1)} ${y.toFixed(1)}H${at.toFixed(1)}" class="axis" stroke="#888" stroke-dasharray="1 4"/>`;
      const dot = `<circle cx="${at.toFixed(1)}" cy="${y.toFixed(1)}" r="5" class="fill0" fill="${lineColours[0]}"/>`;
      return lead + dot + beside(value, [at + 10, y], "start");
    })
    .join("");
}

function beside(value: number, [x, y]: readonly [number, number], anchor: string): string {
  return svgText([x, y + 4], threeDigits(value), `text-anchor="${anchor}"`);
}

function trace(bars: readonly Bar[], log: boolean): Record<string, unknown> {
  const [x, y] = [bars.map(({ value }) => value), bars.map(({ name }) => plotlyText(name))];
  const text = x.map(threeDigits);
  const shown = { x, y, text, cliponaxis: false, hovertemplate: "%{y}: %{x}<extra></extra>" };
  const marker = { color: lineColours[0] };
  if (!log) return { type: "bar", orientation: "h", ...shown, textposition: "outside", marker };
  return {
    type: "scatter",
    mode: "markers+text",
    ...shown,
    textposition: "middle right",
    marker: { ...marker, size: 10 },
  };
}

function barLayout(frame: PlotFrame, log: boolean): Record<string, unknown> {
  const scale = log ? { type: "log", exponentformat: "power", dtick: 1 } : { zeroline: true };
  // a name that looks like a number is a name still
  const names = { type: "category", autorange: "reversed", automargin: true, showgrid: log };
  const height = frame.height + 140;
  return layout(frame.title, {
    ...{
      xaxis: axis(frame.x.title, { ...scale, range: [...frame.x.range] }),
      yaxis: axis(frame.y.title, names),
    },
    ...{ height, width: 720, bargap: 0.4, showlegend: false, margin: { l: 64, r: 48, t: 56, b: 56 } },
  });
}

function checkBars(values: Readonly<Record<string, number>>, log: boolean): void {
  const entries = Object.entries(values ?? {});
  if (entries.length === 0) throw new TypeError("plot.bars: needed an object of named values");
  const bad = entries.find(([, x]) => !Number.isFinite(x) || (log && x <= 0));
  if (bad)
    throw new RangeError(`plot.bars: ${bad[0]} is ${bad[1]}; needed a ${log ? "positive" : "finite"} number`);
}
