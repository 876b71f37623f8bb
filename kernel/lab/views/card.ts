/** A card: formulas with words beside them, in sections under headings. */

import type { CardPiece, CardSection } from "../../../src/mime/types.js";
import { badge, lineBox } from "./checkedLine.js";
import type { ViewModule } from "./contract.js";
import { element } from "./element.js";
import { watchMarks } from "./formulaMarks.js";
import { type CardModel, readCard } from "./readCard.js";
import { formula, type Typeset } from "./typeset.js";
import { viewModule } from "./viewModule.js";

/** Shows a CardPayload. */
const view: ViewModule = viewModule(({ el, payload, typeset, signal }) => {
  const card = cardBox(readCard(payload), typeset);
  watchMarks(card, signal);
  el.replaceChildren(lineBox(card));
});

export default view;

/** The card's title with its badge, and its sections. */
export function cardBox(
  { kind, title, badge: beside, sections }: CardModel,
  typeset: Typeset | undefined,
): HTMLElement {
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
  return card;
}

function sectionBox({ heading, lines }: CardSection, typeset: Typeset | undefined): HTMLElement {
  const list = element("ul", {}, ...lines.map((line) => element("li", {}, ...pieces(line, typeset))));
  const head = heading === undefined ? [] : [element("h4", {}, heading)];
  return element("section", {}, ...head, list);
}

function pieces(line: readonly CardPiece[], typeset: Typeset | undefined): HTMLElement[] {
  return line.map((piece) =>
    typeof piece === "string" ? element("span", {}, piece) : formula(piece, typeset),
  );
}
