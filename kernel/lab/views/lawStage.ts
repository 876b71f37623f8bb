/** What the chosen step does: its rule in words, its law, and what the letters of the law stand for. */

import { element } from "./element.js";
import type { Row } from "./lineRows.js";
import { formula, type Typeset } from "./typeset.js";

/** The place above the lines; it keeps its height, so that the lines stay where they are. */
export interface LawStage {
  readonly node: HTMLElement;
  show(row: Row | undefined): void;
}

/** An empty stage, with a word on how to begin. */
export function lawStage(typeset: Typeset | undefined): LawStage {
  const node = element("div", { class: "philab-stage-law", "aria-live": "polite" });
  const show = (row: Row | undefined): void =>
    node.replaceChildren(...(row ? stepParts(row, typeset) : [hint()]));
  show(undefined);
  return { node, show };
}

function hint(): HTMLElement {
  return element(
    "p",
    { class: "philab-note" },
    "What each line changed is coloured. Step with ← and →, or open a line.",
  );
}

function stepParts({ made, folded, change }: Row, typeset: Typeset | undefined): HTMLElement[] {
  const said = element("p", { class: "philab-said" }, made.rule?.words ?? made.reason);
  if (made.rule) said.append(" ", element("code", {}, made.reason));
  const tidied = folded.length > 0 ? [element("p", { class: "philab-note" }, tidiedText(folded.length))] : [];
  if (!made.rule) return [said, ...tidied];
  const { law } = made.rule;
  const set = element(
    "p",
    { class: "philab-law" },
    formula({ tex: change?.markedLaw ?? law, text: law }, typeset),
  );
  return [said, set, ...legend(change, typeset), ...tidied];
}

/** "A: W": a letter of the law is pointed at, or reached by the keyboard, and lights what it stands for. */
function legend(change: Row["change"], typeset: Typeset | undefined): HTMLElement[] {
  if (!change || change.letters.length === 0) return [];
  const chips = change.letters.map(({ letter, tex, words }, k) => {
    const stands = formula({ tex, text: words, words }, typeset);
    return element(
      "button",
      { class: "philab-chip", type: "button", "data-letter": k + 1 },
      `${letter} is `,
      stands,
    );
  });
  return [element("p", { class: "philab-legend" }, ...chips)];
}

/** "+ 2 lines of bookkeeping" */
export function tidiedText(count: number): string {
  return `+ ${count} ${count === 1 ? "line" : "lines"} of bookkeeping`;
}
