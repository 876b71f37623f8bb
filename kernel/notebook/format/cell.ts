/** What a cell says of itself: leading `//| key: value` lines, tags, its name in messages. */
import type { Cell } from "./types.js";

const optionLine = /^\/\/\|\s*([\w-]+)\s*:\s*(.*?)\s*$/;

/** The options in the cell's leading `//| key: value` lines, as Quarto and nbdev have them. */
export function cellOptions(cell: Cell): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  for (const line of cell.cell_type === "code" ? cell.source.split(/\r?\n/) : []) {
    const [, key, value] = optionLine.exec(line) ?? [];
    if (key === undefined || value === undefined) break;
    options.set(key, value);
  }
  return options;
}

/** Whether the cell's metadata has the tag. */
export function hasTag(cell: Cell, tag: string): boolean {
  return Array.isArray(cell.metadata.tags) && cell.metadata.tags.includes(tag);
}

/** The cell's label, else its id, else its place: the short name of it. */
export function cellLabel(cell: Cell, at: number): string {
  return cellOptions(cell).get("label") || cell.id || String(at + 1);
}

/** The cell as a message names it: its place counted from 1, and its label or id. */
export function cellName(cell: Cell, at: number): string {
  const label = cellLabel(cell, at);
  return label === String(at + 1) ? `cell ${label}` : `cell ${at + 1} (${label})`;
}
