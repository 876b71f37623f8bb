/** What the colours of a raster stand for: a bar with numbers, or a square for each of a few values. */

import type { ScaleName } from "./colour.js";
import { rasterAttributes } from "./svgStyle.js";
import { svgText } from "./svgText.js";
import { textWidth, wrappedText } from "./textWidth.js";
import { threeDigits } from "./written.js";

/** The scale of a raster, the values at its ends, and the values that are the only ones, where they are few. */
export interface ColourKey {
  readonly title: string;
  readonly scale: ScaleName;
  readonly range: readonly [least: number, greatest: number];
  readonly values?: readonly number[];
}

const fontSize = 12;

/** The width that the key needs, in pixels. */
export function keyWidth(key: ColourKey): number {
  const numbers = Math.max(...ticksOf(key).map((x) => textWidth(threeDigits(x), fontSize)));
  return Math.ceil(Math.max(24 + numbers, ...titleLines(key).map((line) => textWidth(line, fontSize)))) + 10;
}

/** The key with its upper left corner at a place. */
export function colourKey(key: ColourKey, [left, top]: readonly [number, number], height: number): string {
  const lines = titleLines(key);
  const words = lines.map((line, k) => svgText([left, top + 10 + 15 * k], line));
  const at = top + 15 * lines.length + (lines.length > 0 ? 6 : 0);
  const drawn =
    key.values === undefined ? bar(key, [left, at], height - (at - top)) : squares(key, [left, at]);
  return words.join("") + drawn;
}

function titleLines({ title }: ColourKey): string[] {
  return title === "" ? [] : wrappedText(title, 90, fontSize);
}

/** The least value, the greatest, and zero where it lies well between them. */
function ticksOf({ range: [least, greatest], values }: ColourKey): readonly number[] {
  if (values !== undefined) return values;
  return least < 0 && greatest > 0 ? [greatest, 0, least] : [greatest, least];
}

function bar(key: ColourKey, [left, top]: readonly [number, number], height: number): string {
  const [least, greatest] = key.range;
  const tall = Math.max(36, height);
  const ramp = `<linearGradient id="philab-ramp" x1="0" y1="1" x2="0" y2="0"><stop offset="0" stop-color="#000"/><stop offset="1" stop-color="#fff"/></linearGradient>`;
  const strip = `<rect x="${left}" y="${top}" width="14" height="${tall}" fill="url(#philab-ramp)" ${rasterAttributes(key.scale)}/>`;
  const numbers = ticksOf(key).map((x) => {
    const y = top + tall * (1 - (x - least) / (greatest - least || 1));
    return svgText([left + 20, Math.min(top + tall, Math.max(top + 8, y + 4))], threeDigits(x));
  });
  return ramp + strip + frame(left, top, 14, tall) + numbers.join("");
}

function squares(key: ColourKey, [left, top]: readonly [number, number]): string {
  const [least, greatest] = key.range;
  return ticksOf(key)
    .map((x, k) => {
      const level = Math.round((255 * (x - least)) / (greatest - least || 1));
      const y = top + 20 * k;
      const square = `<rect x="${left}" y="${y}" width="14" height="14" fill="rgb(${level},${level},${level})" ${rasterAttributes(key.scale)}/>`;
      return square + frame(left, y, 14, 14) + svgText([left + 20, y + 12], threeDigits(x));
    })
    .join("");
}

function frame(x: number, y: number, width: number, height: number): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="none" class="axis" stroke="#888"/>`;
}
