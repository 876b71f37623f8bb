/** A derivation: aligned lines with their badges; a line opens to its rule and its evidence. */

import type { DerivationRemark } from "../../../src/mime/types.js";
import { element } from "./element.js";
import type { Fact } from "./facts.js";
import { showProblem } from "./problem.js";
import { type DerivationModel, readDerivation, type ShownLine } from "./readDerivation.js";
import { formula, type Typeset } from "./typeset.js";
import type { View } from "./view.js";

/** Fills `host` with a DerivationPayload, or with the reason why it cannot be shown. */
export function showDerivation(host: HTMLElement, payload: unknown, typeset?: Typeset): View {
  try {
    host.replaceChildren(derivation(readDerivation(payload), typeset));
  } catch (reason) {
    showProblem(host, reason, payload);
  }
  return { dispose: () => host.replaceChildren() };
}

function derivation({ lines: [first, ...rest], remark }: DerivationModel, typeset?: Typeset): HTMLElement {
  const list = element("ol", { class: "philab-lines" }, firstLine(first, typeset));
  list.append(...rest.map((line) => nextLine(line, typeset)));
  const said = remark === undefined ? [] : [remarkBox(remark, typeset)];
  // JupyterLab would otherwise take Enter and Space for itself.
  return element("div", { class: "philab-derivation", "data-lm-suppress-shortcuts": "true" }, ...said, list);
}

function firstLine(line: ShownLine, typeset: Typeset | undefined): HTMLElement {
  return element("li", {}, element("div", { class: "philab-line" }, side("", line, typeset)));
}

function nextLine(line: ShownLine, typeset: Typeset | undefined): HTMLElement {
  const written = side("=", line, typeset);
  if (line.strength === "open") {
    const note = why(element("span", { class: "philab-reason" }, "to be written"));
    return element("li", {}, element("div", { class: "philab-line philab-open" }, written, note));
  }
  const badge = element("span", { class: `philab-badge philab-${line.strength}` }, line.badge);
  const reason = element("span", { class: "philab-reason" }, line.reason);
  const head = element("summary", { class: "philab-line" }, written, why(badge, reason));
  const details = opening(element("details", {}, head), () => factList(line.facts, typeset));
  return element("li", {}, details);
}

/** A side of the equation: its sign and its formula. */
function side(sign: string, { tex, text }: ShownLine, typeset: Typeset | undefined): HTMLElement {
  const equals = element("span", { class: "philab-equals" }, sign);
  const set = element("span", { class: "philab-formula" }, formula(tex, text, typeset));
  return element("span", { class: "philab-side" }, equals, set);
}

function why(...parts: readonly HTMLElement[]): HTMLElement {
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

/** What was said of an answer, or the hints so far. */
function remarkBox({ outcome, parts }: DerivationRemark, typeset: Typeset | undefined): HTMLElement {
  const sentences = parts.map(({ text, tex }) => {
    const words = element("p", {}, text);
    if (tex !== undefined) words.append(": ", formula(tex, tex, typeset));
    return words;
  });
  const mark = element(
    "span",
    { class: "philab-outcome" },
    `${Object.hasOwn(signs, outcome) ? signs[outcome] : "·"} ${outcome}`,
  );
  const box = { class: "philab-remark", role: "status", "data-outcome": outcome };
  return element("div", box, mark, ...sentences);
}

const signs: Readonly<Record<string, string>> = {
  right: "✓",
  "other form": "≈",
  wrong: "✗",
  "wrong size": "✗",
  unreadable: "?",
  open: "□",
  hint: "→",
};
