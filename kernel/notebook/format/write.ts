/** Notebook → .ipynb file, as Jupyter writes it, so that saving in JupyterLab makes no differences. */

import { writeAtomically } from "../../disk/writeAtomically.js";
import { sortedJson } from "./sortedJson.js";
import type { Bundle, Cell, Json, Notebook, Output } from "./types.js";
import { isJsonType } from "./validate.js";

/** Writes `notebook` to `file`: the whole of it or nothing. */
export async function writeNotebook(file: string, notebook: Notebook): Promise<void> {
  await writeAtomically(file, formatNotebook(notebook));
}

/** The text of the file: keys sorted, indented by one space, texts as lists of lines, a newline at the end. */
export function formatNotebook(notebook: Notebook): string {
  return `${sortedJson({ ...notebook, cells: notebook.cells.map(splitCell) })}\n`;
}

function splitCell(cell: Cell): Json {
  const split = { ...cell, source: lines(cell.source) };
  if (cell.cell_type === "code") return { ...split, outputs: cell.outputs.map(splitOutput) };
  if (cell.attachments === undefined) return split;
  const files = Object.entries(cell.attachments).map(([name, data]) => [name, splitBundle(data)]);
  return { ...split, attachments: Object.fromEntries(files) };
}

function splitOutput(output: Output): Json {
  if (output.output_type === "stream") return { ...output, text: lines(output.text) };
  if (output.output_type === "error") return { ...output };
  return { ...output, data: splitBundle(output.data) };
}

function splitBundle(bundle: Bundle): Bundle {
  const parts = Object.entries(bundle).map(([mime, data]) => [
    mime,
    typeof data === "string" && !isJsonType(mime) ? lines(data) : data,
  ]);
  return Object.fromEntries(parts);
}

function lines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
