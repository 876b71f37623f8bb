/** What a lecture is asked about, where types did not look: an expression, a statement, a name. */

import { kind } from "../numeric/check.js";

const forms = {
  expression: 'an expression as text, for example "W*phi(Z)"',
  statement: 'a statement as text, "left = right"',
  matrix: "the name of a matrix as text",
} as const;

/** The text that was given. Throws TypeError that names the operation, what came and what was needed. */
export function textIn(operation: string, form: keyof typeof forms, given: unknown): string {
  if (typeof given === "string") return given;
  throw new TypeError(`${operation}: ${kind(given)} came; needed ${forms[form]}`);
}
