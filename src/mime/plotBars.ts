import { lineColours } from "./colour.js";
import { axis, type Figure, figure, layout } from "./figure.js";
import { type PlotFrame, svgFigure } from "./svg.js";
import type { Titles } from "./titles.js";

/** Titles, and whether the values are drawn on a logarithmic axis. */
export interface BarOptions extends Titles {
  readonly log?: boolean;
}

/** One bar for each name. Throws RangeError for a value that is not finite, or not positive on a logarithmic axis. */
export function plotBars(values: Readonly<Record<string, number>>, options: BarOptions = {}): Figure {
  const { title = "", x = "", y = "value", log = false } = options;
  const names = Object.keys(values);
  checkBars(values, log);
  const trace = { type: "bar", x: names, y: Object.values(values), marker: { color: lineColours[0] } };
  const heights = Object.values(values).map((value) => (log ? Math.log10(value) : value));
  const frame = barFrame(names, heights, { title, x, y, log });
  // a name that looks like a number is a name still
  const xaxis = axis(x, { type: "category" });
  const scale = log ? { type: "log", exponentformat: "power", dtick: 1, range: frame.y.range } : {};
  const payload = { data: [trace], layout: layout(title, { xaxis, yaxis: axis(y, scale), height: 360 }) };
  const sentence = `Figure: ${title || "bars"}: ${names.map((name) => `${name} ${Number(values[name].toPrecision(3))}`).join(", ")}`;
  return figure(payload, svgFigure(frame, bars(heights, frame, log)), sentence);
}

/** Bars stand on 0; on a logarithmic axis on a power of ten clearly below all of them. */
function barFrame(names: string[], heights: number[], { title, x, y, log }: Required<BarOptions>): PlotFrame {
  const [least, greatest] = [Math.min(...heights), Math.max(...heights)];
  const bottom = log ? Math.floor(least - 0.25) : Math.min(0, least);
  const top = log ? Math.ceil(greatest) : Math.max(0, greatest) || 1;
  const step = Math.max(1, Math.ceil((top - bottom) / 6));
  const powers = Array.from({ length: Math.floor((top - bottom) / step) + 1 }, (_, k) => bottom + step * k);
  return {
    ...{ title, width: Math.max(240, 90 * names.length), height: 260 },
    x: { title: x, range: [-0.5, names.length - 0.5], ticks: names.map((name, k) => [k, name]) },
    y: { title: y, range: [bottom, top], ticks: log ? powers.map((k) => [k, `10^${k}`]) : undefined },
  };
}

function bars(heights: number[], frame: PlotFrame, log: boolean): Parameters<typeof svgFigure>[1] {
  const ground = log ? frame.y.range[0] : 0;
  return (place) =>
    heights
      .map((height, k) => {
        const [left, top] = place(k - 0.35, Math.max(height, ground));
        const [right, bottom] = place(k + 0.35, Math.min(height, ground));
        const box = [left, top, right - left, bottom - top].map((x) => x.toFixed(1));
        return `<rect x="${box[0]}" y="${box[1]}" width="${box[2]}" height="${box[3]}" fill="${lineColours[0]}"/>`;
      })
      .join("");
}

function checkBars(values: Readonly<Record<string, number>>, log: boolean): void {
  const entries = Object.entries(values ?? {});
  if (entries.length === 0) throw new TypeError("plot.bars: needed an object of named values");
  const bad = entries.find(([, x]) => !Number.isFinite(x) || (log && x <= 0));
  if (bad)
    throw new RangeError(`plot.bars: ${bad[0]} is ${bad[1]}; needed a ${log ? "positive" : "finite"} number`);
}
