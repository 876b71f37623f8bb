/** How a statement that was checked looks: its record for a view of its own, one line of LaTeX, and text. */

import { badgeText } from "../symbolic/check/badge.js";
import type { VerdictRecord } from "../symbolic/derive/derivationRecord.js";
import { badgeTex } from "./badgeTex.js";
import { plainTex } from "./plainTex.js";
import { type Bundle, VERDICT_MIME, type VerdictPayload } from "./types.js";

/** The three forms of a checked statement: its name, the statement and its badge. */
export function verdictBundle(record: VerdictRecord): Bundle {
  const { tag, statement, badge } = record;
  return {
    [VERDICT_MIME]: record satisfies VerdictPayload,
    "text/latex": `$$${plainTex(tag)}\\quad ${statement.tex} \\qquad ${badgeTex(badge)}$$`,
    "text/plain": `${tag}  ${statement.text}   [${badgeText(badge)}]`,
  };
}
