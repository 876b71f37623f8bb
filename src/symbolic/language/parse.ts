/** Text in the lecture's notation → expressions. */

import { Cursor } from "./cursor.js";
import type { Expression, Statement } from "./expression.js";
import { Reader } from "./reader.js";

export { ParseError } from "./tokens.js";

/**
 * Reads + − * .* / and ' (transpose), numbers, names and calls; and as the lecture writes them ⊗, ⊙, Aᵀ, h², ‖A‖², Σ A,
 * 𝟙_{n}, I_{n}, K_{m,n}, mat(v)_{m × n}, σ'(S), Greek letters, and products without a sign. ⊗ and ⊙ bind less than
 * products. Numbers are whole. Throws ParseError that shows the place, what stands there and what was needed.
 */
export function parse(text: string): Expression {
  const reader = new Reader(new Cursor(text));
  const e = reader.sum();
  if (reader.cursor.is("=")) throw reader.cursor.error("an equation; needed an expression");
  reader.end();
  return e;
}

/** What is written, or is an expression already. Throws ParseError as `parse` does, TypeError for what is neither. */
export function expressionOf(e: string | Expression): Expression {
  if (typeof e === "string") return parse(e);
  if (typeof (e as Expression | undefined)?.kind === "string") return e;
  throw new TypeError(`${typeof e} came; needed an expression as text, for example "W*phi(Z)"`);
}

/** Reads "left = right". Throws ParseError unless there is one sign of equality. */
export function parseStatement(text: string): Statement {
  const reader = new Reader(new Cursor(text));
  const left = reader.sum();
  if (reader.cursor.token.kind !== "end" && !reader.cursor.is("=")) reader.end();
  if (!reader.cursor.take("=")) throw reader.cursor.error("0 signs of equality; needed left = right");
  const right = reader.sum();
  if (reader.cursor.is("=")) throw reader.cursor.error("2 signs of equality; needed left = right");
  reader.end();
  return { left, right };
}
