/** A formula with its badge, which opens to its rule and its evidence. */

import { element } from "./element.js";
import type { Fact } from "./facts.js";
import type { ShownLine } from "./readLine.js";
import { formula, type ShownFormula, type Typeset } from "./typeset.js";

/** The box around such lines. */
export function lineBox(...parts: readonly HTMLElement[]): HTMLElement {
  return element("div", { class: "philab-derivation" }, ...parts);
}

/** The line with its badge and its reason; the reason of a statement is its name. */
export function checkedLine(line: ShownLine, typeset: Typeset | undefined): HTMLElement {
  const head = [signedFormula("", line, typeset), why(badge(line), reason(line.reason))];
  return opening(head, () => factList(line.facts, typeset));
}

/** A line that opens to what `fill` makes; most lines stay closed, so it is made at the first opening. */
export function opening(head: readonly HTMLElement[], fill: () => HTMLElement): HTMLDetailsElement {
  const details = element("details", {}, element("summary", { class: "philab-line" }, ...head));
  details.addEventListener("toggle", () => details.append(fill()), { once: true });
  return details;
}

/** A side of the equation: its sign and its formula. */
export function signedFormula(sign: string, shown: ShownFormula, typeset: Typeset | undefined): HTMLElement {
  const equals = element("span", { class: "philab-equals" }, sign);
  const set = element("span", { class: "philab-formula" }, formula(shown, typeset));
  return element("span", { class: "philab-side" }, equals, set);
}

/** What stands beside a formula. */
export function why(...parts: readonly HTMLElement[]): HTMLElement {
  return element("span", { class: "philab-why" }, ...parts);
}

/** How far it is known, as a sign and in words. */
export function badge({ strength, badge: text }: Pick<ShownLine, "strength" | "badge">): HTMLElement {
  return element("span", { class: `philab-badge philab-${strength}` }, text);
}

/** Why it follows. */
export function reason(text: string): HTMLElement {
  return element("span", { class: "philab-reason" }, text);
}

/** Terms with their descriptions. */
export function factList(facts: readonly Fact[], typeset: Typeset | undefined): HTMLElement {
  const rows = facts.flatMap((fact) => [element("dt", {}, fact.term), described(fact, typeset)]);
  return element("dl", { class: "philab-facts" }, ...rows);
}

function described({ text, tex, read, code, more }: Fact, typeset: Typeset | undefined): HTMLElement {
  if (code) return element("dd", {}, element("code", {}, text));
  if (more !== undefined) return element("dd", {}, text, claim(more));
  if (tex === undefined) return element("dd", {}, text);
  return element("dd", {}, text === "" ? "" : `${text}: `, formula({ tex, text: read ?? tex }, typeset));
}

/** What a badge claims, and what no badge says, for whoever asks. */
function claim(sentences: string): HTMLElement {
  const asked = element("summary", { class: "philab-claim-title" }, "What the badge claims");
  return element("details", { class: "philab-claim" }, asked, element("p", {}, sentences));
}
