/** The command line on notebooks made for a test. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Cell, Notebook } from "../../kernel/notebook/format/types.js";
import { writeNotebook } from "../../kernel/notebook/format/write.js";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { notebook } from "./build.js";
import { tempFolder } from "./tempFolder.js";

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `philab` with these words, as a process. */
export function philab(...args: string[]): Promise<Ended> {
  return philabIn(process.env, ...args);
}

/** The same, in this environment. */
export async function philabIn(env: NodeJS.ProcessEnv, ...args: string[]): Promise<Ended> {
  const program = join(packageRoot(), "bin", "philab.js");
  const run = promisify(execFile)(process.execPath, [program, ...args], { env });
  return run.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: Ended) => error,
  );
}

/** A notebook of these cells, in a folder of its own. */
export async function save(...cells: Cell[]): Promise<string> {
  const file = join(await tempFolder(), "a.ipynb");
  await writeNotebook(file, notebook(...cells));
  return file;
}

/** What its code cells show. */
export const texts = ({ cells }: Notebook): string =>
  JSON.stringify(cells.map((cell) => (cell.cell_type === "code" ? cell.outputs : [])));
