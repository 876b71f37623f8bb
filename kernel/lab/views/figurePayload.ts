/** A plotly figure as it came from a notebook, made safe to draw: own keys, plain text, gaps, a bounded size. */

import { bounded } from "./figureBounds.js";
import { isDangerous, isFigureName } from "./figureNames.js";
import { type PlotlyFigure, thin } from "./figureSize.js";
import { safeArguments, typedTrace } from "./figureTypes.js";
import { decodeArray, gapCount, isEncodedArray } from "./plotlyArray.js";
import { isOwnPicture, plainMarkup } from "./plotlyText.js";

/** A figure that may be drawn, and what the reader should know of it. */
export interface ReadFigure extends PlotlyFigure {
  readonly notes: readonly string[];
}

/** Deeper than any figure, shallower than the stack. */
const deepest = 60;

/** Reads a payload; throws an Error that says what came and what was needed. Never changes what it reads. */
export function readFigure(payload: unknown): ReadFigure {
  const figure = fields("the figure", payload);
  const traces = Object.hasOwn(figure, "data") ? figure.data : undefined;
  if (!Array.isArray(traces))
    throw new TypeError(`a figure's data is ${kind(traces)}; needed a list of traces`);
  const layout = Object.hasOwn(figure, "layout") ? fields("layout", figure.layout) : {};
  const data = traces.map((trace, k) => safe(fields(`trace ${k + 1}`, trace)) as Record<string, unknown>);
  const drawn = data.map(typedTrace).filter((trace) => trace !== undefined);
  const thinned = thin(drawn);
  const made = bounded({ data: thinned.data, layout: safe(layout, "", 1) as Record<string, unknown> });
  return {
    data: made.data,
    layout: made.layout,
    notes: [
      ...leftOutNote(data.length - drawn.length),
      ...thinned.notes,
      ...made.notes,
      ...gapNote(thinned.data),
    ],
  };
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
    const isKnown = isFree(key) ? !isDangerous(name) : isFigureName(name);
    if (isKnown && !isForeignType(name, item, depth))
      copy[name] = safe(item, isOwnData(key) ? key : name, depth + 1);
  }
  return ["method", "args", "args2"].some((name) => name in copy) ? safeButton(copy) : copy;
}

/** What a figure says of itself, which plotly only shows: names in it are its own. */
function isOwnData(key: string): boolean {
  return key === "meta" || key === "customdata";
}

/** Names there are the figure's own, or paths that `safeArguments` looks at. */
function isFree(key: string): boolean {
  return isOwnData(key) || key === "args" || key === "args2";
}

/** Under a template, or in a button, a type that fetches; a trace's own type decides whether it is drawn at all. */
function isForeignType(name: string, item: unknown, depth: number): boolean {
  return depth > 0 && name === "type" && typeof item === "string" && /map|geo|choropleth/i.test(item);
}

/** A button, or a step of a slider; one that would do more than change how something looks does nothing. */
function safeButton(button: Record<string, unknown>): Record<string, unknown> {
  const { args, args2, method = "restyle", ...rest } = button;
  const [first, second] = [safeArguments(method, args), safeArguments(method, args2)];
  if (first === undefined) return { ...rest, method: "skip" };
  return { ...rest, method, args: first, ...(second === undefined ? {} : { args2: second }) };
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

function leftOutNote(count: number): string[] {
  if (count === 0) return [];
  const traces = count === 1 ? "1 trace is" : `${count} traces are`;
  return [`${traces} not drawn: maps are fetched from the network, and other types are not known here.`];
}

function gapNote(data: readonly Record<string, unknown>[]): string[] {
  const count = data.reduce((sum, trace) => sum + gapCount(trace), 0);
  if (count === 0) return [];
  const values = count === 1 ? "1 value is" : `${count.toLocaleString("en")} values are`;
  return [`${values} missing or not finite (NaN, ±∞) and left as gaps.`];
}
