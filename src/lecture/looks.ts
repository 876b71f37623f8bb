/** How the values of the symbolic side look; that side itself knows no MIME type. */

import { cardBundle } from "../mime/card.js";
import { derivationBundle, derivationText } from "../mime/derivation.js";
import { type Bundle, type ListedVerdict, type Shown, VERDICT_MIME } from "../mime/types.js";
import { verdictListBundle } from "../mime/verdict.js";
import { answersKey, displayKey, shows } from "../numeric/show.js";
import type { DerivationRecord, VerdictRecord } from "../symbolic/derive/derivationRecord.js";
import { Derivation } from "../symbolic/derive/derive.js";
import { recordOf } from "../symbolic/derive/record.js";
import { Exercise } from "../symbolic/exercise/exercise.js";
import { recordOfAnswer, recordOfHint, recordOfSheet } from "../symbolic/exercise/exerciseRecord.js";
import { Answer, Hint, type Sheet } from "../symbolic/exercise/exerciseSheet.js";
import { cardLines } from "../symbolic/world/card.js";
import type { World } from "../symbolic/world/world.js";
import { VerifiedDerivatives } from "../verify/verification.js";
import { deskReply } from "./exerciseDesk.js";
import { verifiedBundle, verifiedText } from "./verifiedCard.js";

/** Lets derivations, exercises, answers, hints and what was verified show themselves. */
export function showDerivations(): void {
  shows(VerifiedDerivatives, verifiedBundle, verifiedText);
  shows(Derivation, (derivation) => derivationBundle(recordOf(derivation)));
  showsSheet(Exercise, ({ sheet }) => recordOfSheet(sheet));
  showsSheet(Answer, recordOfAnswer);
  showsSheet(Hint, recordOfHint);
  for (const { prototype } of [Exercise, Answer, Hint])
    Object.defineProperty(prototype, answersKey, { configurable: true, get: answering });
}

/** What shows a sheet answers for the exercise that the sheet is of; a derivation without blanks answers nothing. */
function answering(this: { readonly sheet: Sheet }): object | undefined {
  const { marks, exercise } = this.sheet;
  if (!marks || !(exercise instanceof Exercise)) return undefined;
  return { about: marks.about, answer: (question: unknown) => deskReply(exercise, question) };
}

/** The bundle of a list of checked statements; undefined where another value is among them. */
export function verdictsBundle(
  entries: readonly (readonly [name: string | undefined, value: unknown])[],
): Bundle | undefined {
  const statements: ListedVerdict[] = [];
  for (const [name, value] of entries) {
    const verdict = (value as Partial<Shown> | undefined)?.[displayKey]?.()[VERDICT_MIME];
    if (verdict === undefined) return undefined;
    statements.push({ ...(name !== undefined && { name }), verdict: verdict as VerdictRecord });
  }
  return verdictListBundle(statements);
}

/** The card of a lecture: what was declared, a line for each name, in groups. */
export function lectureBundle(world: World): Bundle {
  const lines = cardLines(world);
  const groups = [...new Set(lines.map(({ group }) => group))];
  const sections = groups.map((heading) => ({
    heading: heading === "maps" ? "maps, counted from 0" : heading,
    lines: lines.filter(({ group }) => group === heading).map(({ text, tex }) => [{ text, tex }]),
  }));
  return cardBundle({ version: 1, kind: "lecture", title: [], sections }, lectureText(world));
}

/** The same as text. */
export function lectureText(world: World): string {
  return ["lecture", ...cardLines(world).map(({ text }) => `  ${text}`)].join("\n");
}

/** In a terminal too: what console.log writes of an exercise is its sheet, and the solution is not in it. */
function showsSheet<T extends object>(
  values: { readonly prototype: T },
  record: (value: T) => DerivationRecord,
): void {
  shows(
    values,
    (value) => derivationBundle(record(value)),
    (value) => derivationText(record(value)),
  );
}
