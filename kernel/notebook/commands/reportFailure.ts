import { stripVTControlCharacters } from "node:util";
import type { CellFailure } from "../client/runNotebook.js";
import { oneLine, plainText } from "../format/plainText.js";

/** Tells on stderr which cell ended the run of `file`, and why; nothing of it moves a reader's terminal. */
export function reportFailure(file: string, { cell, problem, traceback }: CellFailure): void {
  console.error(oneLine(`${file}: ${cell}: ${problem}`));
  const text = traceback.join("\n");
  if (text !== "") console.error(plainText(stripVTControlCharacters(text)));
}
