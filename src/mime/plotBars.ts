import { lineColours } from "./colour.js";
import { axis, type Figure, figure, layout } from "./figure.js";
import { type Frame, svgFigure } from "./svg.js";
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
  const scale = log ? { type: "log", exponentformat: "power" } : {};
  const payload = {
    data: [trace],
    layout: layout(title, { xaxis: axis(x), yaxis: axis(y, scale), height: 360 }),
  };
  const heights = Object.values(values).map((value) => (log ? Math.log10(value) : value));
  const frame = barFrame(names, heights, { title, x, y, log });
  const sentence = `Figure: ${title || "bars"}: ${names.map((name) => `${name} ${Number(values[name].toPrecision(3))}`).join(", ")}`;
  return figure(payload, svgFigure(frame, bars(heights, frame)), sentence);
}

function barFrame(names: string[], heights: number[], { title, x, y, log }: Required<BarOptions>): Frame {
  const [least, greatest] = [Math.min(0, ...heights), Math.max(0, ...heights)];
  const top = log ? Math.ceil(greatest) : greatest || 1;
  const bottom = log ? Math.floor(least) : least;
  const step = Math.max(1, Math.ceil((top - bottom) / 6));
  const powers = Array.from({ length: Math.floor((top - bottom) / step) + 1 }, (_, k) => bottom + step * k);
  return {
    ...{ title, width: Math.max(240, 90 * names.length), height: 260 },
    x: { title: x, range: [-0.5, names.length - 0.5], ticks: names.map((name, k) => [k, name]) },
    y: { title: y, range: [bottom, top], ticks: log ? powers.map((k) => [k, `10^${k}`]) : undefined },
  };
}

function bars(heights: number[], frame: Frame): Parameters<typeof svgFigure>[1] {
  return (place) =>
    heights
      .map((height, k) => {
        const [left, top] = place(k - 0.35, Math.max(height, 0));
        const [right, bottom] = place(k + 0.35, Math.max(frame.y.range[0], Math.min(height, 0)));
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
