/** Which equations of the lecture a code cell is about: those that the text above it names. */
import { VERDICT_MIME } from "../../../src/mime/types.js";
import { cellOptions } from "../format/cell.js";
import type { Cell, Notebook } from "../format/types.js";

const label = String.raw`(?:[1-5]|[UX]\d{1,2})`;
const tagged = new RegExp(String.raw`\\tag\*?\s*\{(${label})\}`, "g");
/** (4), or (X31, X32); not f(4). */
const named = new RegExp(String.raw`(?<![\w)}])\((${label}(?:, ${label})*)\)`, "g");

/**
 * For each cell the equations that it is about, as "(4)": those that the text of its section names before it, those whose
 * definition it compares, and those that its outputs certify. A section begins with a heading.
 */
export function equationsOfCells({ cells }: Notebook): readonly (readonly string[])[] {
  let section = new Set<string>();
  return cells.map((cell) => {
    if (cell.cell_type !== "code") {
      if (/^#{1,6} /m.test(cell.source)) section = new Set();
      for (const equation of namedIn(cell.source)) section.add(equation);
      return [];
    }
    const compared = cellOptions(cell).get("checks")?.split(",") ?? [];
    const own = compared.map((tag) => `(${tag.trim()})`);
    return [...new Set([...section, ...own, ...certifiedIn(cell)])];
  });
}

function namedIn(text: string): string[] {
  const found = [...text.matchAll(tagged), ...text.matchAll(named)];
  return found.flatMap(([, labels = ""]) => labels.split(", ").map((one) => `(${one})`));
}

/** The names of the statements that a cell's outputs show, where they are an equation's. */
function certifiedIn(cell: Cell): string[] {
  const outputs = cell.cell_type === "code" ? cell.outputs : [];
  const verdicts = outputs.flatMap((output) => ("data" in output ? [output.data[VERDICT_MIME]] : []));
  const tags = verdicts.map((verdict) => String((verdict as { tag?: unknown } | undefined)?.tag ?? ""));
  return tags.filter((tag) => new RegExp(`^\\(${label}\\)$`).test(tag));
}
