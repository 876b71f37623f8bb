/** Every document that people read in the repository: *.md at the top, in docs/ and beside the code. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./imports.js";

const folders = ["", "docs", "src", "kernel", "bench", "test", "notebooks"];

/** Their paths below the root. */
export const documents: readonly string[] = folders.flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name)),
);
