/** The numbers of a small matrix in its cells, all with the same digits behind the point. */

import type { Matrix } from "../numeric/storage.js";
import { colourAt, isBright, type Ramp, scales } from "./colour.js";
import type { ToPixels } from "./svg.js";
import type { ValueScale } from "./valueScale.js";
import { alignedNumbers } from "./written.js";
import { escaped } from "./xml.js";

/** More rows or columns than this have colours alone. */
const mostPrinted = 12;

/** Whether the cells of M are few enough for numbers that can be read. */
export function isPrinted({ rows, cols }: Matrix): boolean {
  return rows <= mostPrinted && cols <= mostPrinted;
}

/** The numbers, row by row. */
export function printedTexts(M: Matrix): string[][] {
  // Two digits that count fit into a cell.
  const text = alignedNumbers(M.data, 2);
  return Array.from({ length: M.rows }, (_, i) =>
    Array.from({ length: M.cols }, (_, j) => text(M.data[i + M.rows * j])),
  );
}

/** What writes them into the cells of the static form, black or white as the colour below asks for. */
export function printedValues(M: Matrix, shown: ValueScale): (place: ToPixels) => string {
  if (!isPrinted(M)) return () => "";
  const texts = printedTexts(M);
  return (place) =>
    texts
      .flatMap((row, i) =>
        row.map((text, j) => {
          const [x, y] = place(j + 1, i + 1);
          return `<text x="${x.toFixed(1)}" y="${(y + 4).toFixed(1)}" ${look(M.data[i + M.rows * j], shown)}>${escaped(text)}</text>`;
        }),
      )
      .join("");
}

function look(value: number, { scale, range: [least, greatest] }: ValueScale): string {
  const ink = (ramp: Ramp, isGroundDark: boolean): boolean =>
    Number.isNaN(value) ? !isGroundDark : isBright(colourAt(ramp, (value - least) / (greatest - least || 1)));
  const { light, dark } = scales[scale];
  const fill = ink(light, false) ? "#000" : "#fff";
  const font = 'font-family="system-ui, sans-serif" font-size="12" text-anchor="middle"';
  return `class="${ink(dark, true) ? "deep" : "bright"}" fill="${fill}" ${font}`;
}
