/** Cards: formulas with words beside them, in sections; as data for a view, as LaTeX and as text. */

import type { CardPiece, CardRecord, CardSection } from "../symbolic/world/cardRecord.js";
import { badgeTex } from "./badgeTex.js";
import { plainTex } from "./plainTex.js";
import { texRows } from "./texPieces.js";
import { type Bundle, CARD_MIME, type CardPayload } from "./types.js";

/** Signs of a formula in one row, where nothing else breaks it. */
const longestRow = 80;

/** The forms of a card; `text` is what a terminal shows. */
export function cardBundle(record: CardRecord, text: string): Bundle {
  return {
    [CARD_MIME]: record satisfies CardPayload,
    "text/latex": `$$\\begin{aligned}\n${cardTex(record)
      .map((line) => `& ${line}`)
      .join(" \\\\\n")}\n\\end{aligned}$$`,
    "text/plain": text,
  };
}

/** The title with its badge, then each section's lines below its heading. */
function cardTex({ title, badge, sections }: CardRecord): string[] {
  const head = title.map(pieceTex).join("");
  const first = badge ? `${head} \\qquad ${badgeTex(badge.of)}${plainTex(badge.text)}` : head;
  return [...(first === "" ? [] : [first]), ...sections.flatMap(sectionTex)];
}

function sectionTex({ heading, lines }: CardSection): string[] {
  const set = lines.map((line) => `\\quad ${line.map(pieceTex).join("")}`);
  return heading === undefined ? set : [plainTex(heading), ...set];
}

function pieceTex(piece: CardPiece): string {
  if (typeof piece !== "string") return texRows(piece.tex, longestRow).join(" \\\\\n& \\qquad ");
  return piece.split("\n").map(plainTex).join(" \\\\\n& \\quad ");
}
