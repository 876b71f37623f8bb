/** The words that the runner's main thread and its ear share, and how the ear makes the main thread look at them. */

/** JavaScript that the ear runs in the main thread, between two turns of whatever loop runs there. */
export const lookAtWords = 'globalThis[Symbol.for("philab.lookAtWords")]()';

/** Raised (1) by the ear at an interrupt. */
export const raised = 0;
/** How many interrupts the ear has heard. */
export const heard = 1;
/** Counts what may end a synchronous wait: answers and interrupts. */
export const arrived = 2;
/** The question that `inputSync` waits for; 0 for none. */
export const awaited = 3;

/** Their size in bytes. */
export const flagBytes = 16;
