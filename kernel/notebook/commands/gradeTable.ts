/** Who has which lines, for readers and for spreadsheets. */
import { basename } from "node:path";
import { oneLine } from "../format/plainText.js";
import type { Graded } from "./gradedSheets.js";

const head = ["sheet", "exercise", "lines", "hints", "right"];

/** One line a sheet: who, which exercise, its marks, hints and points. */
export function table(graded: readonly Graded[]): string[] {
  const all = [
    head,
    ...rowsOf(graded).map(([sheet = "", exercise = "", ...rest]) => [sheet, shortened(exercise), ...rest]),
  ];
  const widths = head.map((_, k) => Math.max(...all.map((row) => row[k]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((text, k) => text.padEnd(widths[k] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** The same, for a spreadsheet: what one would take for a formula is a text. */
export function csv(graded: readonly Graded[]): string[] {
  const quoted = (text: string): string => {
    const isFormula = /^[\s']*[=+\-@|%]/.test(text.normalize("NFKC"));
    return `"${(isFormula ? `'${text}` : text).replaceAll('"', '""')}"`;
  };
  return [head, ...rowsOf(graded)].map((row) => row.map(quoted).join(","));
}

/** Notebooks of one name are told apart by their paths; nothing of a name or an exercise moves a reader's terminal. */
function rowsOf(graded: readonly Graded[]): string[][] {
  const files = [...new Set(graded.map(({ file }) => file))];
  const nameOf = (file: string): string => basename(file, ".ipynb");
  const isShared = (file: string): boolean =>
    files.filter((other) => nameOf(other) === nameOf(file)).length > 1;
  return graded.map(({ file, exercise, marks }) =>
    [
      isShared(file) ? file : nameOf(file),
      exercise,
      marks.map(({ sign }) => sign).join(" "),
      String(marks.reduce((sum, { hints }) => sum + hints, 0)),
      `${marks.filter(({ sign }) => sign === "+").length} of ${marks.length}`,
    ].map(oneLine),
  );
}

function shortened(text: string): string {
  const signs = Array.from(text);
  return signs.length > 40 ? `${signs.slice(0, 39).join("")}…` : text;
}
