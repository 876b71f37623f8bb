/** The tests of a script of package.json, and what each of them reads. */

import { readdirSync, readFileSync } from "node:fs";
import { join, matchesGlob, posix } from "node:path";
import { buildSync, type Metafile } from "esbuild";
import { root } from "./kept.js";

/** The files that a mocha script names by its patterns, without those that it ignores; relative to the package. */
export function testsOfScript(script: string): string[] {
  const patterns = [...script.matchAll(/(--ignore )?'([^']+)'/g)];
  const matches = (file: string, ignored: boolean): boolean =>
    patterns.some(([, ignore, pattern]) => Boolean(ignore) === ignored && matchesGlob(file, pattern!));
  return filesUnder("test").filter((file) => matches(file, false) && !matches(file, true));
}

/** All files under a folder of the package, sorted. */
export function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => posix.relative(root, posix.join(parentPath, name)))
    .sort();
}

/**
 * Test file → all that it imports, itself and theirs too, sorted; nothing for one that looks into folders or at
 * files elsewhere, since what it reads cannot be told.
 */
export function readsOf(tests: readonly string[]): Map<string, string[] | undefined> {
  const { inputs } = importsOf(tests);
  return new Map(tests.map((test) => [test, withImports(test, inputs)]));
}

function importsOf(files: readonly string[]): Metafile {
  const contents = files.map((file) => `import "./${file}";`).join("\n");
  const stdin = { contents, resolveDir: root, loader: "ts" } as const;
  const options = {
    bundle: true,
    write: false,
    metafile: true,
    logLevel: "error",
    absWorkingDir: root,
  } as const;
  return buildSync({ stdin, ...options, packages: "external", platform: "node", format: "esm" }).metafile;
}

function withImports(test: string, inputs: Metafile["inputs"]): string[] | undefined {
  const met = new Set([test]);
  for (const file of met)
    for (const { path, external } of inputs[file]?.imports ?? []) if (!external) met.add(path);
  return [...met].some(readsElsewhere) ? undefined : [...met].sort();
}

/** A test that looks into folders, or at a file that is none of `fixtures/`. */
function readsElsewhere(file: string): boolean {
  if (!file.startsWith("test/")) return false;
  const text = readFileSync(join(root, file), "utf8");
  return /\breaddir/.test(text) || (/\breadFile/.test(text) && !text.includes("fixtures/"));
}
