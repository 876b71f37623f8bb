/** The rows of a derivation in the page: each formula in the forms that a step shows, with its badge and its reason. */

import { badge, factList, opening, reason, signedFormula, why } from "./checkedLine.js";
import { element } from "./element.js";
import { tidiedText } from "./lawStage.js";
import { type Row, weakest } from "./lineRows.js";
import type { ShownFormula, Typeset } from "./typeset.js";

/** The rows, and the step that they show. */
export interface LineList {
  readonly node: HTMLElement;
  /** Marks the row that a step made and the one before it; no row where there is no step. */
  show(step: number | undefined): void;
}

export function lineList(rows: readonly Row[], typeset: Typeset | undefined): LineList {
  const shown = rows.map((row, k) => rowInPage(row, rows[k + 1], k === 0 ? "" : "=", typeset));
  const node = element("ol", { class: "philab-lines" }, ...shown.map((row) => row.node));
  return {
    node,
    show: (step) => {
      node.classList.toggle("philab-stepping", step !== undefined);
      for (const [k, row] of shown.entries())
        row.show(k === step ? "current" : step !== undefined && k === step - 1 ? "previous" : "other");
    },
  };
}

type Role = "current" | "previous" | "other";

interface RowInPage {
  readonly node: HTMLElement;
  show(role: Role): void;
}

/** A row shows what its own step changed; as the row before a step, what that step will change. */
function rowInPage(row: Row, next: Row | undefined, sign: string, typeset: Typeset | undefined): RowInPage {
  const { tex, text, words } = row.shown;
  const form = (marked: string | undefined): ShownFormula => ({
    tex: marked ?? tex,
    text,
    ...(words && { words }),
  });
  const after = signedFormula(sign, form(row.change?.markedAfter), typeset);
  const side = element("span", { class: "philab-forms" }, after);
  const node = element("li", { class: "philab-row" }, line(row, side, sign, typeset));
  let before: HTMLElement | undefined;
  const show = (role: Role): void => {
    node.classList.toggle("philab-current", role === "current");
    node.classList.toggle("philab-previous", role === "previous");
    if (role === "current") node.setAttribute("aria-current", "step");
    else node.removeAttribute("aria-current");
    if (role === "previous" && next?.change)
      before ??= signedFormula(sign, form(next.change.markedBefore), typeset);
    const wanted = role === "previous" ? (before ?? after) : after;
    if (side.firstChild !== wanted) side.replaceChildren(wanted);
  };
  return { node, show };
}

function line(row: Row, side: HTMLElement, sign: string, typeset: Typeset | undefined): HTMLElement {
  if (row.made.strength === "open")
    return element("div", { class: "philab-line philab-open" }, side, why(reason("to be written")));
  if (sign === "") return element("div", { class: "philab-line" }, side);
  return opening([side, why(badge(weakest(row)), ...because(row))], () => details(row, typeset));
}

/** The rule in words, its name, and what was tidied up after it. */
function because({ made, folded }: Row): HTMLElement[] {
  const { words } = made.rule ?? {};
  const named = words === undefined ? reason(made.reason) : reason(words);
  if (words !== undefined) named.append(" ", element("code", {}, made.reason));
  if (folded.length > 0) named.append(` ${tidiedText(folded.length)}`);
  return [named];
}

/** Only what is the row's own: the facts of the line that its rule made, and the names of what followed. */
function details({ made, folded }: Row, typeset: Typeset | undefined): HTMLElement {
  const then = { term: "Then", text: folded.map((one) => one.reason).join(", ") };
  return factList(folded.length > 0 ? [...made.facts, then] : made.facts, typeset);
}
