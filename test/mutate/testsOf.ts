/** Which tests belong to a file of `src`: those of the folder of the same name, and those named here. */

import { existsSync, readdirSync, statSync } from "node:fs";

/** Folders of `src` whose tests stand elsewhere too: a folder, then folders or files of `test`. */
const elsewhere: Readonly<Record<string, readonly string[]>> = {
  "src/symbolic/prove": ["test/symbolic/check/check.test.ts", "test/symbolic/trust/names.test.ts"],
  "src/symbolic/check": ["test/symbolic/trust"],
  "src/symbolic/language": ["test/symbolic/trust"],
  // without those that read the stored notebooks
  checker: ["byHand", "declarations.slow", "refusals.slow", "relu.slow"].map(
    (name) => `test/checker/${name}.test.ts`,
  ),
  "src/symbolic/trial": ["check/check.test.ts", "check/bound.test.ts", "declare/maps.test.ts"].map(
    (name) => `test/symbolic/${name}`,
  ),
  "src/engine/memory": ["test/engine/memory.test.ts", "test/engine/frozen.test.ts"],
};

/** Folders whose slow tests would take minutes for each change, and ask what the quick ones ask. */
const withoutSlow: readonly string[] = ["src/symbolic/prove"];

/** The test files of a file or folder of `src`, sorted. Throws RangeError where there are none. */
export function testsOf(path: string): string[] {
  const folder = statSync(path).isDirectory() ? path : path.slice(0, path.lastIndexOf("/"));
  const own = folder.replace(/^src/, "test");
  const others = Object.entries(elsewhere).flatMap(([place, tests]) => (isIn(folder, place) ? tests : []));
  const isSlow = (name: string) => withoutSlow.includes(folder) && name.endsWith(".slow.test.ts");
  const ownFiles = existsSync(own) ? testFiles(own).filter((name) => !isSlow(name)) : [];
  const files = [...ownFiles, ...others.flatMap(testFiles)];
  if (files.length > 0) return [...new Set(files)].sort();
  throw new RangeError(`mutate: no tests belong to ${path}; needed ${own} or a line in testsOf.ts`);
}

function testFiles(place: string): string[] {
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => `${place}/${name}`);
}

function isIn(folder: string, place: string): boolean {
  return folder === place || folder.startsWith(`${place}/`);
}
