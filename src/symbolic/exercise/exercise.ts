/** Exercises: a derivation in which some lines are open, and a reader writes them. */

import type { Verdict } from "../check/verdict.js";
import type { ExerciseMarks } from "../derive/derivationRecord.js";
import { type Check, type Derivation, derive } from "../derive/derive.js";
import type { Expression } from "../language/expression.js";
import { parse } from "../language/parse.js";
import { print, printStatement } from "../language/print.js";
import { alike } from "../rules/alike.js";
import { rewrite } from "../rules/rewrite.js";
import type { World } from "../world/world.js";
import { judge, type Outcome } from "./exerciseAnswer.js";
import { type Asked, hintsOf } from "./exerciseHints.js";
import { Answer, Hint, type Sheet, type SheetLine } from "./exerciseSheet.js";

/** What a lecturer allows. */
export interface ExerciseOptions {
  /** Whether a wrong answer is told which slip, undone, makes it right; without it, only that it is wrong and where. */
  readonly suggestions?: boolean;
}

/** An exercise asked for what it does not have. */
export class ExerciseError extends Error {
  override readonly name = "ExerciseError";
}

/** What all states of one exercise share. */
interface Setting {
  readonly check: Check;
  readonly options: ExerciseOptions;
}

/** How an open line is made: the factor that its rule keeps, where the lecturer named one. */
type Blanks = ReadonlyMap<number, { readonly keep?: string }>;

/**
 * A derivation with open lines. The lecturer writes it as a derivation, `by` and `eq` for lines that are shown, `blank`
 * and `blankEq` for lines that are asked for; each of these gives a new exercise with nothing answered, and each line
 * is checked at once, so that no exercise asks for what does not hold. A reader then calls `answer` and `hint`; what is
 * answered right stays on the sheet, whatever comes after it.
 */
export class Exercise {
  private readonly answers = new Map<number, Expression>();
  private readonly hintsGiven = new Map<number, number>();
  private readonly attempts = new Map<number, { readonly text: string; readonly outcome: Outcome }>();
  private readonly verdicts = new Map<string, Verdict>();

  constructor(
    private readonly setting: Setting,
    private readonly whole: Derivation,
    private readonly blanks: Blanks = new Map(),
  ) {}

  /** A line that is shown, made by a rule. Throws as a derivation's `by` does. */
  by(rule: string, keep?: string): Exercise {
    return new Exercise(this.setting, this.whole.by(rule, keep), this.blanks);
  }

  /** A line that is shown, as written. Throws StepError where it does not follow. */
  eq(expression: string, why?: string): Exercise {
    return new Exercise(this.setting, this.whole.eq(expression, why), this.blanks);
  }

  /**
   * An open line: the one that the rule gives. With `keep` that factor is to stay, as "W"; without it every use of the
   * rule will do.
   */
  blank(rule: string, keep?: string): Exercise {
    const whole = this.whole.by(rule, keep);
    return new Exercise(this.setting, whole, this.withBlank(keep === undefined ? {} : { keep }));
  }

  /** An open line: the one written here; `why` is the first hint. Throws StepError where it does not follow. */
  blankEq(expression: string, why: string): Exercise {
    return new Exercise(this.setting, this.whole.eq(expression, why), this.withBlank({}));
  }

  /** The numbers of the lines that are still open, counted from 1 as in messages. */
  get open(): number[] {
    return [...this.blanks.keys()].filter((at) => !this.answers.has(at)).map((at) => at + 1);
  }

  /** Whether every line is there. */
  get complete(): boolean {
    return this.open.length === 0;
  }

  /**
   * Says what a line is worth: right; true, but not the line asked for; wrong, with a counterexample; of another size;
   * not to be read. Only a right one is kept. It is the first open line that is answered, or the one that is named;
   * where none is open, the last one, anew. Throws ExerciseError for a line that is not asked for, TypeError for what is
   * no text; a wrong answer throws nothing.
   */
  answer(expression: string, line?: number): Answer {
    if (typeof expression !== "string")
      throw new TypeError(
        `answer: came ${String(expression)}; needed the line as a text, as "kron(I(n), A)*vec(B)"`,
      );
    const at = this.lineOf(expression, line);
    const judged = judge(expression, {
      world: this.world,
      check: (statement) => this.remembered(statement, this.whole.standing),
      suggestions: this.setting.options.suggestions ?? false,
      number: at + 1,
      before: this.lineBefore(at),
      asked: this.asked(at),
      later: this.whole.lines.slice(at + 1).map((later) => later.expression),
      canGoOn: (e) => this.canGoOn(at, e),
    });
    if (judged.outcome === "right" && judged.expression) this.answers.set(at, judged.expression);
    this.note(at, { text: expression, outcome: judged.outcome });
    return new Answer(judged, this.sheet);
  }

  /** The last attempt at a line counts, until one was right. */
  private note(at: number, attempt: { readonly text: string; readonly outcome: Outcome }): void {
    const isOver = attempt.outcome === "open" || this.attempts.get(at)?.outcome === "right";
    if (!isOver || attempt.outcome === "right") this.attempts.set(at, attempt);
  }

  /**
   * One hint more for the first open line, or the one that is named: the rule's name, then its statement, then where it
   * applies. Never the line itself. Throws ExerciseError for a line that is not asked for.
   */
  hint(line?: number): Hint {
    const at = this.lineOf(undefined, line);
    const parts = hintsOf(this.world, this.asked(at), this.written(at - 1));
    const given = Math.min(parts.length, (this.hintsGiven.get(at) ?? 0) + 1);
    this.hintsGiven.set(at, given);
    return new Hint(at + 1, parts.slice(0, given), given === parts.length, this.sheet);
  }

  /** The whole derivation, with the lines that were asked for. The sheet stays as it is. */
  solution(): Derivation {
    return this.whole;
  }

  /** The derivation as it was answered. Throws ExerciseError while a line is open. */
  get derivation(): Derivation {
    if (!this.complete) {
      const [s, are] = this.open.length === 1 ? ["", "is"] : ["s", "are"];
      throw new ExerciseError(`line${s} ${this.open.join(", ")} ${are} still open`);
    }
    return this.sheet.shown;
  }

  /** The lines as they stand. */
  get sheet(): Sheet {
    const [first, ...rest] = this.whole.lines;
    let shown = derive(this.world, first.expression, this.remembered);
    const lines: SheetLine[] = [shown.lines[0]];
    for (const [k, line] of rest.entries()) {
      const expression = this.written(k + 1);
      if (expression) shown = shown.step(expression, line.reason, line.rule);
      lines.push(expression ? shown.lines[shown.lines.length - 1] : "open");
    }
    const marks = this.blanks.size > 0 && { marks: this.marks };
    return { world: this.world, lines, shown, exercise: this, ...marks };
  }

  /** What is asked for, by the exercise's own name, and what was written and hinted so far. */
  private get marks(): ExerciseMarks {
    const texts = this.whole.lines.map(({ expression }) => print(expression));
    const about = [this.world.declarations, ...texts, [...this.blanks.keys()].join(" ")].join("\n");
    const asked = [...this.blanks.keys()].map((at) => ({
      line: at + 1,
      ...this.attempts.get(at),
      hints: this.hintsGiven.get(at) ?? 0,
      ...(this.answers.has(at) && this.blanks.get(at)),
    }));
    return { about: `exercise ${hashed(about)}`, asked };
  }

  /** Wipes the answers off the sheet. */
  reset(): this {
    this.answers.clear();
    this.attempts.clear();
    this.hintsGiven.clear();
    return this;
  }

  private get world(): World {
    return this.whole.world;
  }

  private withBlank(blank: { readonly keep?: string }): Blanks {
    return new Map([...this.blanks, [this.whole.lines.length, blank]]);
  }

  /** A line is checked once, however often the sheet is shown. */
  private readonly remembered: Check = (statement, standing) => {
    const text = printStatement(statement);
    const verdict = this.verdicts.get(text) ?? this.setting.check(statement, standing);
    this.verdicts.set(text, verdict);
    return verdict;
  };

  /**
   * The line that is meant, counted from 0: the named one, the one that holds this answer already, the first open one;
   * where every line is there, the last that was asked for.
   */
  private lineOf(expression: string | undefined, line: number | undefined): number {
    if (line !== undefined) {
      if (this.blanks.has(line - 1)) return line - 1;
      throw new ExerciseError(`line ${line} is not asked for; asked for are ${this.numbers}`);
    }
    if (this.blanks.size === 0) throw new ExerciseError("no line is asked for; blank(rule) asks for one");
    const again = expression === undefined ? undefined : this.answeredBy(expression);
    const first = again ?? this.open.map((number) => number - 1)[0];
    return first ?? ([...this.blanks.keys()].at(-1) as number);
  }

  private get numbers(): string {
    return [...this.blanks.keys()].map((at) => at + 1).join(", ");
  }

  /** The line that has this answer: so a cell that runs twice says the same. */
  private answeredBy(expression: string): number | undefined {
    try {
      const e = parse(expression);
      return [...this.answers].find(([, answer]) => alike(this.world, answer, e))?.[0];
    } catch {
      return undefined; // what cannot be read, or has no size, is nobody's answer; judge says why
    }
  }

  /** The line asked for, and how it is made. */
  private asked(at: number): Asked {
    return { ...this.whole.lines[at], expression: this.expected(at), ...this.blanks.get(at) };
  }

  /** A line, unless it is open. */
  private written(at: number): Expression | undefined {
    return this.blanks.has(at) ? this.answers.get(at) : this.whole.lines[at].expression;
  }

  /** The nearest line above that is there. */
  private lineBefore(at: number): Expression {
    return this.written(at - 1) ?? this.lineBefore(at - 1);
  }

  /** The line asked for: after another use of the line before's rule than the lecturer's, what follows from that. */
  private expected(at: number): Expression {
    const { rule, expression } = this.whole.lines[at];
    const [blank, before] = [this.blanks.get(at), this.answers.get(at - 1)];
    if (!blank || !rule || !before) return expression;
    return rewrite(rule, before, { world: this.world, ...blank }) ?? expression;
  }

  /** Whether the next line can still be answered from this one. */
  private canGoOn(at: number, e: Expression): boolean {
    const next = this.blanks.get(at + 1);
    const rule = this.whole.lines[at + 1]?.rule;
    return !next || !rule || rewrite(rule, e, { world: this.world, ...next }) !== undefined;
  }
}

/** An exercise that begins with the expression. Throws ParseError or ShapeError. */
export function exercise(
  world: World,
  start: string | Expression,
  setting: { check: Check; options?: ExerciseOptions },
): Exercise {
  const { options = {} } = setting;
  return new Exercise({ ...setting, options }, derive(world, start, setting.check));
}

/** A short name for a text: FNV-1a in 32 bits, twice with other beginnings. */
function hashed(text: string): string {
  const half = (start: number): string => {
    let hash = start;
    for (const sign of text) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193);
    return (hash >>> 0).toString(16).padStart(8, "0");
  };
  return half(0x811c9dc5) + half(0x9e3779b9);
}
