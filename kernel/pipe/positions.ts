/** The way back for positions in a cell, into which text was put before it was converted. */
import type { Insertion, Layers } from "./languageWords.js";

/** A place in a cell; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
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
