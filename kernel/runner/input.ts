/** Asking the person at the keyboard. */
import { currentExecution } from "./executions.js";
import { Interrupted } from "./interrupt.js";
import { report } from "./report.js";

interface Question {
  resolve(value: string): void;
  reject(error: Error): void;
}

const open = new Map<number, Question>();
let last = 0;

/** Asks for a line of text; with `password`, what is typed is not shown. Throws where nobody can answer. */
export async function input(prompt = "", options: { readonly password?: boolean } = {}): Promise<string> {
  const execution = currentExecution();
  if (!execution.allowInput) throw new Error("input: this front end cannot be asked (allow_stdin is false)");
  if (execution.interrupted) throw new Interrupted();
  const request = ++last;
  return new Promise((resolve, reject) => {
    open.set(request, { resolve, reject });
    report({
      op: "input",
      execution: execution.id,
      request,
      prompt: String(prompt),
      password: options.password ?? false,
    });
  });
}

/** Gives the answer to an open question. */
export function answerInput(request: number, value: string): void {
  open.get(request)?.resolve(value);
  open.delete(request);
}
