/** `philab install`: its words on the command line. */

import { prepareSnapshot } from "../place/snapshot.js";
import { bringRuntime } from "./bringRuntime.js";
import { install } from "./install.js";
import { readTarget } from "./installTarget.js";

export const usage: string = `philab install [--prefix P | --sys-prefix | --user]

Copies the kernelspec and the JupyterLab plugin to where Jupyter looks for them, and makes the kernel's quick start ready.
  --user         for the present user (the default)
  --sys-prefix   into the Python that python3 starts
  --prefix P     below P/share/jupyter`;

/** Installs as `args` say and tells where. Throws UsageError for words that mean nothing. */
export async function run(args: readonly string[]): Promise<number> {
  const target = readTarget("install", args);
  await bringRuntime(console.error); // the kernelspec names it
  const { kernelspec, labextension } = install(target);
  await prepareSnapshot(console.error);
  console.log(`kernel: ${kernelspec}\nplugin: ${labextension}`);
  return 0;
}
