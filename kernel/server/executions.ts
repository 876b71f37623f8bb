/** What the runner executes: each execution is awaited until the runner reports its end, or has ended itself. */
import type { Command, ExecutionId, Report } from "../pipe/runnerWords.js";
import { deathOf } from "./outcome.js";
import type { RunnerProcess } from "./runnerProcess.js";

type Done = Report & { readonly op: "done" };

/** What the runner says at the end of an execution. */
export type Ended = Omit<Done, "op" | "execution">;

interface Pending {
  readonly label: string;
  readonly end: (ended: Ended) => void;
}

export class Executions {
  readonly #runner: RunnerProcess;
  readonly #pending = new Map<ExecutionId, Pending>();

  constructor(runner: RunnerProcess) {
    this.#runner = runner;
  }

  /** Gives the runner something to execute; `label` is its name in messages. */
  start(command: Command & { readonly execution: ExecutionId }, label: string): Promise<Ended> {
    return new Promise((resolve) => {
      this.#pending.set(command.execution, { label, end: resolve });
      this.#runner.send(command);
    });
  }

  /** The runner reports the end of an execution. */
  done(report: Done): void {
    this.#pending.get(report.execution)?.end(report);
    this.#pending.delete(report.execution);
  }

  /** The runner has ended, and what it executed with it; says whether there was anything. */
  fail(why: string): boolean {
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { label, end } of pending) {
      end({ failure: deathOf(why, label), result: undefined, assigned: [] });
    }
    return pending.length > 0;
  }
}
