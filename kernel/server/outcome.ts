/** What comes of an execution, and how a failure is told. */
import type { Bundle, Failure } from "../pipe/runnerWords.js";
import type { Json } from "../wire/wire.js";

export interface ExecutionOutcome {
  readonly failure: Failure | undefined;
  /** The bundle of the last expression, if it has a value that shows. */
  readonly result: Bundle | undefined;
}

/** Nothing was to be executed, or it has no value. */
export const nothing: ExecutionOutcome = { failure: undefined, result: undefined };

export function failed(failure: Failure): ExecutionOutcome {
  return { failure, result: undefined };
}

/** A failure as the content of a reply or of a user expression. */
export function failureContent({ ename, evalue, traceback }: Failure): Json {
  return { status: "error", ename, evalue, traceback };
}

/** What an execution says whose runner ended. */
export function deathOf(why: string, label: string): Failure {
  const evalue = `the runner ${why} in ${label}; variables are lost, a fresh runner has started`;
  return { ename: "RunnerEnded", evalue, traceback: [`RunnerEnded: ${evalue}`] };
}

/** What ends a cell that Stop meets before it runs: the runner says the same of one that runs. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  constructor() {
    super("the cell was interrupted");
    this.stack = `${this.name}: ${this.message}`; // it was not running anywhere
  }
}

/** What is said where the kernel itself has failed. */
export function faultOf({ name, message, stack }: Error): Failure {
  return { ename: name, evalue: message, traceback: [stack ?? message] };
}
