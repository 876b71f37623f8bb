/** Pieces of cells and text of ours → one module with a source map that leads back into the cells. */
import { addMapping, GenMapping, setSourceContent, toEncodedMap } from "@jridgewell/gen-mapping";
import ts from "typescript";
import { tokens } from "../format/tokens.js";
import type { ParsedCell } from "./exportedCell.js";

/** Text of ours, or the text of a cell from `start` to `end`. */
export type EmittedPiece =
  | string
  | { readonly cell: ParsedCell; readonly start: number; readonly end: number };

/** A change to a cell's text: what stands from `start` to `end` gives way to `text`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The cell's text with the edits, which must not overlap. */
export function editedCell(cell: ParsedCell, edits: readonly Edit[]): EmittedPiece[] {
  const pieces: EmittedPiece[] = [];
  let from = 0;
  for (const { start, end, text } of [...edits].sort((first, second) => first.start - second.start)) {
    pieces.push({ cell, start: from, end: start }, text);
    from = end;
  }
  return [...pieces, { cell, start: from, end: cell.source.text.length }];
}

export function textOf(pieces: readonly EmittedPiece[]): string {
  return pieces.map((piece) => (typeof piece === "string" ? piece : textOfCell(piece))).join("");
}

const textOfCell = ({ cell, start, end }: Exclude<EmittedPiece, string>): string =>
  cell.source.text.slice(start, end);

/** Where in which cell the character at `position` of the text came from. */
export function originOf(
  pieces: readonly EmittedPiece[],
  position: number,
): { cell: ParsedCell; line: number } | undefined {
  let at = 0;
  for (const piece of pieces) {
    const length = typeof piece === "string" ? piece.length : piece.end - piece.start;
    if (position < at + length && typeof piece !== "string") {
      const place = piece.start + position - at;
      return { cell: piece.cell, line: piece.cell.source.getLineAndCharacterOfPosition(place).line + 1 };
    }
    at += length;
  }
  return undefined;
}

/** The module's text and, as its last line, the map: every token leads to its place in its cell. */
export function withSourceMap(
  pieces: readonly EmittedPiece[],
  sourceName: (cell: ParsedCell) => string,
): string {
  const text = textOf(pieces);
  const generated = ts.createSourceFile("module.ts", text, ts.ScriptTarget.ESNext);
  const map = new GenMapping();
  let at = 0;
  for (const piece of pieces) {
    if (typeof piece === "string") at += piece.length;
    else {
      mapPiece(map, piece, generated, at, sourceName(piece.cell));
      at += piece.end - piece.start;
    }
  }
  const json = Buffer.from(JSON.stringify(toEncodedMap(map))).toString("base64");
  return `${text}//# sourceMappingURL=data:application/json;base64,${json}\n`;
}

function mapPiece(
  map: GenMapping,
  { cell, start, end }: Exclude<EmittedPiece, string>,
  generated: ts.SourceFile,
  generatedStart: number,
  source: string,
): void {
  setSourceContent(map, source, cell.source.text);
  for (const token of tokens(cell.source)) {
    const place = token.getStart(cell.source);
    if (place < start || place >= end) continue;
    addMapping(map, {
      generated: lineAndColumn(generated, generatedStart + place - start),
      source,
      original: lineAndColumn(cell.source, place),
    });
  }
}

function lineAndColumn(source: ts.SourceFile, position: number): { line: number; column: number } {
  const { line, character } = source.getLineAndCharacterOfPosition(position);
  return { line: line + 1, column: character };
}
