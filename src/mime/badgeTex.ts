/** A badge in TeX: its text is made beside its data, in symbolic/check/badge.ts. */

import { type Badge, type BadgeMark, badgePieces } from "../symbolic/check/badge.js";
import { plainTex } from "./plainTex.js";

/** "✓ 3 shapes, error ≤ 1e-21" in signs that every TeX has. */
export function badgeTex(badge: Badge): string {
  const words = badgePieces(badge).map((piece) => (typeof piece === "string" ? plainTex(piece) : piece.tex));
  return markTex[badge.mark] + words.join("");
}

const markTex: Readonly<Record<BadgeMark, string>> = {
  holds: "\\checkmark\\ ",
  nearly: "\\approx\\ ",
  fails: "\\times\\ ",
  unchecked: "",
};
