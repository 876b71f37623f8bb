/** Taking a cell from await to await. */
import { types } from "node:util";
import type { Execution } from "./currentExecution.js";
import { guarded } from "./guarded.js";
import { Interrupted } from "./interrupt.js";
import { cellFrames } from "./stack.js";
import { whereItWaits } from "./whereItRan.js";

/** Guarding costs 50 µs: so many steps of a second are, which is a twentieth of it. */
const guardedPerSecond = 1000;

type Resume = () => IteratorResult<unknown>;

/** Runs a cell's generator to its end; what it yields is awaited. Once interrupted it is not taken up again. */
export function runSteps(
  steps: Generator<unknown, unknown>,
  execution: Execution,
  label: string,
): Promise<void> {
  const budget = newBudget();
  execution.steps = steps;
  return new Promise((resolve, reject) => {
    let [turn, isWaiting] = [0, false];
    const take = (resume: Resume): void => {
      const mine = ++turn; // what was awaited before is not waited for any more
      isWaiting = false;
      try {
        const { done, value } = budget() ? guarded(resume) : resume();
        isWaiting = !done;
        if (done) resolve();
        else
          Promise.resolve(value).then(
            (awaited) => turn === mine && goOn(awaited),
            (error: unknown) => turn === mine && goWrong(error),
          );
      } catch (error) {
        reject(error);
      }
    };
    execution.endSteps = () => isWaiting && take(stop);
    const stop: Resume = () => steps.throw(new Interrupted()); // its finally blocks run
    const goOn = (value: unknown): void => take(execution.interrupted ? stop : () => steps.next(value));
    const goWrong = (error: unknown): void => {
      nameAwait(error, steps, label);
      take(execution.interrupted ? stop : () => steps.throw(error));
    };
    take(() => steps.next());
  });
}

/** An error from where no cell ran (of a file that is not there) gets the line that awaited it. */
function nameAwait(error: unknown, steps: Generator, label: string): void {
  if (!types.isNativeError(error) || typeof error.stack !== "string" || cellFrames(error) !== "") return;
  if (Object.isFrozen(error)) return;
  error.stack += whereItWaits(steps, label).replace("at ", "at async ");
}

/** Says whether this step is to be guarded. */
function newBudget(): () => boolean {
  let [second, taken] = [0, 0];
  return () => {
    const now = Math.floor(performance.now() / 1000);
    if (now !== second) [second, taken] = [now, 0];
    return ++taken <= guardedPerSecond;
  };
}
