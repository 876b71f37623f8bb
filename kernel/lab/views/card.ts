/** A card: formulas with words beside them, in sections under headings. */

import type { CardPiece, CardSection } from "../../../src/mime/types.js";
import { badge, lineBox } from "./checkedLine.js";
import type { ViewModule } from "./contract.js";
import { element } from "./element.js";
import { watchMarks } from "./formulaMarks.js";
import { readCard } from "./readCard.js";
import { formula, type Typeset } from "./typeset.js";
import { viewModule } from "./viewModule.js";

/** Shows a CardPayload. */
const view: ViewModule = viewModule(({ el, payload, typeset, signal }) => {
  const { kind, title, badge: beside, sections } = readCard(payload);
  const card = element("div", {
    class: "philab-card",
    "data-kind": kind,
    // It scrolls where it is too wide: so a keyboard must reach it.
    ...{ tabindex: 0, role: "group", "aria-label": kind },
  });
  if (title.length > 0)
    card.append(element("div", { class: "philab-card-title" }, ...pieces(title, typeset)));
  if (beside) card.firstElementChild?.append(badge(beside));
  card.append(...sections.map((section) => sectionBox(section, typeset)));
  watchMarks(card, signal);
  el.replaceChildren(lineBox(card));
});

export default view;

function sectionBox({ heading, lines }: CardSection, typeset: Typeset | undefined): HTMLElement {
  const list = element("ul", {}, ...lines.map((line) => element("li", {}, ...pieces(line, typeset))));
  const head = heading === undefined ? [] : [element("h4", {}, heading)];
  return element("section", {}, ...head, list);
}

function pieces(line: readonly CardPiece[], typeset: Typeset | undefined): (HTMLElement | string)[] {
  return line.map((piece) => (typeof piece === "string" ? piece : formula(piece, typeset)));
}
