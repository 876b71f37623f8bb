/** `md` and `tex`: text and formulas that a cell computes. */

import { displayKey } from "../numeric/show.js";
import type { Bundle, Shown } from "./types.js";

/** Text with values in it that shows itself as one MIME type. */
class Text implements ShownText {
  constructor(
    private readonly mime: string,
    private readonly shown: string,
    private readonly plain: string,
  ) {}

  [displayKey](): Bundle {
    return { [this.mime]: this.shown, "text/plain": this.plain };
  }

  toString(): string {
    return this.plain;
  }
}

/** Text that shows itself, and is itself as a string. */
export interface ShownText extends Shown {
  toString(): string;
}

/**
 * Markdown: md`φ(Z) has **${n}** columns`.
 *
 * @example
 * md`φ(Z) has **${4}** columns`
 */
export function md(strings: TemplateStringsArray, ...values: readonly unknown[]): ShownText {
  const text = String.raw(strings, ...values);
  return new Text("text/markdown", text, text);
}

/**
 * A displayed formula: tex`\phi(Z) \in R^{${rows} \times ${cols}}`. Backslashes are kept as written.
 *
 * @example
 * tex`S = W \phi(Z) + b \mathbb{1}^T`
 */
export function tex(strings: TemplateStringsArray, ...values: readonly unknown[]): ShownText {
  const text = String.raw(strings, ...values);
  return new Text("text/latex", `$$${text}$$`, text);
}
