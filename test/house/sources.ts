/** The files of src, kernel and checker, as TypeScript's own parser reads them. */

import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Every TypeScript file of these folders that is no declaration file, parsed. */
export function sources(folders: readonly string[] = ["src", "kernel"]): ts.SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))
      .sort()
      .map((file) => parsed(join(root, folder, file))),
  );
}

/** The path of a file within the package. */
export function relative({ fileName }: ts.SourceFile): string {
  return posix.relative(root, fileName);
}

const known = new Map<string, ts.SourceFile>();

/** A file, by its path: read once for all tests. */
export function parsed(file: string): ts.SourceFile {
  const source =
    known.get(file) ?? ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  known.set(file, source);
  return source;
}
