import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of philab itself: the nearest one above this file that holds bin/philab.js, compiled or not. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "bin", "philab.js"))) {
    const above = dirname(folder);
    if (above === folder) throw new Error("packageRoot: no folder above kernel/ holds bin/philab.js");
    folder = above;
  }
  return folder;
}

/** The package's folder, found once. */
export const packageFolder: string = packageRoot();
