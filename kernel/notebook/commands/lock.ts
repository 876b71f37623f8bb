/** `philab lock`: its words on the command line, and the file that runs of a whole folder are held against. */
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { writeAtomically } from "../../disk/writeAtomically.js";
import { UsageError } from "../../usageError.js";
import { type Lock, lockDifferences, lockFile, lockOf, type NamedNotebook } from "../equations/lock.js";
import { NotebookError } from "../format/error.js";
import { plainText } from "../format/plainText.js";
import { readNotebook } from "../format/read.js";
import { notebooksIn } from "./notebooksIn.js";

export const usage: string = `philab lock FOLDER [--check]

Writes FOLDER/${lockFile} from the notebooks' stored outputs: equation → notebook and cell → the text that it prints, or the
hash of a long one. A cell that begins with "//| tolerance: 1e-12" has numbers that may differ by that much. Cells tagged
"measured" are left out. Nothing is run; "philab run --all FOLDER" holds what it runs against this file.
  --check   write nothing, fail when the file is missing or says otherwise`;

/** Runs with the words after `philab lock`. */
export async function run(args: readonly string[]): Promise<number> {
  const options = { check: { type: "boolean", default: false } } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0)
    throw new UsageError(`philab lock: needed one folder, came ${positionals.length}`);
  const notebooks: NamedNotebook[] = [];
  for (const file of await notebooksIn(folder)) notebooks.push([basename(file), await readNotebook(file)]);
  if (values.check) return tellLocked(folder, notebooks) === 0 ? 0 : 1;
  await writeLock(folder, notebooks);
  return 0;
}

/** Writes the lock of these notebooks beside them. */
export async function writeLock(folder: string, notebooks: readonly NamedNotebook[]): Promise<void> {
  const file = join(folder, lockFile);
  await writeAtomically(file, `${JSON.stringify(lockOf(notebooks), undefined, 2)}\n`);
  console.log(file);
}

/** Whether results of this folder are locked. */
export const isLocked = (folder: string): boolean => existsSync(join(folder, lockFile));

/** Says what the lock has otherwise than these notebooks, and returns how much that is. */
export function tellLocked(folder: string, notebooks: readonly NamedNotebook[]): number {
  const differences = lockDifferences(readLock(folder), lockOf(notebooks));
  for (const difference of differences) console.log(plainText(`${lockFile}: ${difference}`));
  if (differences.length > 0) console.log(`${lockFile}: if that is meant, run: philab lock ${folder}`);
  return differences.length;
}

function readLock(folder: string): Lock {
  const file = join(folder, lockFile);
  if (!existsSync(file)) return { version: 1, equations: {} };
  const lock = JSON.parse(readFileSync(file, "utf8")) as Partial<Lock> | null;
  if (lock?.version === 1 && typeof lock.equations === "object" && lock.equations !== null)
    return lock as Lock;
  throw new NotebookError(
    file,
    "version",
    `${JSON.stringify(lock?.version)}; needed 1, as "philab lock" writes it`,
  );
}
