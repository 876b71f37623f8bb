/** How far the numbers of a figure reach along each axis, which says how many steps fit into them. */

import type { PlotlyFigure } from "./figureSize.js";
import { isArray } from "./plotlyArray.js";

/** The axes; z is what colours and contours go by. */
export type Letter = "x" | "y" | "z";

/** The length of the stretch that the figure's numbers take on each axis, at least the length of its longest list. */
export type FigureReach = Readonly<Record<Letter, number>>;

interface Found {
  readonly least: Record<Letter, number>;
  readonly most: Record<Letter, number>;
  /** The length of the longest list. */
  longest: number;
  /** What bars, boxes and errors add. */
  beside: number;
  /** One axis goes by another. */
  isJoined: boolean;
  hasBars: boolean;
}

/** The reach of a figure whose lists were thinned. Dates count in milliseconds, as plotly counts them. */
export function reachOf({ data, layout }: PlotlyFigure): FigureReach {
  const found: Found = {
    least: { x: Infinity, y: Infinity, z: Infinity },
    most: { x: -Infinity, y: -Infinity, z: -Infinity },
    longest: 1,
    beside: 0,
    isJoined: false,
    hasBars: false,
  };
  for (const trace of data) look(trace, undefined, found);
  const { longest: longestOfTraces } = found;
  look(layout, undefined, found);
  found.longest = longestOfTraces;
  for (const trace of data) found.beside += besideOf(trace, found.longest);
  const lengthOf = (letter: Letter): number => {
    const [least, most] = [found.least[letter], found.most[letter]];
    const own = most < least ? 0 : most - least;
    const fromZero = found.hasBars ? Math.min(Math.max(Math.abs(least), Math.abs(most)), longestFromZero) : 0;
    return Math.max(own, Number.isFinite(fromZero) ? fromZero : 0, found.longest) + found.beside;
  };
  const each = { x: lengthOf("x"), y: lengthOf("y"), z: lengthOf("z") };
  const all = Math.max(each.x, each.y, each.z);
  return found.isJoined ? { x: all, y: all, z: all } : each;
}

/** Bars begin at 0, on an axis of numbers; as milliseconds more than this are dates. */
const longestFromZero = 1e11;

function look(value: unknown, letter: Letter | undefined, found: Found): void {
  if (isArray(value)) {
    found.longest = Math.max(found.longest, value.length);
    for (const item of value) look(item, letter, found);
  } else if (typeof value === "object" && value !== null) {
    for (const [name, part] of Object.entries(value)) lookUnder(name, part, letter, found);
  } else if (letter !== undefined) {
    const number = numberOf(value);
    if (!Number.isFinite(number)) return;
    found.least[letter] = Math.min(found.least[letter], number);
    found.most[letter] = Math.max(found.most[letter], number);
  }
}

function lookUnder(name: string, part: unknown, letter: Letter | undefined, found: Found): void {
  if (/^(?:matches|scaleanchor|overlaying)$/.test(name)) found.isJoined = true;
  if (/^(?:fill|rangemode)$/.test(name) || /^(?:bar|histogram|waterfall|funnel)$/.test(String(part)))
    found.hasBars = true;
  look(part, letterOf(name) ?? (/^(?:range|r)$|axis/.test(name) ? letter : undefined), found);
}

/** The axis that a name's numbers lie on. */
function letterOf(name: string): Letter | undefined {
  const own = /^([xyz])(?:[01]|axis\d*)?$/.exec(name)?.[1];
  if (own) return own as Letter;
  if (/^(?:open|high|low|close|lowerfence|upperfence|q[13]|median)$/.test(name)) return "y";
  return /^(?:[cz]m(?:in|ax)|start|end)$/.test(name) ? "z" : undefined;
}

/** What a trace's bars, errors and regular places add to its numbers. */
function besideOf(
  { base, offset, width, dx, dy, error_x, error_y }: Record<string, unknown>,
  longest: number,
): number {
  const errors = [error_x, error_y].flatMap((error) => {
    const { array, arrayminus, value, valueminus } = (error ?? {}) as Record<string, unknown>;
    return [array, arrayminus, value, valueminus];
  });
  const added = [base, offset, width, ...errors].reduce<number>((sum, part) => sum + largest(part), 0);
  return added + longest * (largest(dx) + largest(dy));
}

/** The largest number in it, whatever its sign; 0 where there is none. */
function largest(part: unknown): number {
  if (isArray(part)) return Array.from(part, largest).reduce((most, n) => Math.max(most, n), 0);
  const number = Math.abs(numberOf(part));
  return Number.isFinite(number) ? number : 0;
}

function numberOf(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || value.length > 40) return Number.NaN;
  return /^\d{4}-\d\d/.test(value) ? Date.parse(value) : Number(value || Number.NaN);
}
