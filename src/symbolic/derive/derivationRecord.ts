/** Derivations and checked statements as plain JSON: what an output holds and a page shows. Types only. */

import type { Badge, Level } from "../check/badge.js";
import type { Evidence } from "../check/verdict.js";

/** An expression in both notations. */
export interface Written {
  /** As a cell reads it: kron(phi(Z)', I(d_out)) * vec(W). */
  readonly text: string;
  /** As the slides write it, in LaTeX without delimiters. */
  readonly tex: string;
}

/** What each entry of every line is, where all lines are proved for all sizes. */
export interface EntryRecord extends Written {
  /** The letters of its row and its column: "k; p, q". */
  readonly at: string;
}

/** The rule that a line was made by. */
export interface RuleRecord {
  readonly name: string;
  /** The law in LaTeX. */
  readonly law: string;
  /** Where it is proved independently. */
  readonly source: string;
}

/** What was said of an answer to an exercise, or the hints that were given. */
export interface RemarkRecord {
  readonly outcome: "right" | "other form" | "wrong" | "wrong size" | "unreadable" | "open" | "hint";
  readonly parts: readonly { readonly text: string; readonly tex?: string }[];
}

/** How far something is known to hold. */
export interface CheckedRecord {
  readonly level: Level;
  readonly badge: Badge;
  readonly evidence: Evidence;
  /** From which it can be verified again. */
  readonly certificate: unknown;
}

/** One line: why it equals the line before, and how far that is known. The first line has neither. */
export interface LineRecord extends Written, Partial<CheckedRecord> {
  readonly reason: string;
  /** A line of an exercise that is still to be written; its text is □. */
  readonly open?: true;
  readonly rule?: RuleRecord;
}

/** A whole derivation. */
export interface DerivationRecord {
  readonly version: 1;
  readonly declarations: string;
  /** First line = last line. */
  readonly statement: Written;
  /** The weakest level among the lines; none where a line was not checked. */
  readonly level?: Level;
  readonly lines: readonly LineRecord[];
  readonly entry?: EntryRecord;
  readonly remark?: RemarkRecord;
}

/** One statement that was checked, with the name of its equation. */
export interface VerdictRecord extends CheckedRecord {
  readonly version: 1;
  readonly declarations: string;
  readonly tag: string;
  readonly statement: Written;
  readonly entry?: EntryRecord;
}
