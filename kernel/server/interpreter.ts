/** Running cells: convert, run, keep what they declared, and say what came of it. */
import type { CellScript } from "../pipe/languageWords.js";
import type { Bundle, Command, ExecutionId, Failure, Report } from "../pipe/runnerWords.js";
import type { Json, Message } from "../wire/wire.js";
import type { Language } from "./languageProcess.js";
import type { Outputs } from "./outputs.js";
import { problemsFailure } from "./problems.js";

/** What came of a cell. */
export interface Outcome {
  readonly failure: Failure | undefined;
  readonly result: Bundle | undefined;
}

export interface Cell {
  readonly message: Message;
  readonly code: string;
  /** The n of In[n]. */
  readonly count: number;
  readonly silent: boolean;
  readonly allowInput: boolean;
}

export interface Cells {
  /** Runs a cell; its declarations are known to those after it. */
  run(cell: Cell, execution: ExecutionId): Promise<Outcome>;
  /** The value of an expression, which declares nothing. */
  evaluate(cell: Cell, expression: string): Promise<Outcome>;
  /** What has been declared so far. */
  declarations(): Promise<string>;
  /** The runner reports the end of an execution. */
  done(report: Report & { op: "done" }): void;
  /** The runner has ended with all variables; returns the execution that ran, if one did. */
  runnerDied(why: string): ExecutionId | undefined;
  /** Handlers of a comm message, in the runner. */
  comm(command: Command & { op: "comm" }): Promise<Outcome>;
}

interface Waiting {
  readonly label: string;
  end(report: Omit<Report & { op: "done" }, "op" | "execution">): void;
}

const nothing: Outcome = { failure: undefined, result: undefined };

/** `send` gives the runner a command. */
export function newCells(language: Language, outputs: Outputs, send: (command: Command) => void): Cells {
  const waiting = new Map<ExecutionId, Waiting>();
  let declared = fresh();

  /** The declarations of a fresh runner, which is told the names at the same time. */
  async function fresh(): Promise<string> {
    const { declarations, values } = await language.prelude();
    send({ op: "prelude", values });
    return declarations;
  }

  function inRunner(
    execution: ExecutionId,
    label: string,
    command: Command,
  ): Promise<Omit<Report & { op: "done" }, "op" | "execution">> {
    return new Promise((resolve) => {
      waiting.set(execution, { label, end: resolve });
      send(command);
    });
  }

  function runScript(cell: Cell, execution: ExecutionId, script: CellScript): ReturnType<typeof inRunner> {
    return inRunner(execution, `In[${cell.count}]`, {
      op: "execute",
      execution,
      count: cell.count,
      script,
      allowInput: cell.allowInput,
      expression: !cell.silent,
    });
  }

  async function run(cell: Cell, execution: ExecutionId): Promise<Outcome> {
    const before = await declared;
    const converted = await language.convert(before, cell.code);
    if (!("declarations" in converted))
      return failed(problemsFailure(converted.problems, cell.code, `In[${cell.count}]`));
    const generation = declared;
    if (!converted.script) {
      declared = Promise.resolve(converted.declarations);
      return nothing;
    }
    const { failure, result, assigned } = await runScript(cell, execution, converted.script);
    if (generation !== declared) return { failure, result }; // a fresh runner: nothing of this cell is left
    if (!failure) declared = Promise.resolve(converted.declarations);
    else if (assigned.length > 0) declared = language.settle(before, converted.declarations, assigned);
    return { failure, result };
  }

  async function evaluate(cell: Cell, expression: string): Promise<Outcome> {
    const label = `In[${cell.count}]`;
    const converted = await language.convert(await declared, `(${expression}\n)`);
    if (!("declarations" in converted)) return failed(problemsFailure(converted.problems, expression, label));
    if (!converted.script) return nothing;
    const execution = outputs.begin({ message: cell.message, silent: cell.silent });
    const outcome = await runScript({ ...cell, silent: false }, execution, converted.script);
    outputs.finish(execution);
    return outcome;
  }

  return {
    run,
    evaluate,
    declarations: () => declared,
    done(report) {
      waiting.get(report.execution)?.end(report);
      waiting.delete(report.execution);
    },
    runnerDied(why) {
      declared = fresh();
      const [first] = waiting.keys();
      for (const { label, end } of waiting.values()) {
        end({ failure: deathOf(why, label), result: undefined, assigned: [] });
      }
      waiting.clear();
      return first;
    },
    comm: (command) => inRunner(command.execution, "a comm message", command),
  };
}

function failed(failure: Failure): Outcome {
  return { failure, result: undefined };
}

/** What a cell says whose runner ended. */
export function deathOf(why: string, label: string): Failure {
  const evalue = `the runner ${why} in ${label}; variables are lost, a fresh runner has started`;
  return { ename: "RunnerEnded", evalue, traceback: [`RunnerEnded: ${evalue}`] };
}

/** A failure as the content of an execute_reply or of a user expression. */
export function failureContent({ ename, evalue, traceback }: Failure): Json {
  return { status: "error", ename, evalue, traceback };
}
