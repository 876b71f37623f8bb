/** What the language service can be asked, and the compiler behind it. */

import type { Answer, LanguageOperations, Request } from "../pipe/languageWords.js";
import { loadCompiler } from "./compiler.js";
import { complete } from "./complete.js";
import { remembering } from "./conversions.js";
import { convert } from "./convert.js";
import { inspect } from "./inspect.js";
import { isComplete } from "./isComplete.js";
import { prelude } from "./prelude.js";
import { settle } from "./settle.js";

export interface Answers {
  /** From now on the questions are those of a notebook in this folder. */
  enter(folder: string): void;
  answer(request: Request): Answer;
  /** Converts a cell of every kind, so that the next question meets a compiler that is warm. */
  warmUp(): void;
}

/** Loads the compiler; takes about a second. */
export function newAnswers(): Answers {
  const compiler = loadCompiler();
  const { ts } = compiler;
  const known = prelude(ts);
  const cells = remembering((declarations, code) => convert(compiler, declarations, code));
  const operations: LanguageOperations = {
    prelude: () => known,
    convert: cells.convert,
    settle: (before, after, assigned) => settle(ts, before, after, assigned),
    complete: (declarations, code, position) => complete(compiler, declarations, code, position),
    inspect: (declarations, code, position) => inspect(compiler, declarations, code, position),
    isComplete: (code) => isComplete(compiler, code),
  };

  function answer({ id, operation, args }: Request): Answer {
    try {
      if (compiler.noticeChanges()) cells.forget();
      return { id, value: (operations[operation] as (...args: readonly unknown[]) => unknown)(...args) };
    } catch (error) {
      return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
  }

  return {
    enter: (folder) => compiler.enter(folder),
    answer,
    warmUp() {
      for (const code of ["1 + 1", ...typical]) operations.convert(known.declarations, code);
      operations.inspect(known.declarations, "phi(", 4); // no completion: a snapshot cannot hold its Intl.Collator
    },
  };
}

/** Cells of the kinds that notebooks are made of. */
const typical = [
  'const Z = matrix(2, 6, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]); let n = 0; for (const x of [1, 2]) n += x; console.log("n", n); Z',
  "interface Pair { readonly p: number; q?: string }\nfunction twice({ p }: Pair): number { return 2 * p }\ntwice({ p: 1 })",
  "const wait = (ms: number) => new Promise<number>((resolve) => setTimeout(() => resolve(ms), ms));\nawait wait(1)",
  "class Counter<T> { #seen = new Map<T, number>(); add(x: T): void { this.#seen.set(x, (this.#seen.get(x) ?? 0) + 1) } }\nnew Counter<string>()",
  'const wrong: number = "a"',
];
