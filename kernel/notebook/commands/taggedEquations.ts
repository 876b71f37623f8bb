/** The equations that notebooks name in their text. */
import { readNotebook } from "../format/read.js";

/** "(4)" for each \\tag{4} in the text cells, with the first notebook that has it. Throws NotebookError. */
export async function taggedEquations(files: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const file of files) {
    const { cells } = await readNotebook(file);
    for (const cell of cells) {
      if (cell.cell_type !== "markdown") continue;
      for (const [, tag] of cell.source.matchAll(/\\tag\{([^{}]+)\}/g))
        if (!found.has(`(${tag})`)) found.set(`(${tag})`, file);
    }
  }
  return found;
}
