/** `philab export`: its words on the command line. */
import { basename, dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { writeAtomically } from "../../disk/writeAtomically.js";
import { UsageError } from "../../usageError.js";
import { cellOptions } from "../format/cell.js";
import { readNotebook } from "../format/read.js";
import { isSameFile } from "../format/sameFile.js";
import { staleModules, writeModules } from "../module/exportModule.js";
import { exportPage } from "../page/exportPage.js";
import { unlessFaulty } from "./unlessFaulty.js";

const options = {
  to: { type: "string" },
  out: { type: "string", short: "o" },
  check: { type: "boolean", default: false },
  live: { type: "boolean", default: false },
} as const;

export const usage: string = `philab export NB… [-o FILE] [--to html|ts] [--live] [--check]

  --to html   one page that opens without a network, beside the notebook unless -o says otherwise
  --live      with --to html: cells can be edited and run in the page itself, all of philab inside
  --to ts     the cells that begin with "//| export: true" as TypeScript modules, in the folder generated beside
              the notebook unless -o names a folder or a .ts file
  --check     with --to ts: write nothing, fail when a module is missing or differs

Several notebooks are exported one after the other; -o is for one.`;

/** Exports notebooks as `args` say. Resolves with the exit code; throws UsageError, NotebookError. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const { out, check, live, to = out?.endsWith(".ts") ? "ts" : "html" } = values;
  if (positionals.length === 0 || (positionals.length > 1 && out !== undefined)) {
    throw new UsageError(
      `philab export: needed ${out === undefined ? "a notebook" : "one notebook with -o"}, came ${positionals.length} names`,
    );
  }
  if (live && to !== "html") throw new UsageError("philab export: --live goes with --to html");
  if (to !== "html" && to !== "ts") throw new UsageError(`philab export: --to ${to}; needed html or ts`);
  if (check && to !== "ts") throw new UsageError("philab export: --check goes with --to ts");
  const codes: number[] = [];
  for (const file of positionals) {
    const exported = async (): Promise<number> => {
      if (to === "html") return tell([await writePage(file, out ?? pageBeside(file), live)]);
      if (positionals.length > 1 && !(await isExporting(file))) return 0;
      return check ? checkModules(file, out) : tell(await writeModules(file, out));
    };
    codes.push((await unlessFaulty(exported)) ?? 1);
  }
  return Math.max(0, ...codes);
}

const pageBeside = (file: string): string => join(dirname(file), `${basename(file, ".ipynb")}.html`);

/** Whether a cell of the notebook is to be exported: of several notebooks those without are passed over. */
async function isExporting(file: string): Promise<boolean> {
  const { cells } = await readNotebook(file);
  return cells.some((cell) => (cellOptions(cell).get("export") ?? "false") !== "false");
}

async function checkModules(file: string, out: string | undefined): Promise<number> {
  const stale = await staleModules(file, out);
  for (const module of stale)
    console.error(`${module} is not what ${file} says; run: philab export ${file} --to ts`);
  return stale.length === 0 ? 0 : 1;
}

async function writePage(file: string, out: string, live: boolean): Promise<string> {
  if (await isSameFile(file, out))
    throw new UsageError(`philab export: -o ${out} is the notebook itself; needed another file`);
  await writeAtomically(out, await exportPage(await readNotebook(file), file, { live }));
  return out;
}

function tell(files: readonly string[]): number {
  for (const file of files) console.log(file);
  return 0;
}
