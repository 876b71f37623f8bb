/**
 * results.lock.json: what the cells of a folder's notebooks print, by the equation that they are about. What a notebook says
 * changes then only together with this file.
 */
import { createHash } from "node:crypto";
import { cellLabel, hasTag } from "../format/cell.js";
import { measuredTag } from "../format/differences.js";
import { agree, toleranceOf } from "../format/tolerance.js";
import type { Cell, Notebook, Output } from "../format/types.js";
import { equationsOfCells } from "./sections.js";

/** The name of the file, beside the notebooks. */
export const lockFile = "results.lock.json";

/** What a cell prints: its text; the hash of a longer one; or a text whose numbers may differ by the tolerance. */
export type LockedResult =
  | string
  | { readonly sha256: string; readonly lines: number }
  | { readonly prints: string; readonly tolerance: number };

export interface Lock {
  readonly version: 1;
  /** "(4)" → "notebook, label or id of the cell" → what it prints; under "" what is about no numbered equation. */
  readonly equations: Readonly<Record<string, Readonly<Record<string, LockedResult>>>>;
}

/** A notebook by its file's name. */
export type NamedNotebook = readonly [name: string, notebook: Notebook];

/** The lock of these notebooks. Cells whose outputs are measured are left out: no two runs agree on them. */
export function lockOf(notebooks: readonly NamedNotebook[]): Lock {
  const equations: Record<string, Record<string, LockedResult>> = {};
  for (const [name, notebook] of notebooks) {
    const about = equationsOfCells(notebook);
    for (const [at, cell] of notebook.cells.entries()) {
      const result = resultOf(cell);
      if (result === undefined) continue;
      const place = `${name}, ${cellLabel(cell, at)}`;
      for (const equation of about[at]?.length ? (about[at] as string[]) : [""])
        equations[equation] = { ...equations[equation], [place]: result };
    }
  }
  const sorted = Object.keys(equations).sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  return { version: 1, equations: Object.fromEntries(sorted.map((key) => [key, equations[key] ?? {}])) };
}

/** One line for each result that the lock has otherwise, has not, or has and the notebooks have not. */
export function lockDifferences(locked: Lock, fresh: Lock): string[] {
  return keysOf(locked.equations, fresh.equations).flatMap((equation) => {
    const [old, now] = [locked.equations[equation] ?? {}, fresh.equations[equation] ?? {}];
    return keysOf(old, now).flatMap((place) => {
      const [was, is] = [old[place], now[place]];
      if (isSame(was, is)) return [];
      return [
        `${equation === "" ? "" : `equation ${equation}: `}${place}: ${said(is)}, locked: ${said(was)}`,
      ];
    });
  });
}

const keysOf = (...records: readonly object[]): string[] => [
  ...new Set(records.flatMap((record) => Object.keys(record))),
];

/** The tolerance is the lock's: a notebook cannot widen its own. */
function isSame(locked: LockedResult | undefined, fresh: LockedResult | undefined): boolean {
  if (typeof locked === "object" && "prints" in locked)
    return (
      typeof fresh === "object" && "prints" in fresh && agree(locked.prints, fresh.prints, locked.tolerance)
    );
  return JSON.stringify(locked) === JSON.stringify(fresh);
}

function said(result: LockedResult | undefined): string {
  if (result === undefined) return "nothing";
  if (typeof result === "string") return JSON.stringify(result);
  if ("prints" in result) return `${JSON.stringify(result.prints)} to ${result.tolerance}`;
  return `${result.lines} lines, ${result.sha256}`;
}

const longest = 120;

function resultOf(cell: Cell): LockedResult | undefined {
  if (cell.cell_type !== "code" || hasTag(cell, measuredTag)) return undefined;
  const text = cell.outputs.map(textOf).join("\n").trim();
  if (text === "") return undefined;
  const tolerance = toleranceOf(cell);
  if (tolerance !== undefined) return { prints: text, tolerance };
  if (text.length <= longest && !text.includes("\n")) return text;
  const sha256 = createHash("sha256").update(text).digest("hex");
  return { sha256, lines: text.split("\n").length };
}

function textOf(output: Output): string {
  if (output.output_type === "stream") return output.text;
  if (output.output_type === "error") return `${output.ename}: ${output.evalue}`;
  return typeof output.data["text/plain"] === "string" ? output.data["text/plain"] : "";
}
