/** One place below a cell whose value changes. */

import { randomUUID } from "node:crypto";
import { currentExecution } from "./currentExecution.js";
import { display } from "./display.js";

/** More often nobody sees it, and each costs a message. */
const msBetweenShows = 100;

/**
 * A function that shows a value where it has shown the one before: a plot that goes on while a training runs. At most
 * ten a second are shown, and the last one always.
 *
 * @example
 * const show = liveDisplay();
 * for (let k = 0; k < 3; k++) show(k)
 */
export function liveDisplay(): (value: unknown) => void {
  const display_id = randomUUID();
  let last = Number.NEGATIVE_INFINITY;
  let waiting: { value: unknown } | undefined;
  const now = (value: unknown): void => {
    display(value, { display_id, update: last !== Number.NEGATIVE_INFINITY });
    last = performance.now();
  };
  const later = async (ms: number): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    const { value } = waiting as { value: unknown };
    waiting = undefined;
    now(value);
  };
  return (value) => {
    const rest = last + msBetweenShows - performance.now();
    if (waiting !== undefined) waiting.value = value;
    else if (rest <= 0) now(value);
    else {
      waiting = { value };
      const { pending } = currentExecution(); // the cell waits for it
      const shown = later(rest).finally(() => pending.delete(shown));
      pending.add(shown);
    }
  };
}
