import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../../usageError.js";

/** The notebooks of a folder, in the order of their names. Throws UsageError when there is none. */
export async function notebooksIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [] as string[]);
  const notebooks = names.filter((name) => name.endsWith(".ipynb") && !name.startsWith(".")).sort();
  if (notebooks.length === 0) throw new UsageError(`philab: ${folder} holds no notebook (*.ipynb)`);
  return notebooks.map((name) => join(folder, name));
}
