/** The language of the Node that runs cells: what a cell may say, and what is written out in older words for it. */
import type * as TypeScript from "typescript";
import type { Ts } from "./typescript.js";

/** The language process runs in the same Node as cells. */
export const nodeMajor: number = Number.parseInt(process.versions.node, 10);

/** From this Node on `using` and the library of ESNext are there. */
const todays = 24;

export const hasTodaysLibrary: boolean = nodeMajor >= todays;

/** The library files of the language. */
export const libraries: readonly string[] = hasTodaysLibrary
  ? ["lib.esnext.d.ts"]
  : ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts"];

/** The options of a cell's first stage, in which only types are taken away. */
export function languageOptions(ts: Ts): TypeScript.CompilerOptions {
  return { target: ts.ScriptTarget.ESNext, lib: [...libraries], allowImportingTsExtensions: true };
}

/** The target of the second stage: what Node does not know yet (decorators, `accessor`) is written out. */
export function targetOf(ts: Ts, text: string): TypeScript.ScriptTarget {
  const isToday = hasTodaysLibrary && !/@\s*[\w($]|\baccessor\b/.test(text);
  return isToday ? ts.ScriptTarget.ESNext : ts.ScriptTarget.ES2022;
}
