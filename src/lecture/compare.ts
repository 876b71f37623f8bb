/** What is shown, compared with what was made anew. */

import { type Badge, badgeText } from "../symbolic/check/badge.js";
import { firstDifference } from "./difference.js";

/** Something is wrong in a way that ends the comparison. */
export class Unlike extends Error {}

/** Throws where what is shown differs from what was made anew, with the place and both. */
export function compare(
  shown: unknown,
  made: unknown,
  place: string,
  isFree: (path: string) => boolean = () => false,
): void {
  const difference = firstDifference(
    plainJson(shown),
    plainJson(made),
    (path, left, right) =>
      isFree(path) || isOldBadge(path, left, right) || saysLess(path, left) || isSetAlike(path, left, right),
  );
  if (difference === undefined) return;
  const { path, left, right } = difference;
  const anew = /tex$/.test(path) ? " (if another version of philab wrote it, run the notebook again)" : "";
  throw new Unlike(
    `${place}${path} is shown as ${quoted(left)}; it follows that it is ${quoted(right)}${anew}`,
  );
}

/** A badge was a text once. */
function isOldBadge(path: string, shown: unknown, made: unknown): boolean {
  return (
    path === "badge" && typeof shown === "string" && made !== undefined && shown === badgeText(made as Badge)
  );
}

/** What outputs of before do not have, and nothing is claimed by: words to be spoken, marks of what a step changed. */
function saysLess(path: string, shown: unknown): boolean {
  return shown === undefined && /(?:^|\.)(?:words|change|foldedChange|bookkeeping|result)$/.test(path);
}

/** LaTeX that differs in the sizes of its parentheses, in its spaces and in the point behind a fraction alone, as it was set before. */
function isSetAlike(path: string, shown: unknown, made: unknown): boolean {
  if (!/(?:^|\.)(?:tex|law|marked\w+)$/.test(path) || typeof shown !== "string" || typeof made !== "string")
    return false;
  return bare(shown) === bare(made);
}

/** LaTeX without what only sets it: \bigl, \left, spaces, the point between a group that is closed and a number. A space that ends a name ends it still. */
function bare(tex: string): string {
  return tex
    .replace(/\\(?:[bB]igg?[lr]?|left|right)(?![a-zA-Z])/g, "")
    .replace(/\\[,;:!]/g, "")
    .replace(/\}\s*\\cdot (?=\d)/g, "}")
    .replace(/(\\[a-zA-Z]+)\s+(?=[a-zA-Z])/g, "$1\u0000")
    .replace(/\s+/g, "");
}

/** The forms as text are those of what was made anew. */
export function alikeForms(
  bundle: Readonly<Record<string, unknown>>,
  made: Readonly<Record<string, unknown>>,
): void {
  for (const form of ["text/latex", "text/plain"]) {
    const [shown, own] = [bundle[form], made[form]];
    const isAlike = form === "text/latex" && isSetAlike("tex", shown, own);
    if (shown !== undefined && shown !== own && !isAlike)
      throw new Unlike(`${form} shows something else than what was checked: ${quoted(bundle[form])}`);
  }
}

/** The value, where it is a text. Throws Unlike. */
export function checkedWords(value: unknown, field: string): string {
  if (typeof value === "string") return value;
  throw new Unlike(`${field} is ${quoted(value)}; needed a text`);
}

/** undefined is what JSON leaves out. */
function plainJson(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

export function quoted(value: unknown): string {
  const json = JSON.stringify(value) ?? "nothing";
  return json.length > 120 ? `${json.slice(0, 120)} …` : json;
}
