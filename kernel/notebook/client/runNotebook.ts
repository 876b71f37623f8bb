/** A notebook run from its first cell to its last, by a kernel of its own. */
import { dirname } from "node:path";
import { cellName, cellOptions, hasTag } from "../format/cell.js";
import { magicOf } from "../format/magic.js";
import type { Cell, CodeCell, ErrorOutput, Notebook } from "../format/types.js";
import { type CellOutcome, KernelError } from "./cellOutcome.js";
import { KernelClient, type KernelOptions } from "./kernelClient.js";

/** The cell that ended a run, and why. */
export interface CellFailure {
  readonly cell: string;
  readonly problem: string;
  /** The traceback, when the cell's own code threw. */
  readonly traceback: readonly string[];
}

/** A notebook with the outputs of a run; after a failure, up to and with the cell that failed. */
export interface NotebookRun {
  readonly notebook: Notebook;
  readonly failure: CellFailure | undefined;
}

export interface RunOptions extends KernelOptions {
  /** How long one cell may run; s. */
  readonly seconds?: number | undefined;
  /** Is told of each cell before it runs, and of each that is not run. */
  readonly report?: (line: string) => void;
}

/**
 * Runs the notebook of `file` in a fresh kernel, in the file's folder. Stops at the first cell that throws,
 * unless it is tagged `raises-exception`. Magics, raw cells and cells with `//| eval: false` are not run.
 * Throws KernelError when the kernel cannot start.
 */
export async function runNotebook(
  notebook: Notebook,
  file: string,
  options: RunOptions = {},
): Promise<NotebookRun> {
  const kernel = await KernelClient.start({ folder: dirname(file), ...options });
  try {
    return await runCells(notebook, kernel, options);
  } finally {
    await kernel.stop();
  }
}

async function runCells(notebook: Notebook, kernel: KernelClient, options: RunOptions): Promise<NotebookRun> {
  const { seconds, report = () => {} } = options;
  const outcomes = new Map<Cell, CellOutcome>();
  let failure: CellFailure | undefined;
  for (const [place, cell] of notebook.cells.entries()) {
    const skipped = whyNotRun(cell);
    const name = cellName(cell, place);
    if (skipped !== undefined) report(`${name}: not run, ${skipped}`);
    if (skipped !== undefined || cell.cell_type !== "code" || cell.source.trim() === "") continue;
    report(`${name} of ${notebook.cells.length}`);
    const { outcome, problem } = await attempt(kernel, cell, seconds);
    if (outcome !== undefined) outcomes.set(cell, outcome);
    failure = problem === undefined ? lateFailure(notebook, outcomes) : { cell: name, ...problem };
    if (failure !== undefined) break;
  }
  if (failure === undefined && outcomes.size > 0) {
    await attempt(kernel, { ...emptyCell, source: untilQuiet }, seconds);
    failure = lateFailure(notebook, outcomes);
  }
  const cells = notebook.cells.map((cell) =>
    cell.cell_type === "code" ? withOutputs(cell, outcomes.get(cell)) : cell,
  );
  return { notebook: { ...notebook, cells }, failure };
}

const emptyCell: CodeCell = {
  cell_type: "code",
  metadata: {},
  source: "",
  outputs: [],
  execution_count: null,
};

/** A cell that waits, a second at most, for timers that are still to fire: a promise that fails then is the run's. */
const untilQuiet = `const { getActiveResourcesInfo } = process as unknown as { getActiveResourcesInfo(): string[] };
for (let i = 0; i < 20; i++) {
  await new Promise((resolve) => setTimeout(resolve, i === 0 ? 0 : 50));
  if (!getActiveResourcesInfo().includes("Timeout")) break;
}`;

/** The first cell that ended well and failed later: a promise that nobody awaited, a timer's callback. */
function lateFailure(notebook: Notebook, outcomes: ReadonlyMap<Cell, CellOutcome>): CellFailure | undefined {
  for (const [place, cell] of notebook.cells.entries()) {
    const outcome = outcomes.get(cell);
    if (!outcome || hasTag(cell, "raises-exception")) continue;
    if (outcome.outputs.some((output) => output.output_type === "error")) {
      return { cell: cellName(cell, place), ...problemOf(outcome) };
    }
  }
  return undefined;
}

/** Why a cell that someone may expect to run is not run, or undefined. */
function whyNotRun(cell: Cell): string | undefined {
  if (cell.cell_type === "raw") return "a raw cell";
  if (cell.cell_type !== "code") return undefined;
  if (cellOptions(cell).get("eval") === "false") return "eval: false";
  const magic = magicOf(cell.source);
  return magic === undefined ? undefined : `${magic} is no TypeScript`;
}

type Problem = Omit<CellFailure, "cell">;

async function attempt(
  kernel: KernelClient,
  cell: CodeCell,
  seconds: number | undefined,
): Promise<{ outcome?: CellOutcome; problem?: Problem }> {
  try {
    const outcome = await kernel.execute(cell.source, seconds);
    const isFine = outcome.status === "ok" || hasTag(cell, "raises-exception");
    return isFine ? { outcome } : { outcome, problem: problemOf(outcome) };
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    const { outcome } = error;
    return {
      ...(outcome === undefined ? {} : { outcome }),
      problem: { problem: error.message, traceback: [] },
    };
  }
}

function problemOf({ status, outputs }: CellOutcome): Problem {
  const error = outputs.findLast((output): output is ErrorOutput => output.output_type === "error");
  if (error === undefined) return { problem: `the kernel answered "${status}"`, traceback: [] };
  return { problem: `${error.ename}: ${error.evalue}`, traceback: error.traceback };
}

function withOutputs(cell: CodeCell, outcome: CellOutcome | undefined): CodeCell {
  return {
    ...cell,
    execution_count: outcome?.executionCount ?? null,
    outputs: [...(outcome?.outputs ?? [])],
  };
}
