/** How a statement that was checked looks: its record for a view of its own, one line of LaTeX, and text. */

import { badgeText } from "../symbolic/check/badge.js";
import type { VerdictRecord } from "../symbolic/derive/derivationRecord.js";
import { badgeTex } from "./badgeTex.js";
import { plainTex } from "./plainTex.js";
import {
  type Bundle,
  type ListedVerdict,
  VERDICT_MIME,
  type VerdictListPayload,
  type VerdictPayload,
} from "./types.js";

/** The three forms of a checked statement: its name, the statement and its badge. */
export function verdictBundle(record: VerdictRecord): Bundle {
  return {
    [VERDICT_MIME]: record satisfies VerdictPayload,
    "text/latex": `$$${verdictTex(record)}$$`,
    "text/plain": verdictText(record),
  };
}

/** The same of several, a line each. */
export function verdictListBundle(statements: readonly ListedVerdict[]): Bundle {
  const lines = statements.map(({ name, verdict }) => {
    const lead = name === undefined ? "" : `${name}: `;
    return { tex: `& ${plainTex(lead)}${verdictTex(verdict)}`, text: lead + verdictText(verdict) };
  });
  return {
    [VERDICT_MIME]: { version: 1, statements } satisfies VerdictListPayload,
    "text/latex": `$$\\begin{aligned}\n${lines.map(({ tex }) => tex).join(" \\\\\n")}\n\\end{aligned}$$`,
    "text/plain": lines.map(({ text }) => text).join("\n"),
  };
}

function verdictTex({ tag, statement, badge }: VerdictRecord): string {
  const name = tag === "" ? "" : `${plainTex(tag)}\\quad `;
  return `${name}${statement.tex} \\qquad ${badgeTex(badge)}`;
}

function verdictText({ tag, statement, badge }: VerdictRecord): string {
  const name = tag === "" ? "" : `${tag}  `;
  return `${name}${statement.text}   [${badgeText(badge)}]`;
}
