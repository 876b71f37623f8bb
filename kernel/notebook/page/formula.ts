import katex from "katex";
import { escapeHtml } from "./escape.js";

/** A formula as HTML and MathML; what KaTeX cannot read is shown as it was written. */
export function formulaHtml(tex: string, displayMode: boolean): string {
  try {
    return withDoubleStruckOnes(
      katex.renderToString(tex, {
        displayMode,
        throwOnError: true,
        trust: false,
        strict: false,
        maxExpand: 1000,
        maxSize: 40,
      }),
    );
  } catch {
    const dollars = displayMode ? "$$" : "$";
    return `<code class="unread">${escapeHtml(dollars + tex + dollars)}</code>`;
  }
}

/** KaTeX has no double-struck 1: its HTML shows a plain one, whose sign the page's own fonts have. */
function withDoubleStruckOnes(html: string): string {
  return html
    .replaceAll('<span class="mord mathbb">1</span>', '<span class="mord double-struck-one">𝟙</span>')
    .replaceAll('<mn mathvariant="double-struck">1</mn>', "<mn>𝟙</mn>");
}

/** A text/latex output: a formula between dollars, or the formula alone. */
export function latexOutput(latex: string): string {
  const text = latex.trim();
  const [, double] = /^\$\$([\s\S]*)\$\$$/.exec(text) ?? [];
  const [, single] = /^\$([\s\S]*)\$$/.exec(text) ?? [];
  return formulaHtml(double ?? single ?? text, true);
}
