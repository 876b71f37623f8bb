import type { Matrix as MathMatrix } from "mathjs";
import type { ImageMatrix } from "../numeric/image.js";
import type { Matrix } from "../numeric/storage.js";
import { type ConvShape, convShape } from "../shape.js";
import { isMathMatrix, matrixSize } from "./bare.js";

/** What may follow Z in phi(Z, …): h; h, s; h, s, a, b; or a shape object with any of h, s, pad, a, b. */
export type Window =
  | readonly [h: number, s?: number, a?: number, b?: number]
  | readonly [shape: Partial<ConvShape>];

/**
 * The shape that `phi(Z, h, s)` means in an expression: Z's sides are the given a and b, or its own if it is an
 * ImageMatrix, or those of a square. Throws RangeError where they are none of these.
 */
export function windowShape(operation: string, Z: Matrix | MathMatrix, window: Window): ConvShape {
  const given = typeof window[0] === "object" ? window[0] : named(window as readonly [number]);
  const [d, pixels] = isMathMatrix(Z) ? matrixSize(operation, Z) : [Z.rows, Z.cols];
  const { a, b } = { ...sidesOf(operation, Z, pixels, given), ...given };
  return convShape({ ...given, a, b, d } as ConvShape);
}

function named([h, s, a, b]: readonly [number, number?, number?, number?]): Partial<ConvShape> {
  const all = { h, s, a, b };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function sidesOf(
  operation: string,
  Z: object,
  pixels: number,
  given: Partial<ConvShape>,
): { a: number; b: number } {
  if (given.a !== undefined && given.b !== undefined) return { a: given.a, b: given.b };
  const { a, b } = Z as Partial<ImageMatrix>;
  if (a !== undefined && b !== undefined) return { a, b };
  const side = Math.round(Math.sqrt(pixels));
  if (side * side === pixels) return { a: side, b: side };
  throw new RangeError(
    `${operation}: Z has ${pixels} columns, which is no square image; write ${operation}(Z, h, s, a, b) or give an image(Z, a, b)`,
  );
}
