/** Which colours fit the values of a matrix: two for 0 and 1, the ground upwards for what is never negative, blue and red else. */

import type { Numbers } from "../numeric/storage.js";
import type { ScaleName } from "./colour.js";
import type { ValueRange } from "./raster.js";
import { alignedNumbers } from "./written.js";

/** What the values are, the colours that show it, and in words. */
export interface ValueScale {
  readonly scale: ScaleName;
  readonly range: ValueRange;
  /** The values that are the only ones, where they are few. */
  readonly values?: readonly number[];
  /** "12 ones among 240 entries", "whole numbers from 1 to 4", "from −0.78 to 0.91". */
  readonly words: string;
}

/** At most so many different whole numbers have a square each in the key. */
const mostValues = 9;

/** The scale of all values, or of those in a range that was asked for, by colours that were asked for. */
export function valueScale(
  values: Numbers,
  asked: { range?: ValueRange; colours?: ScaleName } = {},
): ValueScale {
  const [least, greatest] = ends(values);
  const words = wordsOf(values, least, greatest);
  const range = asked.range ?? [least, greatest];
  const scale = asked.colours ?? fitting(values, range);
  if (asked.range !== undefined) return { scale, range, words };
  const shown = spread(scale, range);
  const whole = wholeValues(values, least, greatest).filter((k) => k >= shown[0]);
  return {
    scale,
    range: shown,
    words,
    ...(whole.length > 0 && scale !== "diverging" ? { values: whole } : {}),
  };
}

function fitting(values: Numbers, [least]: ValueRange): ScaleName {
  if (least < 0) return "diverging";
  return values.every((x) => x === 0 || x === 1 || Number.isNaN(x)) ? "binary" : "sequential";
}

/** Zero is the ground: signed scales lie around it, the others begin there; brightness goes from the least to the greatest. */
function spread(scale: ScaleName, [least, greatest]: ValueRange): ValueRange {
  if (scale === "binary") return [0, 1];
  if (scale === "grey") return [least, greatest];
  const most = Math.max(Math.abs(least), Math.abs(greatest)) || 1;
  return scale === "diverging" ? [-most, most] : [0, most];
}

function ends(values: Numbers): ValueRange {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const x of values) {
    if (!Number.isFinite(x)) continue;
    if (x < least) least = x;
    if (x > greatest) greatest = x;
  }
  return least > greatest ? [0, 1] : [least, greatest];
}

/** From the least to the greatest that a scale from zero on shows, where all are whole and that is a short list. */
function wholeValues(values: Numbers, least: number, greatest: number): number[] {
  if (least < 0 || greatest >= mostValues || !values.every((x) => Number.isInteger(x) || Number.isNaN(x)))
    return [];
  return Array.from({ length: Math.max(1, greatest) + 1 }, (_, k) => k).filter(
    (k) => k === 0 || k >= least || greatest < 2,
  );
}

function wordsOf(values: Numbers, least: number, greatest: number): string {
  const written = alignedNumbers([least, greatest]);
  if (values.every((x) => x === 0 || x === 1)) {
    const ones = Array.from(values).filter((x) => x === 1).length;
    return `${countWords(ones, "one")} among ${countWords(values.length, "entry", "entries")}`;
  }
  const whole = values.every(Number.isInteger) ? "whole numbers " : "";
  return `${whole}from ${written(least)} to ${written(greatest)}`;
}

/** "1 one", "12 ones". */
export function countWords(n: number, one: string, many: string = `${one}s`): string {
  return `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
}
