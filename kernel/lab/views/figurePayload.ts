/** A plotly figure as it came from a notebook, made safe to draw: own keys, plain text, gaps, a bounded size. */

import { type PlotlyFigure, thin } from "./figureSize.js";
import { decodeArray, gapCount, isEncodedArray } from "./plotlyArray.js";
import { isOwnPicture, plainMarkup } from "./plotlyText.js";

/** A figure that may be drawn, and what the reader should know of it. */
export interface ReadFigure extends PlotlyFigure {
  readonly notes: readonly string[];
}

/** Deeper than any figure, shallower than the stack. */
const deepest = 60;

/** Trace types and layout parts that draw maps: they fetch tiles and outlines from the network. */
const maps = /^(?:scatter|choropleth|density)?(?:map|mapbox|geo)\d*$|^choropleth$/;

/** Reads a payload; throws an Error that says what came and what was needed. Never changes what it reads. */
export function readFigure(payload: unknown): ReadFigure {
  const figure = fields("the figure", payload);
  const traces = Object.hasOwn(figure, "data") ? figure.data : undefined;
  if (!Array.isArray(traces))
    throw new TypeError(`a figure's data is ${kind(traces)}; needed a list of traces`);
  const layout = Object.hasOwn(figure, "layout") ? fields("layout", figure.layout) : {};
  const data = traces.map((trace, k) => safe(fields(`trace ${k + 1}`, trace)) as Record<string, unknown>);
  const local = data.filter(({ type }) => typeof type !== "string" || !maps.test(type));
  const thinned = thin(local);
  return {
    data: thinned.data,
    layout: safeLayout(layout),
    notes: [...mapNote(data.length - local.length), ...thinned.notes, ...gapNote(thinned.data)],
  };
}

function safeLayout(layout: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(safe(layout) as Record<string, unknown>);
  return Object.fromEntries(entries.filter(([name]) => !maps.test(name)));
}

/** A deep copy with own keys only, harmless text, typed arrays instead of their base64, and no foreign addresses. */
function safe(value: unknown, key = "", depth = 0): unknown {
  if (depth > deepest) throw new RangeError(`the figure is nested deeper than ${deepest}`);
  if (typeof value === "string") return isForeign(key, value) ? undefined : plainMarkup(value);
  if (typeof value === "number" && !Number.isFinite(value)) return null;
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map((item) => safe(item, key, depth + 1));
  if (typeof value !== "object" || value === null) return value;
  if (isEncodedArray(value)) return decodeArray(value);
  const copy: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(value)) {
    if (name !== "__proto__" && name !== "constructor" && name !== "prototype")
      copy[name] = safe(item, name, depth + 1);
  }
  return copy;
}

/** Whether a text is an address that plotly would fetch: under a key for pictures, or given to a button or slider. */
function isForeign(key: string, text: string): boolean {
  if (isOwnPicture(text)) return false;
  return /source$/i.test(key) || (/^args2?$/.test(key) && /^\s*(?:[a-z][\w+.-]*:|\/\/)/i.test(text));
}

function fields(name: string, value: unknown): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new TypeError(`${name} is ${kind(value)}; needed an object`);
}

function kind(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return Array.isArray(value) ? "a list" : `a ${typeof value}`;
}

function mapNote(count: number): string[] {
  if (count === 0) return [];
  return [`${count === 1 ? "1 map is" : `${count} maps are`} not drawn: maps are fetched from the network.`];
}

function gapNote(data: readonly Record<string, unknown>[]): string[] {
  const count = data.reduce((sum, trace) => sum + gapCount(trace), 0);
  if (count === 0) return [];
  const values = count === 1 ? "1 value is" : `${count.toLocaleString("en")} values are`;
  return [`${values} missing or not finite (NaN, ±∞) and left as gaps.`];
}
