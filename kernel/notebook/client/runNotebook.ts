/** A notebook run from its first cell to its last, by a kernel of its own. */
import { dirname } from "node:path";
import { cellName, cellOptions, hasTag } from "../format/cell.js";
import { magicOf } from "../format/magic.js";
import type { Cell, CodeCell, ErrorOutput, Notebook } from "../format/types.js";
import { type Execution, KernelError } from "./cellOutcome.js";
import { type KernelClient, type KernelOptions, startKernel } from "./kernelClient.js";

/** The cell that ended a run, and why. */
export interface Failure {
  readonly cell: string;
  readonly problem: string;
  /** The traceback, when the cell's own code threw. */
  readonly traceback: readonly string[];
}

/** A notebook with the outputs of a run; after a failure, up to and with the cell that failed. */
export interface Executed {
  readonly notebook: Notebook;
  readonly failure: Failure | undefined;
}

export interface ExecuteOptions extends KernelOptions {
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
export async function executeNotebook(
  notebook: Notebook,
  file: string,
  options: ExecuteOptions = {},
): Promise<Executed> {
  const kernel = await startKernel({ folder: dirname(file), ...options });
  try {
    return await executeCells(notebook, kernel, options);
  } finally {
    await kernel.stop();
  }
}

async function executeCells(
  notebook: Notebook,
  kernel: KernelClient,
  options: ExecuteOptions,
): Promise<Executed> {
  const { seconds, report = () => {} } = options;
  const runs = new Map<Cell, Execution>();
  let failure: Failure | undefined;
  for (const [at, cell] of notebook.cells.entries()) {
    const skipped = whyNotRun(cell);
    const name = cellName(cell, at);
    if (skipped !== undefined) report(`${name}: not run, ${skipped}`);
    if (skipped !== undefined || cell.cell_type !== "code" || cell.source.trim() === "") continue;
    report(`${name} of ${notebook.cells.length}`);
    const { run, problem } = await attempt(kernel, cell, seconds);
    if (run !== undefined) runs.set(cell, run);
    failure = problem === undefined ? undefined : { cell: name, ...problem };
    if (failure !== undefined) break;
  }
  const cells = notebook.cells.map((cell) =>
    cell.cell_type === "code" ? withOutputs(cell, runs.get(cell)) : cell,
  );
  return { notebook: { ...notebook, cells }, failure };
}

/** Why a cell that someone may expect to run is not run, or undefined. */
function whyNotRun(cell: Cell): string | undefined {
  if (cell.cell_type === "raw") return "a raw cell";
  if (cell.cell_type !== "code") return undefined;
  if (cellOptions(cell).get("eval") === "false") return "eval: false";
  const magic = magicOf(cell.source);
  return magic === undefined ? undefined : `${magic} is no TypeScript`;
}

type Problem = Omit<Failure, "cell">;

async function attempt(
  kernel: KernelClient,
  cell: CodeCell,
  seconds: number | undefined,
): Promise<{ run?: Execution; problem?: Problem }> {
  try {
    const run = await kernel.execute(cell.source, seconds);
    const problem = run.status === "ok" || hasTag(cell, "raises-exception") ? undefined : problemOf(run);
    return problem === undefined ? { run } : { run, problem };
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    const run = error.execution;
    return { ...(run === undefined ? {} : { run }), problem: { problem: error.message, traceback: [] } };
  }
}

function problemOf({ status, outputs }: Execution): Problem {
  const error = outputs.findLast((output): output is ErrorOutput => output.output_type === "error");
  if (error === undefined) return { problem: `the kernel answered "${status}"`, traceback: [] };
  return { problem: `${error.ename}: ${error.evalue}`, traceback: error.traceback };
}

function withOutputs(cell: CodeCell, run: Execution | undefined): CodeCell {
  return { ...cell, execution_count: run?.executionCount ?? null, outputs: [...(run?.outputs ?? [])] };
}
