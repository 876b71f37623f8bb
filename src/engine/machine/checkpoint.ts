/** Where long work may be stopped: between two tasks. */

/** The name under which a host leaves a function that throws when the work is to end. */
export const checkpointName: unique symbol = Symbol.for("philab.checkpoint") as never;

/** The host's function, or undefined where nobody interrupts. */
export function checkpoint(): (() => unknown) | undefined {
  return (globalThis as { [checkpointName]?: () => unknown })[checkpointName];
}
