/** Stopping: the shared flag that loops look at, and who is meant by it. */
import { createHook } from "node:async_hooks";
import { checkName, flagName } from "../pipe/cellNames.js";
import { currentExecution, type Execution } from "./currentExecution.js";
import { flagBytes, heard, raised } from "./flagWords.js";
import { report } from "./report.js";
import { noteWhereItRuns } from "./whereItRan.js";

/** What a stopped cell throws. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  /** `place`: lines of a stack trace that say where, in place of where this is made. */
  constructor(place?: string) {
    super("the cell was interrupted");
    if (place !== undefined) this.stack = `Interrupted: ${this.message}${place}`;
  }
}

/**
 * Its first word is raised by the ear (another thread, so that it is raised while a loop runs). Loops look at a global
 * variable that follows it: one that has never changed is a constant to V8, and a look at it costs nothing.
 * While it is raised, checks ask who is meant, which is slow: code that is not meant lowers it for itself, and it is
 * lowered for all when what it stopped has ended.
 */
export const flag: Int32Array = new Int32Array(new SharedArrayBuffer(flagBytes));
/** How long the flag stays up for code that does not come back: it may hang in a promise for ever. */
const patience = 5_000;
let handled = 0;
let stopping = 0;
let running: Execution | undefined;
/** Raises the flag again when other code gets its turn (a promise's, a timer's): who is meant is asked anew there. */
const turns = createHook({ before: raise });
/** An interrupt between cells means all that lingers of the cells so far. */
let stoppedUpTo = -1;

/** Says which execution an interrupt means while it runs; undefined between cells. */
export function setRunning(execution: Execution | undefined): void {
  running = execution;
}

/** Called by the event loop when the ear heard an interrupt: what runs is aborted, or, between cells, what lingers. */
export function handleInterrupt(): void {
  if (!isNews()) return;
  if (running) mark(running);
  else stoppedUpTo = currentExecution().id;
  lowerAfter(new Promise(() => undefined));
}

/** Keeps the flag up until `ended` settles (five seconds at most): loops of an interrupted cell end at their check. */
export function lowerAfter(ended: Promise<unknown>): void {
  stopping++;
  turns.enable();
  const timeout = new Promise((resolve) => setTimeout(resolve, patience).unref());
  const release = (): void => {
    if (--stopping > 0) return;
    turns.disable();
    lower();
  };
  Promise.race([ended, timeout]).then(release, release);
}

function raise(): void {
  Atomics.store(flag, raised, 1);
  followFlag();
}

/** Lowers the flag, unless there is news; looks for it afterwards, because the ear counts before it raises. */
function lower(): void {
  Atomics.store(flag, raised, 0);
  if (handled !== Atomics.load(flag, heard)) Atomics.store(flag, raised, 1);
  followFlag();
}

/** Takes note that the interrupt has worked (also when SIGINT did it). Returns whether there was one. */
export function isNews(): boolean {
  const count = Atomics.load(flag, heard);
  if (handled >= count) return false;
  handled = count;
  report({ op: "interrupted" });
  return true;
}

function mark(execution: Execution): void {
  execution.interrupted = true;
  execution.abort?.();
}

/**
 * What a raised flag makes of a loop: it throws if the interrupt means this execution; else nobody asks again until
 * other code gets its turn.
 */
function check(): void {
  const execution = currentExecution();
  if (isNews()) {
    execution.interrupted = true; // this loop is what keeps the event loop from turning
    if (running) mark(running);
    lowerAfter(new Promise(() => undefined));
  }
  if (execution.interrupted || execution.id <= stoppedUpTo) throw new Interrupted();
  lower();
}

/** Throws Interrupted if the flag is raised and means the code that calls: for what waits without a loop. */
export function stopIfInterrupted(): void {
  if (flag[raised] === 0) followFlag();
  else check();
}

let isRaised = false;

/** Gives the global variable the flag's value. Deleted and made anew it is another variable, again a constant to V8. */
function followFlag(): void {
  const wanted = flag[raised] !== 0;
  if (wanted === isRaised || !process.features.inspector) return;
  isRaised = wanted;
  if (wanted) Reflect.set(globalThis, flagName, 1);
  else {
    Reflect.deleteProperty(globalThis, flagName);
    Object.defineProperty(globalThis, flagName, { ...hidden, value: 0 });
  }
}

function hearEar(): void {
  noteWhereItRuns();
  followFlag();
}

const hidden = { configurable: true, enumerable: false, writable: true };

/** Makes the two names that converted code uses, and what the ear calls. Without an inspector the ear cannot call. */
export function declareInterruptNames(): void {
  const word = process.features.inspector
    ? { ...hidden, value: 0 }
    : { configurable: true, enumerable: false, get: () => flag[raised] };
  Object.defineProperties(globalThis, {
    [flagName]: word,
    [checkName]: { ...hidden, value: stopIfInterrupted },
    [Symbol.for("philab.lookAtWords")]: { ...hidden, value: hearEar },
  });
}

// Long work of the package looks between two of its tasks: src/engine/machine/checkpoint.ts reads this name.
Object.assign(globalThis, { [Symbol.for("philab.checkpoint")]: stopIfInterrupted });
