/** A line as a notebook holds it: a formula, its badge, and what is known of it. */

import type { DerivationLine } from "../../../src/mime/types.js";
import { checkedObject, checkedText } from "./checked.js";
import { type Fact, factsOf, normalForm } from "./facts.js";
import { readBadge, type ShownBadge } from "./readBadge.js";

/** One line, ready to be shown. */
export interface ShownLine extends ShownBadge {
  readonly text: string;
  readonly tex: string;
  readonly reason: string;
  readonly facts: readonly Fact[];
}

/** Reads and checks the line at `path`. Throws TypeError for what is none. */
export function readLine(value: unknown, path: string): ShownLine {
  const line = checkedObject(value, path) as unknown as DerivationLine;
  for (const field of ["text", "tex", "reason"] as const) checkedText(line[field], `${path}.${field}`);
  const { text, tex, reason, badge, level, open } = line;
  const shown: ShownBadge =
    open === true ? { badge: "", strength: "open" } : readBadge(badge, level, `${path}.badge`);
  return { text, tex, reason, ...shown, facts: factsOf(line, path) };
}

/** A proved line is told by its entry, which a reader understands, rather than by the prover's own form. */
export function withEntry(line: ShownLine, entry: Fact | undefined): ShownLine {
  if (!entry || line.strength !== "proved") return line;
  const facts = line.facts.flatMap((fact) => (fact.term === normalForm ? [entry] : [fact]));
  return { ...line, facts };
}
