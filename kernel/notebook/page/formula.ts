import katex from "katex";
import { escapeHtml } from "./escape.js";

/** A formula as HTML and MathML; what KaTeX cannot read is shown as it was written. */
export function formulaHtml(tex: string, displayMode: boolean): string {
  try {
    return katex.renderToString(tex, {
      displayMode,
      throwOnError: true,
      trust: false,
      strict: false,
      maxExpand: 1000,
      maxSize: 40,
    });
  } catch {
    const dollars = displayMode ? "$$" : "$";
    return `<code class="unread">${escapeHtml(dollars + tex + dollars)}</code>`;
  }
}

/** A text/latex output: a formula between dollars, or the formula alone. */
export function latexOutput(latex: string): string {
  const text = latex.trim();
  const [, double] = /^\$\$([\s\S]*)\$\$$/.exec(text) ?? [];
  const [, single] = /^\$([\s\S]*)\$$/.exec(text) ?? [];
  return formulaHtml(double ?? single ?? text, true);
}
