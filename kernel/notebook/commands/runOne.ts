/** `philab run NB`: one notebook, with parameters, into another file. */
import { basename } from "node:path";
import { UsageError } from "../../usageError.js";
import { runNotebook } from "../client/runNotebook.js";
import { refuseOthers } from "../format/language.js";
import { injectParameters, type Parameter, unknownParameters } from "../format/parameters.js";
import { oneLine } from "../format/plainText.js";
import { readNotebook } from "../format/read.js";
import { isSameFile } from "../format/sameFile.js";
import { writeNotebook } from "../format/write.js";
import { reportFailure } from "./reportFailure.js";

export interface RunOneOptions {
  readonly parameters: readonly Parameter[];
  /** Where the executed notebook goes; without it only the exit code tells. */
  readonly out: string | undefined;
  readonly seconds: number | undefined;
}

/** Runs the notebook; progress goes to stderr. Resolves with the exit code: 1 when a cell failed. */
export async function runOne(file: string, { parameters, out, seconds }: RunOneOptions): Promise<number> {
  if (out !== undefined && (await isSameFile(file, out)))
    throw new UsageError(
      `philab run: -o ${out} is the notebook itself, which a run that stops early would cut short; needed another file`,
    );
  const notebook = await readNotebook(file);
  refuseOthers(notebook, file);
  const slips = unknownParameters(notebook, parameters);
  if (slips.length > 0) console.error(`${file}: no cell tagged "parameters" declares ${slips.join(", ")}`);
  const report = (line: string): void => console.error(oneLine(`${basename(file)}: ${line}`));
  const { notebook: executed, failure } = await runNotebook(injectParameters(notebook, parameters), file, {
    seconds,
    report,
  });
  if (out !== undefined) await writeNotebook(out, executed);
  if (failure === undefined) return 0;
  reportFailure(file, failure);
  return 1;
}
