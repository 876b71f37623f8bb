/** What an exercise answers to its view: a preview of what is being written, a judged line, a hint, the solution. */

import { derivationBundle } from "../mime/derivation.js";
import type { Bundle } from "../mime/types.js";
import type { DerivationRecord } from "../symbolic/derive/derivationRecord.js";
import { recordOf } from "../symbolic/derive/record.js";
import { type Exercise, ExerciseError } from "../symbolic/exercise/exercise.js";
import { recordOfAnswer, recordOfHint, recordOfSheet } from "../symbolic/exercise/exerciseRecord.js";
import { parse } from "../symbolic/language/parse.js";
import type { Written } from "../symbolic/world/cardRecord.js";
import { shapeOf, shapeText } from "../symbolic/world/shapes.js";
import { spoken } from "../symbolic/world/spoken.js";
import { texOf } from "../symbolic/world/tex.js";
import type { World } from "../symbolic/world/world.js";

/** A formula while it is written, or why it cannot be read; or the sheet as it stands now. */
export type DeskReply =
  | {
      readonly preview: string;
      readonly formula?: Written;
      readonly size?: string;
      readonly problem?: string;
    }
  | { readonly bundle: Bundle };

/** What a view may ask. */
interface Question {
  readonly ask?: unknown;
  readonly line?: unknown;
  readonly text?: unknown;
  readonly answers?: unknown;
}

/** The answer to a view's question; what is none leaves the sheet as it is. */
export function deskReply(exercise: Exercise, question: unknown): DeskReply {
  const asked = (typeof question === "object" && question !== null ? question : {}) as Question;
  if (asked.ask === "preview") return previewOf(exercise.sheet.world, String(asked.text));
  return { bundle: derivationBundle(sheetAfter(exercise, asked)) };
}

function sheetAfter(exercise: Exercise, { ask, line, text, answers }: Question): DerivationRecord {
  const at = typeof line === "number" ? line : undefined;
  try {
    if (ask === "answer") return recordOfAnswer(exercise.answer(String(text), at));
    if (ask === "hint") return recordOfHint(exercise.hint(at));
  } catch (error) {
    if (!(error instanceof ExerciseError)) throw error;
  }
  if (ask === "solution") return solved(exercise);
  if (ask === "reset") exercise.reset();
  if (ask === "restore") restore(exercise, answers);
  return recordOfSheet(exercise.sheet);
}

/** The whole derivation; the marks say that it was looked at. */
function solved(exercise: Exercise): DerivationRecord {
  const solution = recordOf(exercise.solution());
  const { marks } = exercise.sheet;
  return { ...solution, ...(marks && { exercise: { ...marks, solutionShown: true } }) };
}

/** Writes again what was written before the kernel began anew. */
function restore(exercise: Exercise, answers: unknown): void {
  if (!Array.isArray(answers)) return;
  for (const { line, text } of answers as { line?: unknown; text?: unknown }[]) {
    const isAsked = typeof line === "number" && exercise.sheet.marks?.asked.some((one) => one.line === line);
    if (isAsked && typeof text === "string") exercise.answer(text, line);
  }
}

/** The formula as it is written so far, and its size. */
function previewOf(world: World, written: string): DeskReply {
  try {
    const e = parse(written.trim().replace(/^=/, ""));
    const formula = { text: written, tex: texOf(world, e), words: spoken(world, e) };
    return { preview: written, formula, ...sizeOf(() => shapeText(shapeOf(world, e))) };
  } catch (error) {
    return { preview: written, problem: (error as Error).message.split("\n")[0] };
  }
}

function sizeOf(size: () => string): { size: string } | { problem: string } {
  try {
    return { size: size() };
  } catch (error) {
    return { problem: (error as Error).message.split("\n")[0] };
  }
}
