/** The protocol process's side of the language worker: one promise per question. */
import { Worker } from "node:worker_threads";
import type { Answer, LanguageOperations } from "./protocol.js";

/** The worker's operations, each answered by a promise. */
export type Language = {
  [Name in keyof LanguageOperations]: (
    ...args: Parameters<LanguageOperations[Name]>
  ) => Promise<ReturnType<LanguageOperations[Name]>>;
};

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Starts the worker. If it dies (its own fault or memory), the open questions fail and a fresh one takes its place. */
export function startLanguage(log: (text: string) => void): Language {
  const waiting = new Map<number, Waiting>();
  let worker = start();
  let last = 0;

  function start(): Worker {
    const fresh = new Worker(new URL("worker.js", import.meta.url), { stdout: true, stderr: true });
    fresh.stdout.on("data", (chunk: Buffer) => log(chunk.toString()));
    fresh.stderr.on("data", (chunk: Buffer) => log(chunk.toString()));
    fresh.on("message", (answer: Answer) => settleOne(answer));
    fresh.on("error", (error) => log(`the language service stopped: ${error.message}`));
    fresh.on("exit", () => replace(fresh));
    return fresh;
  }

  function settleOne(answer: Answer): void {
    const one = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ("error" in answer) one?.reject(new Error(answer.error));
    else one?.resolve(answer.value);
  }

  function replace(dead: Worker): void {
    if (dead !== worker) return;
    for (const { reject } of waiting.values())
      reject(new Error("the language service stopped; it was started again"));
    waiting.clear();
    worker = start();
  }

  const ask =
    (operation: keyof LanguageOperations) =>
    (...args: unknown[]): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const id = ++last;
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, operation, args });
      });
  const names = ["prelude", "convert", "settle", "complete", "inspect", "isComplete"] as const;
  return Object.fromEntries(names.map((name) => [name, ask(name)])) as unknown as Language;
}
