/** What a written line is worth to an exercise. */

import { type Badge, badgeText } from "../check/badge.js";
import { badgeOf, type Verdict } from "../check/verdict.js";
import type { Expression, Statement } from "../language/expression.js";
import { ParseError, parse } from "../language/parse.js";
import { print } from "../language/print.js";
import { type Refuted, recordOfRefutation } from "../refute/refutationRecord.js";
import { suggestionText } from "../refute/suggestions.js";
import { alike } from "../rules/alike.js";
import { rules } from "../rules/all.js";
import { everyRewrite, rewrites } from "../rules/everyRewrite.js";
import type { CardRecord } from "../world/cardRecord.js";
import { ShapeError, sameShape, shapeOf, shapeText } from "../world/shapes.js";
import type { World } from "../world/world.js";
import type { Asked } from "./exerciseHints.js";

/**
 * "right": the line asked for. "other form": it follows, but is another line. "wrong": there are numbers for which it
 * does not hold. "wrong size": it has not the size of the line before. "unreadable": it is no expression. "open": nothing
 * is written yet.
 */
export type Outcome = "right" | "other form" | "wrong" | "wrong size" | "unreadable" | "open";

/** What is said of a written line. */
export interface Judgement {
  /** The number of the line, counted from 1. */
  readonly line: number;
  readonly outcome: Outcome;
  /** The same in words: why it is not the line asked for, or for which numbers it is wrong. */
  readonly text: string;
  /** The line as it was read. */
  readonly expression?: Expression;
  /** The evidence for or against its equality with the line before. */
  readonly verdict?: Verdict;
  /** Of a line that does not follow: the numbers for which it does not. */
  readonly card?: CardRecord;
}

/** What a line is judged by. */
export interface Question {
  readonly world: World;
  readonly check: (statement: Statement) => Verdict;
  /** Whether a wrong line is told which slip, undone, makes it right. */
  readonly suggestions: boolean;
  readonly number: number;
  /** The nearest line above that is there. */
  readonly before: Expression;
  readonly asked: Asked;
  /** The lines that come later in the lecturer's derivation. */
  readonly later: readonly Expression[];
  /** Whether the next line can be made from this one. */
  canGoOn(e: Expression): boolean;
}

/** Reads the line, with its sign of equality or without, compares its size, checks that it follows, and looks whether it is the one asked for. */
export function judge(text: string, question: Question): Judgement {
  const said = (outcome: Outcome, words: string): Judgement => ({
    line: question.number,
    outcome,
    text: `line ${question.number}: ${words}`,
  });
  const line = text.trim().replace(/^=/, "").trim();
  if (["", "□", "…"].includes(line))
    return said("open", "nothing is written yet; it goes between the quotation marks");
  let expression: Expression;
  try {
    expression = read(line);
    const sizes = misfit(question, expression);
    if (sizes !== undefined) return { ...said("wrong size", sizes), expression };
  } catch (error) {
    if (error instanceof ParseError) return said("unreadable", `this cannot be read: ${error.message}`);
    if (error instanceof ShapeError) return said("wrong size", `it has no size: ${error.message}`);
    throw error;
  }
  const statement = { left: question.before, right: expression };
  const verdict = question.check(statement);
  if (verdict.ok) return { ...said(...form(question, expression, verdict)), expression, verdict };
  const { why = theyDiffer, counterexample, suggestions = [] } = verdict;
  const repairs = question.suggestions ? suggestions : [];
  const refuted = { why, suggestions: repairs, ...(counterexample && { counterexample }) };
  const card = recordOfRefutation(question.world, statement, refuted);
  return { ...said("wrong", wrong(statement, refuted)), expression, verdict, card };
}

const theyDiffer = "the two sides differ";

function read(line: string): Expression {
  if (line.includes("="))
    throw new ParseError(`${JSON.stringify(line)}: needed is the line alone, without "="`);
  return parse(line);
}

function misfit({ world, before }: Question, e: Expression): string | undefined {
  const [needed, came] = [shapeOf(world, before), shapeOf(world, e)];
  if (sameShape(world, needed, came)) return undefined;
  return `the sizes do not fit: the line before is ${shapeText(needed)}, this is ${shapeText(came)}`;
}

function wrong({ left, right }: Statement, { why, suggestions }: Refuted): string {
  const lines = [
    `it does not follow: ${why}`,
    `  ${print(left)}`,
    `  = ${print(right)}`,
    ...suggestions.map((repair) => `  Did you mean (verified): ${suggestionText(repair)}`),
  ];
  return lines.join("\n");
}

/** What is said of a line that is the one asked for. */
export function rightWords(reason: string, badge: Badge): string {
  return `right, by ${reason} (${badgeText(badge)})`;
}

/** It follows; is it the line asked for? */
function form(question: Question, e: Expression, verdict: Verdict): [Outcome, string] {
  if (isAskedFor(question, e)) {
    const { reason } = question.asked;
    return ["right", rightWords(reason, badgeOf(verdict))];
  }
  return ["other form", `true, but not the line asked for: ${otherwise(question, e)}`];
}

/** Where the lecturer named no factor, every use of the rule from which the next line can be made will do. */
function isAskedFor(question: Question, e: Expression): boolean {
  const { world, before, asked, canGoOn } = question;
  if (isLine(question, e, asked.expression)) return true;
  if (!asked.rule || asked.keep !== undefined) return false;
  return everyRewrite(asked.rule, before, world).some((made) => isLine(question, e, made)) && canGoOn(e);
}

/** Whether a line is the wanted one; a step that changes no more than a reader overlooks must be written as it is. */
function isLine({ world, before }: Question, e: Expression, wanted: Expression): boolean {
  return alike(world, before, wanted) ? print(e) === print(wanted) : alike(world, e, wanted);
}

/** What it is instead. */
function otherwise({ world, before, asked, later }: Question, e: Expression): string {
  if (alike(world, e, before)) return "it is the line before again";
  if (later.some((line) => alike(world, line, e))) return "it comes later; write the step before it";
  const isOf = (results: readonly Expression[]) => results.some((made) => alike(world, made, e));
  if (asked.rule && isOf(everyRewrite(asked.rule, before, world)))
    return `the rule gives this too, ${otherUse(asked)}`;
  const other = rules.find((rule) => rule.name !== asked.rule?.name && isOf(rewrites(rule, before, world)));
  if (other) return `it follows by ${other.name}, and another step is asked for`;
  return "it equals the line before, but is written in another form";
}

function otherUse({ keep }: Asked): string {
  return keep === undefined
    ? "but the next line cannot be made from it"
    : `but asked for is the line that keeps ${keep}`;
}
