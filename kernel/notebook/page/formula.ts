import katex from "katex";
import { groupDepth } from "../../../src/mime/groupDepth.js";
import { escapeHtml } from "./escape.js";

/** What no lecture writes, and what takes minutes to set: a longer text, deeper groups, more macros, more HTML. */
const [longest, deepest, mostExpansions, mostHtml] = [20_000, 40, 200, 400_000];

/** A formula that defines macros is shorter: each use of one is as long as its definition. */
const [defines, longestDefining] = [
  /\\(?:[gex]?def|(?:re)?newcommand|providecommand|(?:future)?let)(?![a-zA-Z])/,
  2_000,
];

/** A formula as HTML and MathML; what KaTeX cannot read, or would take too long, is shown as it was written. */
export function formulaHtml(tex: string, displayMode: boolean): string {
  return setFormula(tex, displayMode) ?? unread(tex, displayMode);
}

/** The formula as it was written. */
export function unread(tex: string, displayMode: boolean): string {
  const dollars = displayMode ? "$$" : "$";
  return `<code class="unread">${escapeHtml(dollars + tex + dollars)}</code>`;
}

/**
 * Signs that come from the reader's own fonts: KaTeX's have no double-struck 1, and it sets a plain one; for the square of
 * an open line it would need a font of 28 kB.
 */
const ownSigns: readonly (readonly [written: RegExp, sign: string])[] = [
  [/\\mathbb\s*(?:\{\s*1\s*\}|1)/g, "\\text{𝟙}"],
  [/\\square(?![a-zA-Z])/g, "\\text{□}"],
];

function setFormula(tex: string, displayMode: boolean): string | undefined {
  if (tex.length > (defines.test(tex) ? longestDefining : longest) || groupDepth(tex) > deepest)
    return undefined;
  try {
    const signed = ownSigns.reduce((text, [written, sign]) => text.replace(written, sign), tex);
    const html = katex.renderToString(signed, {
      displayMode,
      throwOnError: true,
      trust: false,
      strict: false,
      maxExpand: mostExpansions,
      maxSize: 40,
    });
    return html.length > mostHtml ? undefined : html;
  } catch {
    return undefined;
  }
}

/** A text/latex output: a formula between dollars, or the formula alone. */
export function latexOutput(latex: string): string {
  const text = latex.trim();
  const [, double] = /^\$\$([\s\S]*)\$\$$/.exec(text) ?? [];
  const [, single] = /^\$([\s\S]*)\$$/.exec(text) ?? [];
  return formulaHtml(double ?? single ?? text, true);
}

/** The formulas of a text whose HTML is still to be sanitised: marks stand for them that nobody can write. */
export class MarkedFormulas {
  readonly #key: string;
  readonly #set: string[] = [];
  #size = 0;

  /** `key`: letters that the text cannot know. */
  constructor(key: string) {
    this.#key = key;
  }

  /** Sets a formula and gives its mark; where a text has too many, the rest are shown as they were written. */
  mark(tex: string, displayMode: boolean): string {
    const html = this.#size > mostOfText ? unread(tex, displayMode) : formulaHtml(tex, displayMode);
    this.#size += html.length;
    return `<x-formula data-k="${this.#key}-${this.#set.push(html) - 1}"></x-formula>`;
  }

  /** The text with its formulas in the places of their marks, each once. */
  put(html: string): string {
    const mark = new RegExp(`<x-formula data-k="${this.#key}-(\\d+)"></x-formula>`, "g");
    return html.replace(mark, (_, k: string) => this.#set[Number(k)] ?? "");
  }
}

/** HTML of formulas in one text: a page with more would be slow to open. */
const mostOfText = 1_500_000;
