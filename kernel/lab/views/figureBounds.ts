/** Numbers of a figure that would freeze a page: sizes, counts and steps, kept to what a page can draw, with a note. */

import { type FigureReach, type Letter, reachOf } from "./figureReach.js";
import type { PlotlyFigure } from "./figureSize.js";
import { isArray } from "./plotlyArray.js";
import { isOwnPicture } from "./plotlyText.js";

/** The largest values, by name; what is larger is made as large as this. Longer sides than these leave the page. */
const largest: Readonly<Record<string, number>> = {
  width: 4_000,
  height: 4_000,
  size: 1_000,
  standoff: 1_000,
  l: 1_000,
  r: 1_000,
  t: 1_000,
  b: 1_000,
  pad: 1_000,
  ticklen: 500,
  tickwidth: 500,
  borderwidth: 500,
  nticks: 200,
  nbinsx: 2_000,
  nbinsy: 2_000,
  ncontours: 200,
  rows: 40,
  columns: 40,
  len: 4_000,
  thickness: 1_000,
  itemwidth: 1_000,
  entrywidth: 4_000,
  tracegroupgap: 1_000,
  arrowsize: 20,
  ax: 1_000_000,
  ay: 1_000_000,
};

/** Steps: between ticks, contours and the sides of bins. So many fit into the figure's numbers at most. */
const steps: ReadonlySet<string> = new Set(["dtick", "size", "bandwidth"]);
const stepped = /^(?:[xy]bins|contours|[xyz])$/;
const mostSteps = 1_000;

/**
 * Lists of shapes, pictures, buttons and the like are cut after this many; of annotations, each of which takes some
 * milliseconds, after a third of that; a text after so many letters.
 */
const [mostParts, mostAnnotations, longestText] = [300, 100, 5_000];

/** A picture that the figure holds is a text too, of base64; a longer one is left out, for a part of it is none. */
const longestPicture = 20_000_000;

/** The figure with all of that within bounds; a note says what was changed. */
export function bounded({
  data,
  layout,
}: PlotlyFigure): PlotlyFigure & { readonly notes: readonly string[] } {
  const changed = new Set<string>();
  const place: Place = { name: "", parent: "", axis: "z", reach: reachOf({ data, layout }), changed };
  const bound = (part: Record<string, unknown>) => boundedValue(part, place) as Record<string, unknown>;
  const made = { data: data.map(bound), layout: boundedLayout(bound(layout)) };
  const notes =
    changed.size === 0 ? [] : [`Out of bounds, and drawn within them: ${[...changed].sort().join(", ")}.`];
  return { ...made, notes };
}

/** A layout with thousands of axes is laid out for ever. */
function boundedLayout(layout: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(layout).slice(0, mostParts));
}

interface Place {
  readonly name: string;
  /** The name of what it is in. */
  readonly parent: string;
  /** The axis that it belongs to. */
  readonly axis: Letter;
  /** How far the figure's numbers reach. */
  readonly reach: FigureReach;
  /** How many decades it shows, where it is logarithmic: its ticks count them. */
  readonly decades?: number;
  /** The names of what was changed, so far. */
  readonly changed: Set<string>;
}

function boundedValue(value: unknown, place: Place): unknown {
  const { name } = place;
  if (typeof value === "number") return boundedNumber(value, place);
  if (typeof value === "string") return boundedText(value, place);
  if (Array.isArray(value)) return boundedList(value, place);
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  const decades = decadesOf(value) ?? (name === "minor" ? place.decades : undefined);
  const { decades: _, ...around } = place;
  const inside = { ...around, parent: name, ...(decades === undefined ? {} : { decades }) };
  const entries = Object.entries(value).map(([key, part]) => [
    key,
    boundedValue(part, { ...inside, name: key, axis: axisOf(key) ?? place.axis }),
  ]);
  return Object.fromEntries(entries.filter(([, part]) => part !== undefined));
}

/** xaxis2, xbins, the x of a surface's contours. */
function axisOf(name: string): Letter | undefined {
  return /^([xyz])(?:axis\d*|bins)?$/.exec(name)?.[1] as Letter | undefined;
}

/** All that a double has, or the axis's own range, which is in decades too; undefined for an axis that is not logarithmic. */
function decadesOf({
  type,
  range,
}: {
  readonly type?: unknown;
  readonly range?: unknown;
}): number | undefined {
  if (type !== "log") return undefined;
  const [first = 0, last = 0] = isArray(range) ? Array.from(range, Number) : [];
  return Math.max(640, Math.abs(last - first));
}

function boundedText(text: string, { name, changed }: Place): string | undefined {
  const isPicture = /source$/i.test(name) && isOwnPicture(text);
  if (text.length <= (isPicture ? longestPicture : longestText)) return text;
  changed.add(name || "text");
  return isPicture ? undefined : `${text.slice(0, longestText)} …`;
}

function boundedNumber(
  value: number,
  { name, parent, axis, reach, decades, changed }: Place,
): number | undefined {
  if (isStep(name, parent)) {
    const length = name === "dtick" && decades !== undefined ? decades : reach[axis];
    if (value > 0 && length / value <= mostSteps) return value;
    changed.add(name);
    return undefined;
  }
  const most = Object.hasOwn(largest, name) ? largest[name] : undefined;
  if (most === undefined || Math.abs(value) <= most) return value;
  changed.add(name);
  return Math.sign(value) * most;
}

function isStep(name: string, parent: string): boolean {
  return steps.has(name) && (name !== "size" || stepped.test(parent));
}

/** Lists of parts and of ticks are cut; lists of numbers were thinned before. */
function boundedList(list: readonly unknown[], place: Place): readonly unknown[] {
  const hasParts = list.some((item) => typeof item === "object" && item !== null && !isArray(item));
  const parts = place.name === "annotations" ? mostAnnotations : mostParts;
  const most = hasParts ? parts : /^tick(?:vals|text)/.test(place.name) ? mostSteps : list.length;
  const kept = list.slice(0, most);
  if (kept.length < list.length) place.changed.add(place.name);
  return hasParts ? kept.map((item) => boundedValue(item, place)) : kept;
}
