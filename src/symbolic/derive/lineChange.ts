/** What a step changed, as a view colours it: both lines with marks around what differs and what the rule's letters are. */

import type { Expression } from "../language/expression.js";
import type { Rule } from "../rules/rule.js";
import { spoken } from "../world/spoken.js";
import { texMarked, texOf } from "../world/tex.js";
import type { World } from "../world/world.js";
import type { ChangeRecord, LetterRecord } from "./derivationRecord.js";
import { type LawLetter, lawLettersAt } from "./lawLetters.js";
import { fresh, spotsBetween } from "./spots.js";

type Marks = Map<Expression, readonly number[]>;

/** Both lines with their marks: 0 around what differs, 1, 2, … around what each letter stands for. */
export function changeOf(
  world: World,
  { before, after, rule }: { before: Expression; after: Expression; rule?: Rule },
): ChangeRecord | undefined {
  const [left, right] = [fresh(before), fresh(after)];
  const spots = spotsBetween(left, right);
  if (spots.length === 0) return undefined;
  const letters = rule ? spots.flatMap((spot) => lawLettersAt(world, rule.name, spot)) : [];
  const names = rule
    ? lettersOfLaw(rule.law).filter((name) => letters.some(({ letter }) => letter === name))
    : [];
  const marked = (e: Expression, side: "before" | "after"): string => {
    const marks: Marks = new Map();
    for (const spot of spots) addMark(marks, spot[side], 0);
    for (const one of letters) addMark(marks, one[side], names.indexOf(one.letter) + 1);
    return texOf({ ...world, marks }, e);
  };
  return {
    markedBefore: marked(left, "before"),
    markedAfter: marked(right, "after"),
    ...(rule && names.length > 0 && { markedLaw: markedLaw(rule.law, names) }),
    letters: names.map((name) => letterRecord(world, name, letters)),
  };
}

function addMark(marks: Marks, parts: readonly Expression[], mark: number): void {
  if (mark < 0) return;
  for (const part of parts) marks.set(part, [...(marks.get(part) ?? []), mark]);
}

function letterRecord(world: World, name: string, letters: readonly LawLetter[]): LetterRecord {
  const [{ value }] = letters.filter(({ letter }) => letter === name);
  return { letter: name, tex: texOf(world, value), words: spoken(world, value) };
}

/** Single letters of a law's TeX that are no part of a command or of words. */
const lawToken = /\\(?:text|operatorname|mathrm|mathbb|mathcal)\{[^}]*\}|\\[A-Za-z]+|[A-Za-z]/g;

/** The letters of a law, each once, in the order they stand. */
function lettersOfLaw(law: string): string[] {
  return [
    ...new Set([...law.matchAll(lawToken)].map(([token]) => token).filter((token) => token.length === 1)),
  ];
}

function markedLaw(law: string, names: readonly string[]): string {
  return law.replace(lawToken, (token) => {
    const at = names.indexOf(token);
    return at < 0 ? token : texMarked(at + 1, token);
  });
}
