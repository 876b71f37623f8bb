/** `philab run --all FOLDER`: every notebook of a folder, what changed, and a page of each. */
import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { writeAtomically } from "../../disk/writeAtomically.js";
import { runNotebook } from "../client/runNotebook.js";
import type { NamedNotebook } from "../equations/lock.js";
import { hasOutputs, outputDifferences, withStoredMeasures } from "../format/differences.js";
import { refuseOthers } from "../format/language.js";
import { oneLine, plainText } from "../format/plainText.js";
import { readNotebook } from "../format/read.js";
import type { Notebook } from "../format/types.js";
import { writeNotebook } from "../format/write.js";
import { exportPage } from "../page/exportPage.js";
import { isLocked, tellLocked, writeLock } from "./lock.js";
import { notebooksIn } from "./notebooksIn.js";
import { reportFailure } from "./reportFailure.js";
import { unlessFaulty } from "./unlessFaulty.js";

export interface RunAllOptions {
  /** Where the pages go; none are made without it. */
  readonly pages: string | undefined;
  readonly seconds: number | undefined;
  /** Run each a second time: its outputs must be the same. */
  readonly twice: boolean;
  /** Keep the new outputs in the notebooks, but for those of cells tagged as measured. */
  readonly write: boolean;
  /** Outputs that differ from the stored ones are a failure. */
  readonly check: boolean;
}

/** What came of one notebook. */
interface Ran {
  /** The notebook with its new outputs; undefined where it could not be read, run or written. */
  readonly fresh: Notebook | undefined;
  /** Whether nothing differs that must not. */
  readonly isGood: boolean;
}

/**
 * Runs the notebooks of `folder` in order, each in a fresh kernel, and shows what differs from the outputs in
 * the files and from the folder's lock, where there is one. Resolves with the exit code: 1 when a cell failed, or
 * when outputs differ that must not.
 */
export async function runAll(folder: string, options: RunAllOptions): Promise<number> {
  const files = await notebooksIn(folder);
  const failed: string[] = [];
  const ran: NamedNotebook[] = [];
  for (const file of files) {
    const { fresh, isGood } = await runFile(file, options);
    if (fresh !== undefined) ran.push([basename(file), fresh]);
    if (!isGood) failed.push(basename(file));
  }
  const isAsLocked = ran.length < files.length || (await holdsLock(folder, ran, options));
  const sum = `${files.length - failed.length} of ${files.length} notebooks`;
  console.log(failed.length === 0 ? `${sum} ran` : `${sum} ran; failed: ${failed.join(", ")}`);
  return failed.length === 0 && isAsLocked ? 0 : 1;
}

/** The same for one notebook, which is not held against a lock. Resolves with the exit code. */
export async function runStored(file: string, options: RunAllOptions): Promise<number> {
  const { isGood } = await runFile(file, options);
  return isGood ? 0 : 1;
}

/** Whether what was run is what is locked, or need not be. New outputs that are kept are locked. */
async function holdsLock(
  folder: string,
  ran: readonly NamedNotebook[],
  { write, check }: RunAllOptions,
): Promise<boolean> {
  if (!isLocked(folder)) return true;
  if (write) await writeLock(folder, ran);
  return write || tellLocked(folder, ran) === 0 || !check;
}

async function runFile(file: string, options: RunAllOptions): Promise<Ran> {
  return (await unlessFaulty(() => runReadable(file, options))) ?? { fresh: undefined, isGood: false };
}

async function runReadable(file: string, options: RunAllOptions): Promise<Ran> {
  const stored = await readNotebook(file);
  refuseOthers(stored, file);
  const started = performance.now();
  const fresh = await executed(stored, file, options);
  if (fresh === undefined) return { fresh, isGood: false };
  console.log(`${file}: ran in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  const differs = showDifferences(stored, fresh);
  const repeats = !options.twice || (await isRepeated(fresh, file, options));
  if (options.write && differs) await writeNotebook(file, withStoredMeasures(stored, fresh));
  if (options.pages !== undefined) await writePage(fresh, file, options.pages);
  return { fresh, isGood: repeats && !(options.check && differs) };
}

async function executed(
  notebook: Notebook,
  file: string,
  { seconds }: RunAllOptions,
): Promise<Notebook | undefined> {
  const report = (line: string): void => console.error(oneLine(`${basename(file)}: ${line}`));
  const { notebook: fresh, failure } = await runNotebook(notebook, file, { seconds, report });
  if (failure === undefined) return fresh;
  reportFailure(file, failure);
  return undefined;
}

function showDifferences(stored: Notebook, fresh: Notebook): boolean {
  const differences = outputDifferences(stored, fresh);
  if (!hasOutputs(stored) && differences.length > 0) console.log("  no outputs are stored in it");
  else
    for (const difference of differences) console.log(`  ${plainText(difference).replaceAll("\n", "\n  ")}`);
  return differences.length > 0;
}

async function isRepeated(first: Notebook, file: string, options: RunAllOptions): Promise<boolean> {
  const second = await executed(first, file, options);
  if (second === undefined) return false;
  const differences = outputDifferences(first, second);
  for (const difference of differences) console.log(`  differs in a second run: ${plainText(difference)}`);
  return differences.length === 0;
}

async function writePage(notebook: Notebook, file: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const page = join(folder, `${basename(file, ".ipynb")}.html`);
  await writeAtomically(page, await exportPage(notebook, file));
  console.log(`  page: ${page}`);
}
