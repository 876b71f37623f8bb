/** The language worker: a thread of the protocol process, so that completion works while a cell runs. */
import { parentPort } from "node:worker_threads";
import { loadCompiler } from "./compiler.js";
import { complete } from "./complete.js";
import { convert } from "./convert.js";
import { inspect } from "./inspect.js";
import { isComplete } from "./isComplete.js";
import { prelude } from "./prelude.js";
import type { Answer, LanguageOperations, Request } from "./protocol.js";
import { settle } from "./settle.js";

const compiler = loadCompiler(process.cwd());
const { ts } = compiler;
const known = prelude(ts);

/** A cell that waits already is heard before this, and is the one that makes the compiler warm. */
const msBeforeWarming = 40;
const warming = setTimeout(() => convert(compiler, known.declarations, "1 + 1"), msBeforeWarming);

const operations: LanguageOperations = {
  prelude: () => known,
  convert: (declarations, code) => convert(compiler, declarations, code),
  settle: (before, after, assigned) => settle(ts, before, after, assigned),
  complete: (declarations, code, position) => complete(compiler, declarations, code, position),
  inspect: (declarations, code, position) => inspect(compiler, declarations, code, position),
  isComplete: (code) => isComplete(compiler, code),
};

parentPort?.on("message", ({ id, operation, args }: Request) => {
  if (operation !== "prelude") clearTimeout(warming);
  parentPort?.postMessage(answer(id, operation, args));
});

function answer(id: number, operation: keyof LanguageOperations, args: readonly unknown[]): Answer {
  try {
    compiler.noticeChanges();
    return { id, value: (operations[operation] as (...args: readonly unknown[]) => unknown)(...args) };
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
