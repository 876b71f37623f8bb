/** Formulas in views: the page that shows a view brings its typesetter. */

import { groupDepth } from "../../../src/mime/groupDepth.js";
import { type TexTerm, texTerms } from "../../../src/mime/texPieces.js";
import { element } from "./element.js";

/** Sets TeX, without delimiters, into an empty element. */
export type Typeset = (place: HTMLElement, tex: string) => void;

/** A formula: as TeX, as a cell reads it, and as one says it. */
export interface ShownFormula {
  readonly tex: string;
  readonly text: string;
  readonly words?: string;
}

/**
 * A formula, cut at its operators so that it can go on in the next line; where there is no typesetter, or the TeX is not to
 * be trusted, its text as a cell reads it. Who listens hears words.
 */
export function formula({ tex, text, words }: ShownFormula, typeset: Typeset | undefined): HTMLElement {
  if (typeset === undefined || !isMathematics(tex)) return element("code", { class: "philab-tex" }, text);
  const whole = element("span", { class: "philab-tex", role: "img", "aria-label": words ?? text });
  const term = texTerms(tex);
  for (const part of typeof term === "string" ? [term] : term) whole.append(setTerm(part, typeset));
  return whole;
}

/** Terms within a term: the page begins a new line for a whole one before it breaks it. */
function setTerm(term: TexTerm, typeset: Typeset): HTMLElement {
  if (typeof term !== "string")
    return element("span", { class: "philab-term" }, ...term.map((part) => setTerm(part, typeset)));
  const place = element("span", { class: "philab-piece" });
  typeset(place, term);
  return place;
}

/**
 * The typesetter for all formulas of one view: of what is set in one turn of the page, what comes after so many letters
 * stays as TeX, for the page would freeze. What a reader asks for later is set in turns of its own.
 */
export function boundedTypeset(typeset: Typeset): Typeset {
  let left = mostAtOnce;
  return (place, tex) => {
    if (left === mostAtOnce)
      setTimeout(() => {
        left = mostAtOnce;
      });
    left -= tex.length;
    if (left >= 0) typeset(place, tex);
    else place.textContent = tex;
  };
}

/** Nothing that leaves the formula: links, styles, files, definitions, tags, or what would end it. */
function isMathematics(tex: string): boolean {
  return (
    tex.length <= mostTex &&
    groupDepth(tex) <= deepest &&
    !/[$]|\\[()[\]]|<\/?[a-z]/i.test(tex) &&
    !commands.test(tex)
  );
}

const commands =
  /\\(?:href|url|html\w*|class|style|cssId|data|require|include\w*|input|def|let|gdef|xdef|edef|newcommand|renewcommand|newenvironment|unicode|begingroup|csname)(?![A-Za-z])/i;

/** What a typesetter sets at once: a longer text, or deeper fractions, freeze the page or end it. */
const [mostTex, deepest] = [20_000, 30];
const mostAtOnce = 200_000;
