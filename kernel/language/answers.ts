/** What the language service can be asked, and the compiler behind it. */

import type {
  Converted,
  LanguageAnswer,
  LanguageOperations,
  Prelude,
  Problem,
  Request,
} from "../pipe/languageWords.js";
import { Compiler } from "./compiler.js";
import { complete } from "./complete.js";
import { Conversions } from "./conversions.js";
import { convert } from "./convert.js";
import { inspectAt } from "./inspect.js";
import { isComplete } from "./isComplete.js";
import { prelude } from "./prelude.js";
import { answered } from "./question.js";
import { settle } from "./settle.js";

/** Loads the compiler; takes about a second. */
export class Answers {
  readonly #compiler = new Compiler();
  readonly #prelude: Prelude = prelude(this.#compiler.ts);
  readonly #conversions = new Conversions((declarations, code) =>
    convert(this.#compiler, declarations, code),
  );
  readonly #operations: LanguageOperations = this.#operationTable();
  /** Those that the next cell will probably come after. */
  #nextDeclarations: string = this.#prelude.declarations;
  #warmed = 0;

  /** From now on the questions are those of a notebook in this folder. */
  enter(folder: string): void {
    this.#compiler.enter(folder);
  }

  answer({ id, operation, args }: Request): LanguageAnswer {
    try {
      if (this.#compiler.noticeChanges()) this.#conversions.forget();
      const answer = this.#operations[operation] as (...args: readonly unknown[]) => unknown;
      return { id, value: answer(...args) };
    } catch (error) {
      this.#compiler.renew(); // what was left half way would make every later question fail
      return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
  }

  /** Converts a cell of every kind, so that the next question meets a compiler that is warm. */
  warmUp(): void {
    const { declarations } = this.#prelude;
    for (const code of ["1 + 1", ...typical]) this.#operations.convert(declarations, code);
    this.#operations.inspect(declarations, "phi(", 4); // no completion: a snapshot cannot hold its Intl.Collator
  }

  /**
   * Makes the program for the next cell, or converts one more typical cell after the reader's own declarations: V8 makes code
   * fast that ran often, and a snapshot holds none of that. What comes out is thrown away. Says whether there is more to do.
   */
  workAhead(): boolean {
    try {
      const isWarm = this.#warmed >= untilWarm;
      if (this.#compiler.prepare(this.#nextDeclarations)) return !isWarm;
      if (isWarm) return false;
      convert(this.#compiler, this.#nextDeclarations, small[this.#warmed++ % small.length] as string);
    } catch {
      this.#compiler.renew(); // as after a question
    }
    return true;
  }

  #convert(declarations: string, code: string): Converted {
    this.#nextDeclarations = declarations;
    try {
      const converted = this.#conversions.convert(declarations, code);
      if ("declarations" in converted) this.#nextDeclarations = converted.declarations;
      return converted;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#compiler.renew();
      return { problems: [tooDeep] };
    }
  }

  #operationTable(): LanguageOperations {
    const compiler = this.#compiler;
    return {
      prelude: () => this.#prelude,
      convert: (declarations, code) => this.#convert(declarations, answered(code)),
      settle: (before, after, assigned) => settle(compiler.ts, before, after, assigned),
      complete: (declarations, code, position) => complete(compiler, declarations, code, position),
      inspect: (declarations, code, position) => inspectAt(compiler, declarations, code, position),
      isComplete: (code) => isComplete(compiler, answered(code)),
    };
  }
}

/** The compiler's stack has overflowed. */
const tooDeep: Problem = {
  file: undefined,
  line: 1,
  column: 1,
  code: 2563, // TypeScript's own for what is too large for it
  message:
    "The cell has a term of thousands of operands, or calls or brackets as deep: more than the compiler can hold. Write it in several statements.",
};

/** After so many conversions a new cell takes a third of the time of the first ones. */
const untilWarm = 75;

/** Cells that take little time each: a question may come while one is converted. */
const small = ["1 + 2", "const a = 1\na", 'console.log("a")', "[1, 2].map((x) => x * x)"];

/** Cells of the kinds that notebooks are made of. */
const typical = [
  'const Z = matrix(2, 6, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]); let n = 0; for (const x of [1, 2]) n += x; console.log("n", n); Z',
  "interface Pair { readonly p: number; q?: string }\nfunction twice({ p }: Pair): number { return 2 * p }\ntwice({ p: 1 })",
  "const wait = (ms: number) => new Promise<number>((resolve) => setTimeout(() => resolve(ms), ms));\nawait wait(1)",
  "class Counter<T> { #seen = new Map<T, number>(); add(x: T): void { this.#seen.set(x, (this.#seen.get(x) ?? 0) + 1) } }\nnew Counter<string>()",
  'const wrong: number = "a"',
];
