/** From what a notebook holds to what the view of a card shows. */

import type { CardPiece, CardSection } from "../../../src/mime/types.js";
import { checkedCount, checkedList, checkedObject, checkedText, wrong } from "./checked.js";
import { readBadge, type ShownBadge } from "./readBadge.js";
import { readFormula } from "./readDerivation.js";

/** A card, ready to be shown. */
export interface CardModel {
  readonly kind: string;
  readonly title: readonly CardPiece[];
  readonly badge?: ShownBadge;
  readonly sections: readonly CardSection[];
}

/** Reads and checks a payload; throws an Error that names what came and what was needed. */
export function readCard(payload: unknown): CardModel {
  const { version, kind, title, badge, sections } = checkedObject(payload, "the payload");
  if (version !== 1) throw wrong("version", version, "1, which is what this plugin reads");
  const read = checkedList(sections, "sections").map((section, k) => readSection(section, `sections[${k}]`));
  checkedCount(read.flatMap(({ lines }) => lines.flat()).length, "the pieces of all lines");
  return {
    kind: checkedText(kind, "kind"),
    title: readPieces(title, "title"),
    ...(badge !== undefined && { badge: readBeside(badge) }),
    sections: read,
  };
}

/** The badge's own sign, and what it says here. */
function readBeside(value: unknown): ShownBadge {
  const { of, text } = checkedObject(value, "badge");
  const { badge, strength } = readBadge(of, undefined, "badge.of");
  if (typeof of === "string" || (strength !== "wrong" && strength !== "unchecked"))
    throw wrong("badge.of", of, "a badge of what fails: nothing on a card is certified");
  return { badge: `${badge} ${checkedText(text, "badge.text")}`.trim(), strength };
}

function readSection(value: unknown, path: string): CardSection {
  const { heading, lines } = checkedObject(value, path);
  return {
    ...(heading !== undefined && { heading: checkedText(heading, `${path}.heading`) }),
    lines: checkedList(lines, `${path}.lines`).map((line, k) => readPieces(line, `${path}.lines[${k}]`)),
  };
}

function readPieces(value: unknown, path: string): CardPiece[] {
  return checkedList(value, path).map((piece, k) =>
    typeof piece === "string" ? piece : readFormula(piece, `${path}[${k}]`),
  );
}
