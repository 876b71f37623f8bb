/** The protocol process's side of the language process: one promise per question. */
import { type ChildProcess, spawn } from "node:child_process";
import type { Duplex } from "node:stream";
import { frameReader, objectFrame } from "../pipe/frames.js";
import type { Answer, LanguageOperations } from "../pipe/languageWords.js";
import { plainCommand, type ServiceCommand, serviceCommand } from "../place/snapshot.js";

/** The language process's operations, each answered by a promise. */
export type Language = {
  [Name in keyof LanguageOperations]: (
    ...args: Parameters<LanguageOperations[Name]>
  ) => Promise<ReturnType<LanguageOperations[Name]>>;
} & {
  /** Ends the process; open questions fail. */
  stop(): void;
};

interface Waiting {
  readonly question: Buffer;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

const operations = ["prelude", "convert", "settle", "complete", "inspect", "isComplete"] as const;

/**
 * For glibc's malloc, others do not know it: blocks as large as a snapshot are kept when they are freed. Without it, reading
 * the snapshot makes the system give and take the same pages several times, a sixth of the start.
 */
const keepMemory = "glibc.malloc.mmap_threshold=1073741824:glibc.malloc.top_pad=67108864";

/**
 * Starts the process, from the snapshot where there is one. If it dies (its own fault or memory), the open questions
 * fail and a fresh one takes its place.
 */
export function startLanguage(
  log: (text: string) => void,
  first: ServiceCommand = serviceCommand(),
): Language {
  const waiting = new Map<number, Waiting>();
  let hasAnswered = false;
  let isStopped = false;
  let last = 0;
  let isSnapshot = first.isSnapshot;
  let child = start(first);

  function start({ node, args }: ServiceCommand): ChildProcess {
    const env = { GLIBC_TUNABLES: keepMemory, ...process.env };
    const fresh = spawn(node, args, { env, stdio: ["ignore", "pipe", "pipe", "pipe"] });
    for (const stream of [fresh.stdout, fresh.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => log(text.trimEnd()));
    }
    lineOf(fresh).on(
      "data",
      frameReader((answer) => settleOne(answer as Answer)),
    );
    lineOf(fresh).on("error", () => undefined); // it has ended: "exit" says so
    fresh.on("error", (error) => log(`the language service could not be started: ${error.message}`));
    fresh.on("exit", (code, signal) => replace(fresh, `exit code ${code}, signal ${signal}`));
    return fresh;
  }

  function settleOne(answer: Answer): void {
    hasAnswered = true;
    const one = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ("error" in answer) one?.reject(new Error(answer.error));
    else one?.resolve(answer.value);
  }

  /** A snapshot that never answered is left alone from then on, and its questions are asked again. */
  function replace(dead: ChildProcess, how: string): void {
    if (dead !== child || isStopped) return;
    log(`the language service stopped (${how})`);
    const asksAgain = isSnapshot && !hasAnswered;
    if (!asksAgain) failAll("the language service stopped; it was started again");
    isSnapshot = false;
    child = start(plainCommand());
    for (const { question } of waiting.values()) lineOf(child).write(question);
  }

  function failAll(why: string): void {
    for (const { reject } of waiting.values()) reject(new Error(why));
    waiting.clear();
  }

  const ask =
    (operation: keyof LanguageOperations) =>
    (...args: unknown[]): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const id = ++last;
        const question = objectFrame({ id, operation, args });
        waiting.set(id, { question, resolve, reject });
        lineOf(child).write(question);
      });
  const stop = (): void => {
    isStopped = true;
    child.kill("SIGKILL");
    failAll("the language service was stopped");
  };
  return { ...Object.fromEntries(operations.map((name) => [name, ask(name)])), stop } as unknown as Language;
}

function lineOf(child: ChildProcess): Duplex {
  return child.stdio[3] as Duplex;
}
