/** The text of declarations: its signs, and how a mistake in it is shown. */

import { ParseError, type Script } from "../language/tokens.js";

/** One declaration a line or separated by ";"; what follows // is a comment. */
export const declarations: Script = {
  signs: ":;∈⌊⌋\n",
  between: /^(?:[^\S\n]+|\/\/[^\n]*)/,
  error: (text, at, why) => new ParseError(`${why}\n${shownPlace(text, at)}`),
};

/** The declaration with a mark below the place, and where it is in a text of several lines. */
export function shownPlace(text: string, at: number, which = "in the declaration"): string {
  const { start, end } = declarationAround(text, at);
  const shown = `  ${which} ${text.slice(start, end).replaceAll("\t", " ")}`;
  const mark = `${" ".repeat(`  ${which} `.length + at - start)}^`;
  if (!text.includes("\n")) return `${shown}\n${mark}`;
  const before = text.slice(0, at).split("\n");
  return `${shown}\n${mark}\n  at line ${before.length}, column ${before[before.length - 1].length + 1}`;
}

/** From the first to the last sign of the declaration that stands at the place. */
function declarationAround(text: string, at: number): { start: number; end: number } {
  const line = text.lastIndexOf("\n", at - 1) + 1;
  const written = text
    .slice(line)
    .split("\n")[0]
    .replace(/\/\/.*$/, "");
  const ends = [...endsOf(written), written.length].map((end) => line + end);
  const from = Math.max(line, ...ends.filter((end) => end < at).map((end) => end + 1));
  const to = ends.find((end) => end >= at) ?? at;
  const first = from + text.slice(from, to).search(/\S|$/);
  return { start: Math.min(first, at), end: from + text.slice(from, to).trimEnd().length };
}

/** Where the declarations of a line end: at each ";" outside parentheses. */
function endsOf(line: string): number[] {
  let depth = 0;
  return Array.from(line.matchAll(/[();]/g)).flatMap(({ 0: sign, index }) => {
    if (sign === "(") depth++;
    if (sign === ")") depth--;
    return sign === ";" && depth <= 0 ? [index] : [];
  });
}
