/** A formula with its badge, which opens to its rule and its evidence. */

import { element } from "./element.js";
import type { Fact } from "./facts.js";
import type { ShownLine } from "./readLine.js";
import { formula, type Typeset } from "./typeset.js";

/** The box around such lines: JupyterLab would otherwise take Enter and Space for itself. */
export function lineBox(...lines: readonly HTMLElement[]): HTMLElement {
  return element("div", { class: "philab-derivation", "data-lm-suppress-shortcuts": "true" }, ...lines);
}

/** The line behind a sign, with its badge and its reason; the reason of a statement is its name. */
export function checkedLine(sign: string, line: ShownLine, typeset: Typeset | undefined): HTMLElement {
  const badge = element("span", { class: `philab-badge philab-${line.strength}` }, line.badge);
  const reason = element("span", { class: "philab-reason" }, line.reason);
  const head = element(
    "summary",
    { class: "philab-line" },
    signedFormula(sign, line, typeset),
    why(badge, reason),
  );
  return opening(element("details", {}, head), () => factList(line.facts, typeset));
}

/** A side of the equation: its sign and its formula. */
export function signedFormula(
  sign: string,
  { tex, text }: ShownLine,
  typeset: Typeset | undefined,
): HTMLElement {
  const equals = element("span", { class: "philab-equals" }, sign);
  const set = element("span", { class: "philab-formula" }, formula(tex, text, typeset));
  return element("span", { class: "philab-side" }, equals, set);
}

/** What stands beside a formula. */
export function why(...parts: readonly HTMLElement[]): HTMLElement {
  return element("span", { class: "philab-why" }, ...parts);
}

/** Fills what opens when it is opened for the first time: most lines stay closed. */
function opening(details: HTMLDetailsElement, fill: () => HTMLElement): HTMLDetailsElement {
  details.addEventListener("toggle", () => details.append(fill()), { once: true });
  return details;
}

function factList(facts: readonly Fact[], typeset: Typeset | undefined): HTMLElement {
  const rows = facts.flatMap((fact) => [element("dt", {}, fact.term), described(fact, typeset)]);
  return element("dl", { class: "philab-facts" }, ...rows);
}

function described({ text, tex, read, code }: Fact, typeset: Typeset | undefined): HTMLElement {
  if (code) return element("dd", {}, element("code", {}, text));
  if (tex === undefined) return element("dd", {}, text);
  return element("dd", {}, text === "" ? "" : `${text}: `, formula(tex, read ?? tex, typeset));
}
