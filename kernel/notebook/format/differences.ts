/** What a run changed: the outputs of two notebooks of the same cells, compared as a reader would. */
import { cellName, hasTag } from "./cell.js";
import { sortedJson } from "./sortedJson.js";
import { agree, toleranceOf } from "./tolerance.js";
import type { Bundle, Cell, Notebook, Output } from "./types.js";

const shownLines = 12;

/**
 * The tag of a cell whose outputs tell what was measured (times, what the machine has): no two runs agree on them, so
 * only their number and kinds are compared.
 */
export const measuredTag = "measured";

/** One entry for each output that differs: the cell, and the lines that went (-) and came (+). */
export function outputDifferences(before: Notebook, after: Notebook): string[] {
  return after.cells.flatMap((cell, at) => {
    const [old, fresh] = [outputsOf(before.cells[at]), outputsOf(cell)];
    const parts = hasTag(cell, measuredTag) ? kindsOf : partsOf;
    return cellDifferences(old.map(parts), fresh.map(parts), toleranceOf(cell)).map(
      (difference) => `${cellName(cell, at)}: ${difference}`,
    );
  });
}

/**
 * A run's notebook as it is stored: cells tagged as measured keep the outputs that they had, if they had any. What a busy machine
 * measures does not take the place of what an idle one did; whoever wants it anew clears the cell first. Their numbers are the run's.
 */
export function withStoredMeasures(stored: Notebook, fresh: Notebook): Notebook {
  const cells = fresh.cells.map((cell, at) => {
    const before = outputsOf(stored.cells[at]);
    if (cell.cell_type !== "code" || !hasTag(cell, measuredTag) || before.length === 0) return cell;
    return { ...cell, outputs: before.map((output) => numbered(output, cell.execution_count)) };
  });
  return { ...fresh, cells };
}

/** A reader sees the number of a result beside that of its cell. */
function numbered(output: Output, execution_count: number | null): Output {
  return output.output_type === "execute_result" ? { ...output, execution_count } : output;
}

/** Whether any cell of the notebook holds an output. */
export function hasOutputs(notebook: Notebook): boolean {
  return notebook.cells.some((cell) => outputsOf(cell).length > 0);
}

const outputsOf = (cell: Cell | undefined): readonly Output[] =>
  cell?.cell_type === "code" ? cell.outputs : [];

/** What an output consists of, by names. */
type Parts = ReadonlyMap<string, string>;

function cellDifferences(
  before: readonly Parts[],
  after: readonly Parts[],
  tolerance: number | undefined,
): string[] {
  const places = Array.from({ length: Math.max(before.length, after.length) }, (_, at) => at);
  return places.flatMap((at) => {
    const [old, fresh] = [before[at] ?? new Map(), after[at] ?? new Map()] as [Parts, Parts];
    const names = [...new Set([...old.keys(), ...fresh.keys()])];
    return names.flatMap((name) => {
      const [from, to] = [old.get(name), fresh.get(name)];
      const isSame = from === to || (from !== undefined && to !== undefined && agree(from, to, tolerance));
      return isSame ? [] : [`${name}\n${lineDifferences(name, from ?? "", to ?? "")}`];
    });
  });
}

/** The texts of an output, by what they are. Execution counts and tracebacks are not compared. */
function partsOf(output: Output): Parts {
  if (output.output_type === "stream") return new Map([[output.name, output.text]]);
  if (output.output_type === "error") return new Map([["error", `${output.ename}: ${output.evalue}`]]);
  return new Map(Object.entries(output.data as Bundle).map(([mime, data]) => [mime, textOf(data)]));
}

/** What kinds of text there are, without the texts. */
function kindsOf(output: Output): Parts {
  return new Map([...partsOf(output).keys()].map((kind) => [kind, ""]));
}

const textOf = (data: unknown): string => (typeof data === "string" ? data : sortedJson(data));

/** The lines that differ between equal beginnings and equal ends; of pictures and data only that they differ. */
function lineDifferences(name: string, from: string, to: string): string {
  if (!/^(stdout|stderr|error|text\/(plain|latex|markdown))$/.test(name)) {
    return `  ${from.length} characters before, ${to.length} now, not the same`;
  }
  const [old, fresh] = [from.split("\n"), to.split("\n")];
  const start = common(old, fresh);
  const end = common(old.slice(start).reverse(), fresh.slice(start).reverse());
  const went = old.slice(start, old.length - end).map((line) => `- ${line}`);
  const came = fresh.slice(start, fresh.length - end).map((line) => `+ ${line}`);
  return [...shortened(went), ...shortened(came)].map((line) => `  ${line}`).join("\n");
}

/** How many entries are the same from the beginning. */
function common(first: readonly string[], second: readonly string[]): number {
  const at = first.findIndex((line, index) => line !== second[index]);
  return at < 0 ? first.length : at;
}

function shortened(lines: readonly string[]): string[] {
  if (lines.length <= shownLines) return [...lines];
  return [...lines.slice(0, shownLines), `  … ${lines.length - shownLines} more lines`];
}
