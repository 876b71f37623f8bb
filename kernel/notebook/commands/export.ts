/** `philab export`: its words on the command line. */
import { basename, dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { UsageError } from "../../usageError.js";
import { readNotebook } from "../format/read.js";
import { isSameFile } from "../format/sameFile.js";
import { writeAtomically } from "../format/writeAtomically.js";
import { staleModules, writeModules } from "../module/exportModule.js";
import { exportPage } from "../page/exportPage.js";

const options = {
  to: { type: "string" },
  out: { type: "string", short: "o" },
  check: { type: "boolean", default: false },
  live: { type: "boolean", default: false },
} as const;

export const usage: string = `philab export NB [-o FILE] [--to html|ts] [--live] [--check]

  --to html   one page that opens without a network, beside the notebook unless -o says otherwise
  --live      with --to html: cells can be edited and run in the page itself, all of philab inside
  --to ts     the cells that begin with "//| export: true" as TypeScript modules, in the folder generated beside
              the notebook unless -o names a folder or a .ts file
  --check     with --to ts: write nothing, fail when a module is missing or differs`;

/** Exports a notebook as `args` say. Resolves with the exit code; throws UsageError, NotebookError. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    throw new UsageError(`philab export: needed one notebook, came ${positionals.length} names`);
  }
  const { out, check, live, to = out?.endsWith(".ts") ? "ts" : "html" } = values;
  if (live && to !== "html") throw new UsageError("philab export: --live goes with --to html");
  if (to === "ts") return check ? checkModules(file, out) : tell(await writeModules(file, out));
  if (to !== "html") throw new UsageError(`philab export: --to ${to}; needed html or ts`);
  if (check) throw new UsageError("philab export: --check goes with --to ts");
  return tell([await writePage(file, out ?? join(dirname(file), `${basename(file, ".ipynb")}.html`), live)]);
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
