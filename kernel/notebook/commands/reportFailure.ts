import { stripVTControlCharacters } from "node:util";
import type { CellFailure } from "../client/runNotebook.js";

/** Tells on stderr which cell ended the run of `file`, and why; colours only where a person looks. */
export function reportFailure(file: string, { cell, problem, traceback }: CellFailure): void {
  console.error(`${file}: ${cell}: ${problem}`);
  const text = traceback.join("\n");
  if (text !== "") console.error(process.stderr.isTTY ? text : stripVTControlCharacters(text));
}
