import type { Matrix as MathMatrix } from "mathjs";
import { checkObject, checkSize, type ImageShape } from "../shape.js";
import { bare } from "./bare.js";
import { fromEntries } from "./convert.js";

/**
 * An image of symbols, d × a·b, whose entry at pixel (i, j) of channel c is z_{i,j,c}, counted from 1 as on the
 * slides: φ of it shows the slide's matrix.
 */
export function symbolImage(letter: string, shape: ImageShape): MathMatrix {
  checkObject("symbolImage", "shape", shape, "{ a, b, d }");
  const { a, b, d } = shape;
  for (const [name, value] of Object.entries({ a, b, d })) checkSize("symbolImage", name, value);
  if (!/^[A-Za-z]\w*$/.test(letter)) {
    throw new RangeError(`symbolImage: ${JSON.stringify(letter)} is no letter; needed a name such as "z"`);
  }
  const entries: unknown[] = [];
  for (let j = 1; j <= b; j++) {
    for (let i = 1; i <= a; i++) {
      for (let c = 1; c <= d; c++) entries.push(new bare.SymbolNode(`${letter}_{${i},${j},${c}}`));
    }
  }
  return fromEntries(d, a * b, entries);
}
