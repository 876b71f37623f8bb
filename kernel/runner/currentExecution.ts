/** Which cell the code now running belongs to: through promises, timers and callbacks. */
import { AsyncLocalStorage } from "node:async_hooks";
import type { ExecutionId } from "../pipe/runnerWords.js";

/** One time that something runs: a cell's script, a user expression's, or the handlers of one comm message. */
export interface Execution {
  readonly id: ExecutionId;
  readonly allowInput: boolean;
  /** Set when an interrupt was meant for it: its loops end at their next check. */
  interrupted: boolean;
  /** Rejects what the execution waits for. */
  abort: (() => void) | undefined;
  /** The steps of its cell, if it runs in steps. */
  steps: Generator | undefined;
  /** Ends them where they wait, so that their finally blocks run. */
  endSteps: (() => void) | undefined;
  /** Displays whose bundles are still being made; the cell waits for them. */
  readonly pending: Set<Promise<void>>;
}

const storage = new AsyncLocalStorage<Execution>();
const everything: { last: Execution } = { last: newExecution(0, false) };

/** A fresh execution, with nothing awaited. */
export function newExecution(id: ExecutionId, allowInput: boolean): Execution {
  return {
    id,
    allowInput,
    interrupted: false,
    abort: undefined,
    steps: undefined,
    endSteps: undefined,
    pending: new Set(),
  };
}

/** Runs `body` as part of `execution`; what it starts (timers, promises) stays part of it. */
export function runAs<Value>(execution: Execution, body: () => Value): Value {
  everything.last = execution;
  return storage.run(execution, body);
}

/** The execution that the code now running is part of; outside of all (native callbacks), the last one started. */
export function currentExecution(): Execution {
  return storage.getStore() ?? everything.last;
}
