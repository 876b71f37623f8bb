/** An exercise as it stands, and what is said about it. */

import type { Verdict } from "../check/verdict.js";
import type { ExerciseMarks } from "../derive/derivationRecord.js";
import type { Derivation, Line } from "../derive/derive.js";
import type { CardRecord } from "../world/cardRecord.js";
import type { World } from "../world/world.js";
import type { Judgement, Outcome } from "./exerciseAnswer.js";
import type { HintPart } from "./exerciseHints.js";

/** A line of the sheet: written and checked, or still open. */
export type SheetLine = Line | "open";

/** How an exercise stands at one moment. */
export interface Sheet {
  readonly world: World;
  readonly lines: readonly SheetLine[];
  /** The lines that are there, as a derivation. */
  readonly shown: Derivation;
  /** What is asked for, and what was written so far; none for a derivation without blanks. */
  readonly marks?: ExerciseMarks;
  /** The exercise that it is the sheet of, which goes on. */
  readonly exercise: object;
}

/** What is said of a written line; the sheet has the line where it is right. */
export class Answer {
  constructor(
    private readonly judgement: Judgement,
    /** The exercise as it stood when the answer was given. */
    readonly sheet: Sheet,
  ) {}

  /** The number of the line, counted from 1. */
  get line(): number {
    return this.judgement.line;
  }

  /** "right", "other form", "wrong", "wrong size", "unreadable" or "open". */
  get outcome(): Outcome {
    return this.judgement.outcome;
  }

  /** The evidence for or against the line; none where it could not be read or has another size. */
  get verdict(): Verdict | undefined {
    return this.judgement.verdict;
  }

  /** Of a line that does not follow: the numbers for which it does not. */
  get card(): CardRecord | undefined {
    return this.judgement.card;
  }

  /** In words: why it is not the line asked for, or for which numbers it is wrong. */
  get text(): string {
    const { text, outcome } = this.judgement;
    const done = outcome === "right" && !this.sheet.lines.includes("open");
    return done ? `${text}\nThe derivation is complete.` : text;
  }
}

/** The hints that were given for a line so far. */
export class Hint {
  constructor(
    /** The number of the line, counted from 1. */
    readonly line: number,
    /** The hints so far, the least telling first. */
    readonly parts: readonly HintPart[],
    private readonly isLast: boolean,
    /** The exercise as it stood when the hint was given. */
    readonly sheet: Sheet,
  ) {}

  /** "line 2: use vec-of-product", and what follows it. */
  get sentences(): readonly HintPart[] {
    const [first, ...rest] = this.parts;
    const last = this.isLast
      ? [{ text: "that was the last hint; solution() shows the whole derivation" }]
      : [];
    return [{ ...first, text: `line ${this.line}: ${first.text}` }, ...rest, ...last];
  }

  /** The same as lines of text. */
  get text(): string {
    return this.sentences.map(({ text, tex }) => (tex === undefined ? text : `${text}: ${tex}`)).join("\n  ");
  }
}
