/** Text that is put into a cell before it is converted. */
import type * as TypeScript from "typescript";
import type { Insertion } from "../pipe/languageWords.js";

/** Puts texts without line breaks in at the given offsets, which rise. */
export function insertTexts(
  file: TypeScript.SourceFile,
  texts: readonly { at: number; text: string }[],
): { code: string; insertions: readonly Insertion[] } {
  const code = texts.reduceRight(
    (text, { at, text: added }) => text.slice(0, at) + added + text.slice(at),
    file.text,
  );
  const insertions = texts.map(({ at, text }) => {
    const { line, character } = file.getLineAndCharacterOfPosition(at);
    return { line: line + 1, column: character + 1, length: text.length };
  });
  return { code, insertions };
}
