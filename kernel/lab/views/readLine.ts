/** A line as a notebook holds it: a formula, its badge, and what is known of it. */

import type { ChangeRecord, DerivationLine } from "../../../src/mime/types.js";
import { checkedObject, checkedText } from "./checked.js";
import { type Fact, factsOf, normalForm } from "./facts.js";
import { readBadge, type ShownBadge } from "./readBadge.js";
import { readChange } from "./readChange.js";

/** One line, ready to be shown. */
export interface ShownLine extends ShownBadge {
  readonly text: string;
  readonly tex: string;
  readonly words?: string;
  /** Why it follows: the rule's name, or what was written. */
  readonly reason: string;
  /** The rule in words, and its law. */
  readonly rule?: { readonly words?: string; readonly law: string };
  /** Whether it only tidies up. */
  readonly isBookkeeping: boolean;
  readonly change?: ChangeRecord;
  readonly foldedChange?: ChangeRecord;
  readonly facts: readonly Fact[];
}

/** Reads and checks the line at `path`. Throws TypeError for what is none. */
export function readLine(value: unknown, path: string): ShownLine {
  const line = checkedObject(value, path) as unknown as DerivationLine;
  for (const field of ["text", "tex", "reason"] as const) checkedText(line[field], `${path}.${field}`);
  const { text, tex, reason, badge, level, open } = line;
  const shown: ShownBadge =
    open === true ? { badge: "", strength: "open" } : readBadge(badge, level, `${path}.badge`);
  const own = { text, tex, reason, ...shown, ...wordsOf(line, path), ...readRule(line.rule, `${path}.rule`) };
  return { ...own, ...readChanges(line, path), facts: factsOf(line, path) };
}

function wordsOf({ words }: Pick<DerivationLine, "words">, path: string): { words?: string } {
  return words === undefined ? {} : { words: checkedText(words, `${path}.words`) };
}

function readRule(value: unknown, path: string): Pick<ShownLine, "rule" | "isBookkeeping"> {
  if (value === undefined) return { isBookkeeping: false };
  const { law, words, bookkeeping } = checkedObject(value, path);
  const said = words === undefined ? {} : { words: checkedText(words, `${path}.words`) };
  return { rule: { law: checkedText(law, `${path}.law`), ...said }, isBookkeeping: bookkeeping === true };
}

function readChanges(line: DerivationLine, path: string): Pick<ShownLine, "change" | "foldedChange"> {
  const change = readChange(line.change, `${path}.change`);
  const foldedChange = readChange(line.foldedChange, `${path}.foldedChange`);
  return { ...(change && { change }), ...(foldedChange && { foldedChange }) };
}

/** A proved line is told by its entry, which a reader understands, rather than by the prover's own form. */
export function withEntry(line: ShownLine, entry: Fact | undefined): ShownLine {
  if (!entry || line.strength !== "proved") return line;
  const facts = line.facts.flatMap((fact) => (fact.term === normalForm ? [entry] : [fact]));
  return { ...line, facts };
}
