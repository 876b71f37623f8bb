/** A derivation: aligned lines with their badges; a line opens to its rule and its evidence. */

import type { DerivationRemark } from "../../../src/mime/types.js";
import { checkedLine, lineBox, signedFormula, why } from "./checkedLine.js";
import { element } from "./element.js";
import { showProblem } from "./problem.js";
import { type DerivationModel, readDerivation } from "./readDerivation.js";
import type { ShownLine } from "./readLine.js";
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
  return lineBox(...said, list);
}

function firstLine(line: ShownLine, typeset: Typeset | undefined): HTMLElement {
  return element("li", {}, element("div", { class: "philab-line" }, signedFormula("", line, typeset)));
}

function nextLine(line: ShownLine, typeset: Typeset | undefined): HTMLElement {
  if (line.strength === "open") {
    const note = why(element("span", { class: "philab-reason" }, "to be written"));
    return element(
      "li",
      {},
      element("div", { class: "philab-line philab-open" }, signedFormula("=", line, typeset), note),
    );
  }
  return element("li", {}, checkedLine("=", line, typeset));
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
