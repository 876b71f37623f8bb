/** A figure made to fit its page: colours for a dark ground, no wider than there is room, the whole of its title. */

import { darkLineColours, lineColours, plotlyScale, scales } from "../../../src/mime/colour.js";
import { wrappedText } from "../../../src/mime/textWidth.js";
import type { PlotlyFigure } from "./figureSize.js";

type Fields = Record<string, unknown>;

/** The figure for a page of a width in pixels; 0 where it is not known yet. */
export function fitted({ data, layout }: PlotlyFigure, width: number, dark: boolean): PlotlyFigure {
  const sized = framed(sizedLayout(layout, width));
  const shown = typeof sized.width === "number" ? sized.width : width;
  const legible = data.map((trace) => withLegibleBar(trace, sized));
  return { data: dark ? legible.map(darkened) : legible, layout: titled(sized, shown) };
}

/** What the figure says in one sentence: its own, or its title and its traces. */
export function figureSentence({ data, layout }: PlotlyFigure): string {
  const said = fieldsOf(layout.meta).description;
  if (typeof said === "string" && said !== "") return said;
  const kinds = data.map(({ type, name }) => [name, type ?? "scatter"].filter(Boolean).join(": "));
  const title = titleText(layout).replace(/<[^>]*>/g, "");
  return `Figure${title === "" ? "" : `: ${title}`}, ${data.length === 1 ? "1 trace" : `${data.length} traces`} (${kinds.slice(0, 8).join(", ")})`;
}

/** The colours that our figures have on a light ground become those of a dark one; others stay. */
function darkened(trace: Fields): Fields {
  const changed = { ...trace };
  const ramp = JSON.stringify(trace.colorscale);
  const scale = Object.values(scales).find(({ light }) => JSON.stringify(plotlyScale(light)) === ramp);
  if (scale) changed.colorscale = plotlyScale(scale.dark);
  for (const part of ["line", "marker"]) {
    const look = fieldsOf(trace[part]);
    const k = lineColours.indexOf(String(look.color));
    if (k >= 0) changed[part] = { ...look, color: darkLineColours[k] };
  }
  return changed;
}

/** Wider than the page: as wide as the page, and where cells are square as much lower as it is narrower. */
function sizedLayout(layout: Fields, room: number): Fields {
  const { width, height } = layout;
  if (room <= 0 || typeof width !== "number" || width <= room) return layout;
  const isSquare = fieldsOf(layout.yaxis).scaleanchor !== undefined;
  if (!isSquare || typeof height !== "number") return { ...layout, width: room };
  const { l = 80, r = 80, t = 100, b = 80 } = fieldsOf(layout.margin) as Record<string, number>;
  const inside = (room - l - r) / (width - l - r);
  return { ...layout, width: room, height: Math.round(t + b + Math.max(40, (height - t - b) * inside)) };
}

/** A picture whose ground is the page's has a line around it: else nobody sees where a matrix of zeros ends. */
function framed(layout: Fields): Fields {
  if (fieldsOf(layout.yaxis).scaleanchor === undefined) return layout;
  const line = { showline: true, mirror: true, linewidth: 1 };
  return {
    ...layout,
    xaxis: { ...line, ...fieldsOf(layout.xaxis) },
    yaxis: { ...line, ...fieldsOf(layout.yaxis) },
  };
}

/** Beside a low picture the colour bar is higher than it: its title and three numbers do not fit otherwise. */
function withLegibleBar(trace: Fields, { height, margin }: Fields): Fields {
  const bar = fieldsOf(trace.colorbar);
  if (typeof height !== "number" || typeof bar.len !== "number" || bar.lenmode === "pixels") return trace;
  const { t = 100, b = 80 } = fieldsOf(margin) as Record<string, number>;
  if (bar.len * (height - t - b) >= lowestBar) return trace;
  return { ...trace, colorbar: { ...bar, lenmode: "pixels", len: Math.min(lowestBar, height - 20) } };
}

/** Pixels of a colour bar with its title. */
const lowestBar = 130;

function titled(layout: Fields, width: number): Fields {
  const text = titleText(layout);
  if (text === "" || width <= 0) return layout;
  const lines = text.split(/<br\s*\/?>/i).flatMap((line) => wrappedText(line, width - 40, titleSize));
  const title = typeof layout.title === "string" ? {} : fieldsOf(layout.title);
  const more = 20 * (lines.length - text.split(/<br\s*\/?>/i).length);
  const margin = fieldsOf(layout.margin);
  const top = typeof margin.t === "number" ? margin.t : 56;
  return {
    ...layout,
    title: { ...title, text: lines.join("<br>") },
    margin: { ...margin, t: top + more },
    ...(typeof layout.height === "number" ? { height: layout.height + more } : {}),
  };
}

const titleSize = 16;

function titleText(layout: Fields): string {
  const text = typeof layout.title === "string" ? layout.title : fieldsOf(layout.title).text;
  return typeof text === "string" ? text : "";
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
