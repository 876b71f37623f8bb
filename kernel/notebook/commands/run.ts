/** `philab run`: its words on the command line. */
import { parseArgs } from "node:util";
import { UsageError } from "../../usageError.js";
import { endWithSignals } from "./endWithSignals.js";
import { readParameter } from "./readParameter.js";
import { runAll, runStored } from "./runAll.js";
import { runOne } from "./runOne.js";

const options = {
  parameter: { type: "string", short: "p", multiple: true, default: [] as string[] },
  out: { type: "string", short: "o" },
  timeout: { type: "string" },
  all: { type: "boolean", default: false },
  pages: { type: "string" },
  twice: { type: "boolean", default: false },
  write: { type: "boolean", default: false },
  check: { type: "boolean", default: false },
} as const;

export const usage: string = `philab run NB [-p name=value …] [-o OUT] [--timeout SECONDS]
philab run NB [--twice] [--write] [--check] [--timeout SECONDS]
philab run --all FOLDER [--pages FOLDER] [--twice] [--write] [--check] [--timeout SECONDS]

Runs a notebook from a fresh kernel, top to bottom; stops at the first cell that throws and names it.
  -p name=value   set a parameter after the cell tagged "parameters"; value as JSON, or text
  -o OUT          write the executed notebook there
  --timeout S     end a cell that runs longer
  --all FOLDER    every notebook of the folder; shows which outputs changed
  --pages FOLDER  write one HTML page of each there
  --twice         run each again: the outputs must be the same
  --write         store the new outputs in the notebooks; cells tagged "measured" keep those that they have
  --check         fail when outputs differ from the stored ones`;

/** Runs notebooks as `args` say. Resolves with the exit code; throws UsageError. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    throw new UsageError(`philab run: needed one notebook or --all FOLDER, came ${positionals.length} names`);
  }
  const seconds = readSeconds(values.timeout);
  const { parameter, out, all, pages, twice, write, check } = values;
  endWithSignals();
  if (!all) refuse({ "--pages": pages }, "goes with --all");
  if (!all && !(twice || write || check))
    return runOne(file, { parameters: parameter.map(readParameter), out, seconds });
  const stores = all ? "--all" : "--twice, --write and --check";
  refuse({ "-p": parameter.length > 0, "-o": out }, `goes with one notebook, not with ${stores}`);
  return (all ? runAll : runStored)(file, { pages, seconds, twice, write, check });
}

function refuse(flags: Record<string, unknown>, why: string): void {
  for (const [flag, value] of Object.entries(flags)) {
    if (value !== undefined && value !== false) throw new UsageError(`philab run: ${flag} ${why}`);
  }
}

function readSeconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (seconds > 0 && Number.isFinite(seconds)) return seconds;
  throw new UsageError(`philab run: --timeout ${text}; needed a number of seconds above 0`);
}
