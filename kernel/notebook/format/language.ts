/** Which language a notebook's cells are written in. */
import { NotebookError } from "./error.js";
import type { Notebook } from "./types.js";

const ours = /^(?:typescript|javascript|ts|js|tslab|jslab|deno|philab)$/i;

/** Throws NotebookError where a notebook says that its cells are of another language; one that says nothing is taken as ours. */
export function refuseOthers({ metadata }: Notebook, file: string): void {
  const { kernelspec, language_info } = metadata as Record<string, Record<string, unknown> | undefined>;
  const said = [kernelspec?.language, language_info?.name, kernelspec?.name].filter(
    (name): name is string => typeof name === "string" && name !== "",
  );
  if (said.length === 0 || said.some((name) => ours.test(name))) return;
  throw new NotebookError(
    file,
    "metadata.kernelspec",
    `its cells are ${said[0]}; philab runs TypeScript: choose the kernel "TypeScript (philab)" in Jupyter, or run it with its own`,
  );
}
