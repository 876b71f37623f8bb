/** Text that is put into a cell before it is converted, and the way back for positions. */
import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { Insertion, Layers } from "./protocol.js";

/** A place in a cell; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

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

/** A position in the text after, in the text before; one within an inserted text is where that was put in. */
export function beforeInsertions(insertions: readonly Insertion[], { line, column }: Position): Position {
  let before = column;
  for (const { column: at, length } of insertions.filter((insertion) => insertion.line === line)) {
    if (before > at) before = Math.max(at, before - length);
  }
  return { line, column: before };
}

/** A position in the text that was converted, in the text that the user wrote. */
export function beforeLayers(layers: Layers, place: Position): Position {
  return layers.reduceRight((position, insertions) => beforeInsertions(insertions, position), place);
}
