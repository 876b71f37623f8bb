/** From what a notebook holds to what the view of a derivation shows. */

import type { DerivationLine, DerivationPayload, DerivationRemark } from "../../../src/mime/types.js";
import { checkedList, checkedObject, checkedText, wrong } from "./checked.js";
import { entryFact, type Fact, factsOf, normalForm } from "./facts.js";

/** How far the evidence for a line reaches; each has a sign, a colour and words. */
export type Strength = "proved" | "tried" | "weak" | "wrong" | "unchecked" | "open";

/** One line, ready to be shown. */
export interface ShownLine {
  readonly text: string;
  readonly tex: string;
  readonly reason: string;
  readonly badge: string;
  readonly strength: Strength;
  readonly facts: readonly Fact[];
}

/** A derivation, ready to be shown. */
export interface DerivationModel {
  readonly remark?: DerivationRemark;
  readonly lines: readonly ShownLine[];
}

/** A page of more lines would hang. */
const mostLines = 2_000;

/** Reads and checks a payload; throws an Error that names what came and what was needed. */
export function readDerivation(payload: unknown): DerivationModel {
  const { version, lines, remark, entry } = checkedObject(
    payload,
    "the payload",
  ) as Partial<DerivationPayload>;
  if (version !== 1) throw wrong("version", version, "1, which is what this plugin reads");
  if (!Array.isArray(lines) || lines.length === 0) throw wrong("lines", lines, "at least one line");
  if (lines.length > mostLines) throw wrong("lines", `${lines.length} of them`, `at most ${mostLines}`);
  const shared = entry === undefined ? undefined : entryFact(entry);
  const shown = lines.map((line, at) => withEntry(readLine(line, `lines[${at}]`), shared));
  return remark === undefined ? { lines: shown } : { lines: shown, remark: readRemark(remark) };
}

function readLine(value: unknown, path: string): ShownLine {
  const line = checkedObject(value, path) as unknown as DerivationLine;
  for (const field of ["text", "tex", "reason"] as const) checkedText(line[field], `${path}.${field}`);
  const { text, tex, reason, badge = "" } = line;
  checkedText(badge, `${path}.badge`);
  return { text, tex, reason, badge, strength: strengthOf(line), facts: factsOf(line, path) };
}

/** A proved line is told by its entry, which a reader understands, rather than by the prover's own form. */
function withEntry(line: ShownLine, entry: Fact | undefined): ShownLine {
  if (!entry || line.strength !== "proved") return line;
  const facts = line.facts.flatMap((fact) => (fact.term === normalForm ? [entry] : [fact]));
  return { ...line, facts };
}

function readRemark(value: unknown): DerivationRemark {
  const remark = checkedObject(value, "remark") as unknown as DerivationRemark;
  checkedText(remark.outcome, "remark.outcome");
  for (const [at, part] of checkedList(remark.parts, "remark.parts").entries()) {
    const { text, tex = "" } = checkedObject(part, `remark.parts[${at}]`);
    checkedText(text, `remark.parts[${at}].text`);
    checkedText(tex, `remark.parts[${at}].tex`);
  }
  return remark;
}

/** The badge's sign says it; of those that hold, the level tells a proof from a trial. */
function strengthOf({ open, badge = "", level }: DerivationLine): Strength {
  if (open === true) return "open";
  if (badge.startsWith("✗")) return "wrong";
  if (badge.startsWith("≈") || badge.includes(", but ")) return "weak";
  if (!badge.startsWith("✓")) return "unchecked";
  return level === "all sizes" ? "proved" : "tried";
}
