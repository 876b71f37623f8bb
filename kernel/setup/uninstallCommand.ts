/** `philab uninstall`: its words on the command line. */
import { ownDataFolder } from "../place/userData.js";
import { readTarget } from "./installTarget.js";
import { uninstall } from "./uninstall.js";

export const usage: string = `philab uninstall [--prefix P | --sys-prefix | --user]

Removes the kernelspec and the JupyterLab plugin that "philab install" with the same words wrote; notebooks stay.`;

/** Uninstalls as `args` say and tells what is gone. Throws UsageError for words that mean nothing. */
export async function run(args: readonly string[]): Promise<number> {
  const gone = uninstall(readTarget("uninstall", args));
  for (const path of gone) console.log(`removed: ${path}`);
  if (gone.length === 0) console.log("Nothing of philab is installed there.");
  console.log(
    `A Node for cells and JupyterLab's environment may be left in ${ownDataFolder()}; they can be deleted.`,
  );
  return 0;
}
