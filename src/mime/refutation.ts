/** How a refuted statement looks: the statement, the numbers that show it false, and both sides. */

import { type Badge, badgeText } from "../symbolic/check/badge.js";
import type { RefutationPiece, RefutationRecord } from "../symbolic/refute/refutationRecord.js";
import { badgeTex } from "./badgeTex.js";
import { plainTex } from "./plainTex.js";
import type { Bundle } from "./types.js";

/** As LaTeX and as text. */
export function refutationBundle({ text, statement, lines }: RefutationRecord): Bundle {
  const all = [`${statement.tex} \\qquad ${badgeTex(fails)}${plainTex(saying)}`, ...lines.map(lineTex)];
  return {
    "text/latex": `$$\\begin{aligned}\n${all.map((line) => `& ${line}`).join(" \\\\\n")}\n\\end{aligned}$$`,
    "text/plain": `${badgeText(fails)} ${statement.text} ${saying}\n${text}`,
  };
}

const fails: Badge = { mark: "fails", caveats: [] };
const saying = "does not hold";

function lineTex(pieces: readonly RefutationPiece[]): string {
  return `\\quad ${pieces.map((piece) => (typeof piece === "string" ? wordsTex(piece) : piece.tex)).join("")}`;
}

/** Words of several lines stand below each other. */
function wordsTex(text: string): string {
  return text.split("\n").map(plainTex).join(" \\\\\n& \\quad ");
}
