/** `philab grade`: a table of who answered which lines of which exercise, each line checked again. */
import { randomInt } from "node:crypto";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { DERIVATION_MIME, type DerivationPayload } from "../../../src/mime/types.js";
import { UsageError } from "../../usageError.js";
import { readNotebook } from "../format/read.js";
import type { Notebook } from "../format/types.js";
import { type Checked, checkedStatements } from "./checkedStatements.js";

export const usage = `philab grade SHEET…

A table of notebooks with exercises: for each line that was asked for, whether its answer is there and holds.
What a notebook says of itself is not believed: each right line is checked again from its certificate, with a fresh seed, and
by the second program; it must follow from the line before it, in the exercise's own declarations.

  + right   ~ right, after the solution was shown   - wrong   . open   ! says right, but does not hold

Exit code 1 where a line does not hold that its notebook calls right, or where there is no exercise.`;

/** One line that was asked for. */
interface Mark {
  readonly sign: "+" | "~" | "-" | "." | "!";
  readonly hints: number;
  readonly problem?: string;
}

/** What one notebook has of one exercise. */
interface Graded {
  readonly file: string;
  readonly exercise: string;
  readonly about: string;
  readonly marks: readonly Mark[];
}

/** Runs with the words after `philab grade`. */
export async function run(args: readonly string[]): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
  if (positionals.length === 0) throw new UsageError("philab grade: no notebook; needed at least one");
  const seed = randomInt(1_000, 2 ** 31);
  const graded: Graded[] = [];
  for (const file of positionals)
    graded.push(...gradesOf(file, await readNotebook(file), await checkedStatements(file, seed)));
  if (graded.length === 0) {
    console.log("no exercise in these notebooks");
    return 1;
  }
  for (const line of table(graded)) console.log(line);
  const problems = graded.flatMap(({ file, marks }) =>
    marks.map(({ problem }) => problem && `${file}: ${problem}`),
  );
  for (const problem of problems) if (problem) console.log(problem);
  return problems.some(Boolean) ? 1 : 0;
}

/** The exercises of a notebook; of one that is shown several times, the last sheet counts. */
export function gradesOf(file: string, notebook: Notebook, checked: readonly Checked[]): Graded[] {
  const sheets = new Map<string, Graded>();
  for (const [at, cell] of notebook.cells.entries()) {
    if (cell.cell_type !== "code") continue;
    for (const output of cell.outputs) {
      const sheet =
        "data" in output ? (output.data[DERIVATION_MIME] as DerivationPayload | undefined) : undefined;
      if (sheet?.exercise) sheets.set(sheet.exercise.about, gradeOf(file, sheet, problemsIn(checked, at)));
    }
  }
  return [...sheets.values()];
}

/** What was found of a cell's lines, by their places. */
type Problems = (line: number) => string | undefined;

function problemsIn(checked: readonly Checked[], at: number): Problems {
  return (line) => {
    const found = checked.filter(({ place }) => place === `cell ${at + 1}, line ${line}`);
    return found.flatMap(({ problems }) => problems)[0];
  };
}

function gradeOf(file: string, sheet: DerivationPayload, problems: Problems): Graded {
  const { about, asked, solutionShown } = sheet.exercise as NonNullable<DerivationPayload["exercise"]>;
  const marks = asked.map(({ line, outcome, hints }): Mark => {
    if (outcome === undefined) return { sign: ".", hints };
    if (outcome !== "right") return { sign: "-", hints };
    const problem = problemOf(sheet, line) ?? problems(line);
    if (problem !== undefined) return { sign: "!", hints, problem: `line ${line}: ${problem}` };
    return { sign: solutionShown ? "~" : "+", hints };
  });
  return { file, exercise: sheet.lines[0]?.text ?? "", about, marks };
}

/** Why a line that is called right is not: it is not there, or its certificate is of something else. */
function problemOf({ declarations, lines }: DerivationPayload, line: number): string | undefined {
  const [before, own] = [lines[line - 2], lines[line - 1]];
  if (!before || !own || own.open || own.certificate === undefined) return "called right, but not there";
  const certificate = own.certificate as { statement?: unknown; declarations?: unknown };
  if (certificate.declarations !== declarations) return "its certificate is of other declarations";
  const [last] = lines
    .slice(0, line - 1)
    .filter(({ open }) => !open)
    .slice(-1);
  if (certificate.statement !== `${last?.text} = ${own.text}`)
    return "its certificate is of another statement";
  return undefined;
}

/** One line a sheet: who, which exercise, its marks, hints and points. */
function table(graded: readonly Graded[]): string[] {
  const rows = graded.map(({ file, exercise, marks }) => [
    basename(file, ".ipynb"),
    shortened(exercise),
    marks.map(({ sign }) => sign).join(" "),
    String(marks.reduce((sum, { hints }) => sum + hints, 0)),
    `${marks.filter(({ sign }) => sign === "+").length} of ${marks.length}`,
  ]);
  const all = [["sheet", "exercise", "lines", "hints", "right"], ...rows];
  const widths = all[0]?.map((_, k) => Math.max(...all.map((row) => row[k]?.length ?? 0))) ?? [];
  return all.map((row) =>
    row
      .map((text, k) => text.padEnd(widths[k] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);
