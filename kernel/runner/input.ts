/** Asking the person at the keyboard. */
import { MessageChannel, type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { currentExecution, type Execution } from "./currentExecution.js";
import { arrived, awaited } from "./flagWords.js";
import { flag, Interrupted, stopIfInterrupted } from "./interrupt.js";
import { report } from "./report.js";

interface Question {
  resolve(value: string): void;
  reject(error: Error): void;
}

export interface InputOptions {
  /** What is typed is not shown. */
  readonly password?: boolean;
}

const open = new Map<number, Question>();
let last = 0;

/** The way of an answer past the event loop, which waits: from the ear to `inputSync`. */
const { port1: answers, port2 } = new MessageChannel();
answers.unref();
/** The ear's end of it. */
export const answersOfEar: MessagePort = port2;

/** The last question of each execution that is still open: front ends show one at a time. */
const lastOf = new WeakMap<Execution, Promise<string>>();

/**
 * Asks for a line of text; with `password`, what is typed is not shown. Questions of one cell are asked one after the
 * other. Throws where nobody can answer.
 */
export async function input(prompt = "", options: InputOptions = {}): Promise<string> {
  const execution = currentExecution();
  const question = (): Promise<string> => {
    const request = ask("input", prompt, options);
    return new Promise((resolve, reject) => open.set(request, { resolve, reject }));
  };
  const before = lastOf.get(execution);
  const answer = before ? before.then(question, question) : question();
  lastOf.set(execution, answer);
  try {
    return await answer;
  } finally {
    if (lastOf.get(execution) === answer) lastOf.delete(execution);
  }
}

/**
 * Asks as `input` does, and waits for the answer without a promise: in a function that cannot await. Everything else
 * (timers, sliders) stands still meanwhile; an interrupt ends it. Throws where nobody can answer.
 */
export function inputSync(prompt = "", options: InputOptions = {}): string {
  Atomics.store(flag, awaited, last + 1); // before it is asked: the answer may be quick
  try {
    ask("inputSync", prompt, options);
    return nextAnswer();
  } finally {
    Atomics.store(flag, awaited, 0);
  }
}

function nextAnswer(): string {
  for (;;) {
    const seen = Atomics.load(flag, arrived);
    const answer = receiveMessageOnPort(answers) as { message: string } | undefined;
    if (answer) return answer.message;
    stopIfInterrupted();
    Atomics.wait(flag, arrived, seen);
  }
}

/** Sends the question; returns its number. */
function ask(operation: string, prompt: string, { password = false }: InputOptions): number {
  const execution = currentExecution();
  if (!execution.allowInput) {
    throw new Error(`${operation}: this front end cannot be asked (allow_stdin is false)`);
  }
  if (execution.interrupted) throw new Interrupted();
  const request = ++last;
  report({
    op: "input",
    execution: execution.id,
    request,
    prompt: String(prompt),
    password: Boolean(password),
  });
  return request;
}

/** Gives the answer to an open question. */
export function answerInput(request: number, value: string): void {
  open.get(request)?.resolve(value);
  open.delete(request);
}
