/** The exercises of a notebook, and what each of their lines is worth. */
import { DERIVATION_MIME, type DerivationPayload } from "../../../src/mime/types.js";
import { readNotebook } from "../format/read.js";
import type { Notebook } from "../format/types.js";
import { type Checked, checkedStatements } from "./checkedStatements.js";
import { oneByOne } from "./oneByOne.js";

/** One line that was asked for. */
interface Mark {
  readonly sign: "+" | "~" | "-" | "." | "!";
  readonly hints: number;
}

/** What one notebook has of one exercise. */
export interface Graded {
  readonly file: string;
  readonly exercise: string;
  readonly marks: readonly Mark[];
  /** Why lines that it calls right are not. */
  readonly problems: readonly string[];
}

/** A sheet as an output has it: only that it is an object with the name of an exercise has been seen. */
export interface FoundSheet {
  readonly about: string;
  /** The cell, counted from 1. */
  readonly cell: number;
  readonly payload: Partial<DerivationPayload>;
}

/** The lecturer's own sheets, by the names of their exercises. */
export type Keys = ReadonlyMap<string, Partial<DerivationPayload>>;

/** What the process is asked: sheets, each with the key's, from one on. */
export interface GradeOrder {
  readonly sheets: readonly { readonly sheet: unknown; readonly key: unknown }[];
  readonly from: number;
}

/** What it finds of a sheet: why lines that it calls right are not, by their numbers; or why all of it is none. */
export interface JudgedSheet {
  readonly lines: readonly (readonly [line: number, problem: string | undefined])[];
  readonly problem?: string;
}

/** The exercises that a notebook shows; of one that is shown several times, the last sheet counts. */
export function sheetsIn({ cells }: Notebook): FoundSheet[] {
  const sheets = new Map<string, FoundSheet>();
  for (const [at, cell] of cells.entries()) {
    if (cell.cell_type !== "code") continue;
    for (const output of cell.outputs) {
      const payload = "data" in output ? (output.data[DERIVATION_MIME] as DerivationPayload | null) : null;
      const about: unknown = payload?.exercise?.about;
      if (payload && typeof about === "string") sheets.set(about, { about, cell: at + 1, payload });
    }
  }
  return [...sheets.values()];
}

/** Each exercise of the notebook, or of the key; and how many the key has not. Throws NotebookError. */
export async function gradesOf(
  file: string,
  seed: number,
  keys?: Keys,
): Promise<{ graded: Graded[]; others: number }> {
  const found = sheetsIn(await readNotebook(file));
  const sheets = keys === undefined ? found : found.filter(({ about }) => keys.has(about));
  const judged = await judgedSheets(sheets, keys);
  const checked = sheets.length > 0 ? await checkedStatements(file, seed) : [];
  const byName = new Map(
    sheets.map((sheet, at) => [sheet.about, { sheet, judged: judged[at] as JudgedSheet }]),
  );
  const graded = [...(keys?.keys() ?? byName.keys())].map((about): Graded => {
    const own = byName.get(about);
    if (own !== undefined) return { file, ...gradeOf(own.sheet, own.judged, checked) };
    const key = keys?.get(about) ?? {};
    return {
      file,
      exercise: titleOf(key),
      marks: askedOf(key).map(() => ({ sign: ".", hints: 0 })),
      problems: [],
    };
  });
  return { graded, others: found.length - sheets.length };
}

function judgedSheets(sheets: readonly FoundSheet[], keys: Keys | undefined): Promise<JudgedSheet[]> {
  if (sheets.length === 0) return Promise.resolve([]);
  const pairs = sheets.map(({ about, payload }) => ({ sheet: payload, key: keys?.get(about) ?? null }));
  return oneByOne<null, JudgedSheet>({
    program: "gradeProcess.js",
    order: (from): GradeOrder => ({ sheets: pairs, from }),
    first: null,
    failed: (_, problem) => ({ lines: [], problem }),
  });
}

function gradeOf(
  { cell, payload }: FoundSheet,
  judged: JudgedSheet,
  checked: readonly Checked[],
): Pick<Graded, "exercise" | "marks" | "problems"> {
  const problems: string[] = judged.problem === undefined ? [] : [judged.problem];
  const marks = askedOf(payload).map(({ line, outcome, hints }): Mark => {
    const count = Number.isSafeInteger(hints) && (hints as number) >= 0 ? (hints as number) : 0;
    if (outcome !== "right") return { sign: outcome === undefined ? "." : "-", hints: count };
    const why =
      judged.problem ??
      certificateProblem(payload as DerivationPayload, line as number) ??
      judged.lines.find(([number]) => number === line)?.[1] ??
      problemIn(checked, `cell ${cell}, line ${line}`);
    if (why !== undefined && judged.problem === undefined) problems.push(`line ${line}: ${why}`);
    if (why !== undefined) return { sign: "!", hints: count };
    return { sign: payload.exercise?.solutionShown ? "~" : "+", hints: count };
  });
  return { exercise: titleOf(payload), marks, problems };
}

/** What was asked for, as the sheet says it: each line once. */
function askedOf({
  exercise,
}: Partial<DerivationPayload>): { line?: unknown; outcome?: unknown; hints?: unknown }[] {
  const asked: unknown = exercise?.asked;
  const all = Array.isArray(asked) ? asked.filter((one) => typeof one === "object" && one !== null) : [];
  return all.filter(({ line }, at) => all.findIndex((one) => one.line === line) === at);
}

function titleOf({ lines }: Partial<DerivationPayload>): string {
  const text: unknown = Array.isArray(lines) ? lines[0]?.text : undefined;
  return typeof text === "string" ? text : "";
}

/** Why a line that is called right is not: it is not there, or its certificate is of something else. */
function certificateProblem({ declarations, lines }: DerivationPayload, line: number): string | undefined {
  const own = lines[line - 1];
  if (!own || own.open || own.certificate === undefined || own.certificate === null)
    return "called right, but not there";
  const certificate = own.certificate as { statement?: unknown; declarations?: unknown };
  if (certificate.declarations !== declarations) return "its certificate is of other declarations";
  const last = lines
    .slice(0, line - 1)
    .filter(({ open }) => !open)
    .at(-1);
  if (certificate.statement !== `${last?.text} = ${own.text}`)
    return "its certificate is of another statement";
  return undefined;
}

/** What is wrong with what was checked at a place; nothing was checked there is wrong too. */
function problemIn(checked: readonly Checked[], place: string): string | undefined {
  const found = checked.filter((one) => one.place === place);
  if (found.length === 0) return "it was not checked";
  return found.flatMap(({ problems }) => problems)[0];
}
