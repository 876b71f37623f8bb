/** Notebook → .ipynb file, as Jupyter writes it, so that saving in JupyterLab makes no differences. */
import type { Bundle, Cell, Json, Notebook, Output } from "./types.js";
import { isJsonType } from "./validate.js";
import { writeAtomically } from "./writeAtomically.js";

/** Writes `notebook` to `file`: the whole of it or nothing. */
export async function writeNotebook(file: string, notebook: Notebook): Promise<void> {
  await writeAtomically(file, formatNotebook(notebook));
}

/** The text of the file: keys sorted, indented by one space, texts as lists of lines, a newline at the end. */
export function formatNotebook(notebook: Notebook): string {
  return `${format({ ...notebook, cells: notebook.cells.map(splitCell) }, "")}\n`;
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

// JSON.stringify puts keys like "10" first and in numeric order; Jupyter sorts all of them as text.
function format(value: unknown, indent: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent} `;
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((part) => format(part, inner))
    : sortedEntries(value).map(([key, part]) => `${JSON.stringify(key)}: ${format(part, inner)}`);
  const [open, close] = isList ? "[]" : "{}";
  if (parts.length === 0) return `${open}${close}`;
  return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`;
}

function sortedEntries(value: object): [string, unknown][] {
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return entries.sort(([first], [second]) => compareCodePoints(first, second));
}

/** Python's order of strings: by code point, where JavaScript's `<` compares halves of characters. */
function compareCodePoints(first: string, second: string): number {
  const a = Array.from(first, (character) => character.codePointAt(0) as number);
  const b = Array.from(second, (character) => character.codePointAt(0) as number);
  const at = a.findIndex((code, index) => code !== b[index]);
  return at < 0 ? a.length - b.length : (a[at] as number) - (b[at] ?? -1);
}
