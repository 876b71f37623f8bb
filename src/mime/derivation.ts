/** How a derivation looks: its record for a view of its own, an aligned LaTeX derivation, and text. */

import type { DerivationRecord, LineRecord, RemarkRecord } from "../symbolic/derive/derivationRecord.js";
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
    ...text.split("\n").map((line) => `&\\text{${plain(line)}}`),
    ...(tex === undefined ? [] : [`&\\quad ${tex}`]),
  ]);
  const lines = rest.map((line) => (line.open ? `&= ${line.tex}` : `&= ${line.tex} && ${asideTex(line)}`));
  return `\\begin{aligned}\n${[...(said ?? []), `& ${first.tex}`, ...lines].join(" \\\\\n")}\n\\end{aligned}`;
}

function asideTex({ badge = "", reason }: LineRecord): string {
  return `${badgeTex(badge)} \\quad \\text{${plain(reason)}}`;
}

/** One statement with its name and its badge: what a check shows. */
export function formulaTex({ tag, tex, badge }: { tag: string; tex: string; badge: string }): string {
  return `\\text{${plain(tag)}}\\quad ${tex} \\qquad ${badgeTex(badge)}`;
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

function aside({ badge = "", reason }: LineRecord): string {
  return `[${badge}; ${reason}]`;
}

/** "✓ 3 shapes, error ≤ 1e-21" in signs that every TeX has. */
function badgeTex(badge: string): string {
  const [mark, rest] = /^[✓≈✗]/.test(badge) ? [marks[badge[0]], badge.slice(1).trim()] : ["", badge];
  const bound = / ≤ 1e(-?\d+)/.exec(rest);
  if (!bound) return `${mark}\\text{${plain(rest)}}`;
  const [before, after] = [rest.slice(0, bound.index), rest.slice(bound.index + bound[0].length)];
  return `${mark}\\text{${plain(before)}} \\le 10^{${bound[1]}}${after === "" ? "" : `\\text{${plain(after)}}`}`;
}

const marks: Readonly<Record<string, string>> = {
  "✓": "\\checkmark\\ ",
  "≈": "\\approx\\ ",
  "✗": "\\times\\ ",
};

/** What a reader wrote is text, never TeX: signs with a meaning there become others that look alike. */
function plain(text: string): string {
  return text.replace(/[\\{}$%#&_^~]/g, (sign) => alike[sign]);
}

const alike: Readonly<Record<string, string>> = {
  "\\": "∖",
  "{": "(",
  "}": ")",
  $: "＄",
  "%": "％",
  "#": "＃",
  "&": "＆",
  _: "＿",
  "^": "ˆ",
  "~": "∼",
};
