/** A line of text in a figure, its indices below the line and its exponents above. */

import { textPieces } from "./mathText.js";
import { escaped } from "./xml.js";

/** The text at a place in pixels; indices as in P_φ are set below the line. */
export function svgText([x, y]: readonly [number, number], content: string, attributes = ""): string {
  if (content === "") return "";
  return `<text x="${tenth(x)}" y="${tenth(y)}" ${font} ${attributes}>${spans(content)}</text>`;
}

const font = 'font-family="system-ui, sans-serif" font-size="12" fill="#222"';

function spans(content: string): string {
  let lowered = 0;
  return textPieces(content)
    .map(({ text, place }) => {
      const depth = { line: 0, below: 3, above: -4 }[place];
      const shift = depth - lowered;
      lowered = depth;
      if (shift === 0) return escaped(text);
      const small = place === "line" ? "" : ' font-size="9"';
      return `<tspan dy="${shift}"${small}>${escaped(text)}</tspan>`;
    })
    .join("");
}

function tenth(x: number): number {
  return Math.round(10 * x) / 10;
}
