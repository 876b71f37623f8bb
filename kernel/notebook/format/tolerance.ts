/** Numbers in a text that may differ a little: rounding goes its own way where sums are added in another order. */
import { cellOptions } from "./cell.js";
import type { Cell } from "./types.js";

const number = /[-−]?\d+(?:\.\d+)?(?:e[-+]?\d+)?/gi;

/** How much numbers of the cell's text may differ, as its line //| tolerance: 1e-12 says; undefined where all must be the same. */
export function toleranceOf(cell: Cell): number | undefined {
  const said = cellOptions(cell).get("tolerance");
  const value = said === undefined ? Number.NaN : Number(said);
  return value >= 0 && Number.isFinite(value) ? value : undefined;
}

/** Whether two texts are the same, but for numbers that differ by at most `tolerance`. */
export function agree(first: string, second: string, tolerance: number | undefined): boolean {
  if (first === second || tolerance === undefined) return first === second;
  if (first.replace(number, "") !== second.replace(number, "")) return false;
  const [ours, theirs] = [first, second].map((text) => (text.match(number) ?? []).map(asNumber));
  return ours?.every((value, at) => Math.abs(value - (theirs?.[at] ?? Number.NaN)) <= tolerance) ?? false;
}

const asNumber = (text: string): number => Number(text.replace("−", "-"));
