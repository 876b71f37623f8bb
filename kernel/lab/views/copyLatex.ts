/** A button that puts LaTeX into the clipboard. */

import { element } from "./element.js";
import { button } from "./stepper.js";

/** "Copy LaTeX", which says for a moment what came of it. */
export function copyButton(latex: () => string): HTMLButtonElement {
  const said = "Copy LaTeX";
  const made = button(said, () => {
    void copied(latex(), made).then((isCopied) => {
      made.textContent = isCopied ? "Copied" : "Could not copy";
      setTimeout(() => {
        made.textContent = said;
      }, 1500);
    });
  });
  made.setAttribute("aria-live", "polite");
  return made;
}

/** By the page's clipboard; where a page from disk has none, by a selection. */
async function copied(text: string, near: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = element("textarea", { class: "philab-unseen", "aria-hidden": "true" });
    area.value = text;
    near.after(area);
    area.select();
    const isCopied = document.execCommand("copy");
    area.remove();
    near.focus();
    return isCopied;
  }
}

/** Lines below each other at their signs of equality. */
export function alignedLatex([first, ...rest]: readonly string[]): string {
  const lines = [`${first}`, ...rest.map((tex) => `= ${tex}`)];
  return `\\begin{aligned}\n${lines.map((line) => `& ${line}`).join(" \\\\\n")}\n\\end{aligned}`;
}
