/** Derivations and checked statements as plain JSON: what an output holds and a page shows. Types only. */

import type { Badge, Level } from "../check/badge.js";
import type { Evidence } from "../check/verdict.js";
import type { CardRecord, Written } from "../world/cardRecord.js";

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
  /** The law in words. */
  readonly words?: string;
  /** Whether it only tidies up, so that a view may fold its line. */
  readonly bookkeeping?: true;
}

/** What a letter of the law stands for in a step. */
export interface LetterRecord {
  readonly letter: string;
  readonly tex: string;
  readonly words: string;
}

/**
 * What a step changed: LaTeX in which marks are colours #c24NNN, NNN in hexadecimal: 0 around what differs from the other
 * line, k around what stands for the k-th of `letters`.
 */
export interface ChangeRecord {
  readonly markedBefore: string;
  readonly markedAfter: string;
  readonly markedLaw?: string;
  readonly letters: readonly LetterRecord[];
}

/** What was said of an answer to an exercise, or the hints that were given. */
export interface RemarkRecord {
  readonly outcome: "right" | "other form" | "wrong" | "wrong size" | "unreadable" | "open" | "hint";
  readonly parts: readonly RemarkPart[];
}

/** A sentence, with its formula; where a card shows it better, that card with what is said above it. */
export interface RemarkPart {
  readonly text: string;
  readonly tex?: string;
  readonly brief?: string;
  readonly card?: CardRecord;
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
  /** What differs from the line before. */
  readonly change?: ChangeRecord;
  /** What differs from the last line that is no bookkeeping's result, where lines between are folded. */
  readonly foldedChange?: ChangeRecord;
}

/** What was written for a line of an exercise, and what it was worth. */
export interface AskedRecord {
  /** The number of the line, counted from 1. */
  readonly line: number;
  readonly text?: string;
  readonly outcome?: RemarkRecord["outcome"];
  /** How many hints were given. */
  readonly hints: number;
  /** The factor that the rule is to keep, where the lecturer named one; told once the line is right. */
  readonly keep?: string;
}

/** What an exercise asks for, and the marks so far. */
export interface ExerciseMarks {
  /** The name by which its view asks: it depends on the exercise alone. */
  readonly about: string;
  readonly asked: readonly AskedRecord[];
  readonly solutionShown?: true;
}

/** What a derivation was asked for, in words from which it can be derived again. */
export type AskedDerivation =
  | { readonly of: "gradient" | "jacobian"; readonly e: string; readonly X: string }
  | { readonly of: "jv"; readonly e: string; readonly directions: readonly string[] }
  | { readonly of: "jtu"; readonly e: string; readonly X: string; readonly U: string }
  | {
      readonly of: "gaussNewton";
      readonly e: string;
      readonly X: string;
      readonly directions: readonly string[];
    };

/** What was asked for and what it came to, as ∂ξ/∂vec(W)ᵀ = …. */
export interface ResultRecord extends Written {
  readonly asked: AskedDerivation;
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
  /** Where something was asked for that is more than first line = last line. */
  readonly result?: ResultRecord;
  readonly exercise?: ExerciseMarks;
}

/** One statement that was checked, with the name of its equation. */
export interface VerdictRecord extends CheckedRecord {
  readonly version: 1;
  readonly declarations: string;
  readonly tag: string;
  readonly statement: Written;
  readonly entry?: EntryRecord;
}
