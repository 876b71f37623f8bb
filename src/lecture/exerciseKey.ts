/** Sheets of an exercise judged anew, from what is written on them: by a lecturer's own sheet, or by what the sheet itself says. */

import { checkStatement } from "../symbolic/check/check.js";
import { declare } from "../symbolic/declare/declare.js";
import type { AskedRecord, DerivationRecord, LineRecord } from "../symbolic/derive/derivationRecord.js";
import { type Check, derive } from "../symbolic/derive/derive.js";
import { Exercise } from "../symbolic/exercise/exercise.js";
import type { Outcome } from "../symbolic/exercise/exerciseAnswer.js";
import { parse } from "../symbolic/language/parse.js";
import { alike } from "../symbolic/rules/alike.js";
import { ruleNamed } from "../symbolic/rules/all.js";
import { everyRewrite } from "../symbolic/rules/everyRewrite.js";
import { checkedWords, quoted, Unlike } from "./compare.js";

/** A line that the sheet calls right. */
export interface JudgedLine {
  /** Its number, counted from 1. */
  readonly line: number;
  /** Why it is not right; undefined where it is. */
  readonly problem: string | undefined;
}

/**
 * The lines that a sheet calls right, each judged anew by the exercise of a key: a sheet on which every line is answered right.
 * Throws an error that says so where the sheet is of another exercise, or where the key has an open line.
 */
export function judgedByKey(sheet: unknown, key: unknown): JudgedLine[] {
  const [given, asked] = [askedOf(sheet), askedOf(key)];
  compareExercise(sheet as DerivationRecord, given, key as DerivationRecord, asked);
  const inOrder = exerciseOf(key as DerivationRecord, asked);
  return right(given).map(({ line, text }) => {
    const answer = checkedWords(text, `the answer of line ${line}`);
    const isRight = (exercise: Exercise): Outcome => exercise.answer(answer, line).outcome;
    const outcome = isRight(inOrder);
    const alone = outcome === "right" ? outcome : isRight(exerciseOf(key as DerivationRecord, asked)); // answered first
    return { line, problem: alone === "right" ? undefined : `judged anew it is ${outcome}` };
  });
}

/**
 * The same without a key: whether each line that the sheet calls right can be what its rule gives, and is no mere repetition.
 * That it is what was asked for, only a key can tell.
 */
export function judgedAlone(sheet: unknown): JudgedLine[] {
  const record = sheet as DerivationRecord;
  const world = declare(checkedWords(record.declarations, "declarations"));
  return right(askedOf(sheet)).map(({ line }) => {
    const [before, own] = [
      record.lines
        .slice(0, line - 1)
        .filter(({ open }) => !open)
        .at(-1),
      record.lines[line - 1],
    ];
    if (!before || !own || own.open) return { line, problem: "called right, but not there" };
    const [x, y] = [parse(before.text), parse(own.text)];
    if (own.rule === undefined)
      return { line, problem: alike(world, x, y) ? "it is the line before again" : undefined };
    const rule = ruleNamed(checkedWords(own.rule.name, "the rule"));
    const isMade = everyRewrite(rule, x, world).some((made) => alike(world, made, y));
    return { line, problem: isMade ? undefined : `the rule ${rule.name} does not give it` };
  });
}

const right = (asked: readonly AskedRecord[]): AskedRecord[] =>
  asked.filter(({ outcome }) => outcome === "right");

/** What a sheet asks for, its lines' numbers rising. Throws Unlike. */
function askedOf(sheet: unknown): readonly AskedRecord[] {
  const { lines, exercise } = (sheet ?? {}) as Partial<DerivationRecord>;
  const asked: unknown = exercise?.asked;
  if (!Array.isArray(lines) || !Array.isArray(asked)) throw new Unlike("it is no sheet of an exercise");
  for (const line of lines)
    if (typeof line !== "object" || line === null) throw new Unlike(`${quoted(line)} is no line`);
  let last = 1;
  for (const one of asked) {
    const line: unknown = one?.line;
    if (!Number.isInteger(line) || (line as number) <= last || (line as number) > lines.length)
      throw new Unlike(`it asks for line ${quoted(line)}, after line ${last} of ${lines.length}`);
    last = line as number;
  }
  return asked;
}

function compareExercise(
  sheet: DerivationRecord,
  given: readonly AskedRecord[],
  key: DerivationRecord,
  asked: readonly AskedRecord[],
): void {
  const differs = (what: string): never => {
    throw new Unlike(`it is another exercise than the key's: ${what} differ`);
  };
  const numbers = (all: readonly AskedRecord[]): string => all.map(({ line }) => line).join(" ");
  if (sheet.declarations !== key.declarations) differs("the declarations");
  if (sheet.lines.length !== key.lines.length || numbers(given) !== numbers(asked))
    differs("the lines asked for");
  const isAsked = new Set(asked.map(({ line }) => line));
  const isOther = ({ text }: LineRecord, at: number): boolean =>
    !isAsked.has(at + 1) && text !== key.lines[at]?.text;
  if (sheet.lines.some(isOther)) differs("the lines given");
}

/** The exercise that the key's sheet is of, with nothing answered. Throws Unlike, or what a derivation throws. */
function exerciseOf({ declarations, lines }: DerivationRecord, asked: readonly AskedRecord[]): Exercise {
  const open = lines.findIndex((line) => line.open);
  if (open >= 0) throw new Unlike(`line ${open + 1} of the key is open; the key needs every line answered`);
  const world = declare(checkedWords(declarations, "declarations"));
  const check: Check = (statement, standing) => checkStatement(world, statement, { standing });
  const [first, ...rest] = lines;
  let whole = derive(world, checkedWords(first?.text, "the first line"), check);
  for (const { text, reason, rule } of rest)
    whole = whole.step(parse(text), reason, rule && ruleNamed(rule.name));
  const blanks = asked.map(({ line, keep }) => [line - 1, keep === undefined ? {} : { keep }] as const);
  return new Exercise({ check, options: {} }, whole, new Map(blanks));
}
