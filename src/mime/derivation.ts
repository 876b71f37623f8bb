/** How a derivation looks: its record for a view of its own, an aligned LaTeX derivation, and text. */

import { badgeText, notChecked } from "../symbolic/check/badge.js";
import type { DerivationRecord, LineRecord, RemarkRecord } from "../symbolic/derive/derivationRecord.js";
import { badgeTex } from "./badgeTex.js";
import { plainTex } from "./plainTex.js";
import { type Bundle, DERIVATION_MIME, type DerivationPayload } from "./types.js";

/** The three forms of a derivation. */
export function derivationBundle(record: DerivationRecord): Bundle {
  return {
    [DERIVATION_MIME]: record satisfies DerivationPayload,
    "text/latex": `$$${derivationTex(record)}$$`,
    "text/plain": derivationText(record),
  };
}

/** The lines aligned at their signs of equality, each with its badge and its reason, under what is said of them. */
export function derivationTex({ lines: [first, ...rest], remark }: DerivationRecord): string {
  const said = remark?.parts.flatMap(({ text, tex }) => [
    ...text.split("\n").map((line) => `&${plainTex(line)}`),
    ...(tex === undefined ? [] : [`&\\quad ${tex}`]),
  ]);
  const lines = rest.map((line) => (line.open ? `&= ${line.tex}` : `&= ${line.tex} && ${asideTex(line)}`));
  return `\\begin{aligned}\n${[...(said ?? []), `& ${first.tex}`, ...lines].join(" \\\\\n")}\n\\end{aligned}`;
}

function asideTex({ badge = notChecked, reason }: LineRecord): string {
  return `${badgeTex(badge)} \\quad ${plainTex(reason)}`;
}

/** The same as text, badges and reasons in a column. */
export function derivationText({ lines: [first, ...rest], remark }: DerivationRecord): string {
  const shown = rest.map((line) => `  = ${line.text}`);
  const width = Math.min(widest, Math.max(0, ...shown.map(({ length }) => length)));
  const lines = rest.map((line, k) => (line.open ? shown[k] : `${shown[k].padEnd(width)}   ${aside(line)}`));
  return [...remarkText(remark), `  ${first.text}`, ...lines].join("\n");
}

function remarkText(remark: RemarkRecord | undefined): string[] {
  if (!remark) return [];
  return [...remark.parts.map(({ text, tex }) => (tex === undefined ? text : `${text}: ${tex}`)), ""];
}

/** Lines longer than this do not push the badges of the others away. */
const widest = 72;

function aside({ badge = notChecked, reason }: LineRecord): string {
  return `[${badgeText(badge)}; ${reason}]`;
}
