/** Formulas in views: the page that shows a view brings its typesetter. */

import { groupDepth } from "../../../src/mime/groupDepth.js";
import { element } from "./element.js";

/** Sets TeX, without delimiters, into an empty element. */
export type Typeset = (place: HTMLElement, tex: string) => void;

/** A formula; where there is no typesetter, or the TeX is not to be trusted, its text as a cell reads it. */
export function formula(tex: string, text: string, typeset: Typeset | undefined): HTMLElement {
  if (typeset === undefined || !isMathematics(tex)) return element("code", { class: "philab-tex" }, text);
  const place = element("span", { class: "philab-tex", "aria-label": text });
  typeset(place, tex);
  return place;
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
