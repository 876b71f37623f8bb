/** Powers: of sizes and scalars written out as products; a figure above a name is a part of it. */

import type { Cursor } from "./cursor.js";
import { binary, type Expression, name } from "./expression.js";
import type { Token } from "./tokens.js";

/** So many factors 2 are the largest power of 2 that is a number here. */
const mostFactors = 52;

/** n^2 behind n is written out as n*n: sizes and scalars are the only things that have powers here. W^1 is the name W_1. */
export function power(cursor: Cursor, base: Expression): Expression {
  const { at, text } = cursor.skip();
  const first = text.slice(1) || exponent(cursor);
  if (first === "1" && base.kind === "name") return name(`${base.name}_1`);
  const count = wholeNumber(first) ** exponentsExponent(cursor);
  const isNumber = base.kind === "number" && base.value ** count <= Number.MAX_SAFE_INTEGER;
  if (!(count <= (isNumber ? mostFactors : 8)))
    throw cursor.error("a power; needed a whole exponent from 1 to 8, or ' for a transpose", at);
  return Array.from({ length: count }, () => base).reduce((x, y) => binary("*", x, y));
}

/** ^, or a raised number. */
export function isPower({ kind, text }: Token): boolean {
  return kind === "sign" && /^\^\d*$/.test(text);
}

/** 2 or {2}, behind ^. */
export function exponent(cursor: Cursor): string {
  if (!cursor.take("{")) return cursor.skip().text;
  const sign = cursor.take("-") ? "-" : "";
  const { text } = cursor.skip();
  cursor.expect("}", "the exponent");
  return sign + text;
}

/** The exponent is read first, as in mathematics: 2^3^2 is 2^9. */
function exponentsExponent(cursor: Cursor): number {
  if (!isPower(cursor.token)) return 1;
  const { text } = cursor.skip();
  return wholeNumber(text.slice(1) || exponent(cursor)) ** exponentsExponent(cursor);
}

/** NaN for what is no whole number from 1. */
function wholeNumber(text: string): number {
  return /^[1-9]\d*$/.test(text) ? Number(text) : Number.NaN;
}
