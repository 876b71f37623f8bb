/** display and clearOutput, as cells call them. */

import type { Bundle } from "../pipe/runnerWords.js";
import { bundleOf, rawBundle } from "./bundle.js";
import { currentExecution, type Execution } from "./currentExecution.js";
import { report } from "./report.js";

export interface DisplayOptions {
  /** The value is a bundle already: MIME type → data. */
  readonly raw?: boolean;
  /** A name by which a later display can replace this one. */
  readonly display_id?: string;
  /** Replace the displays of that display_id instead of showing another. */
  readonly update?: boolean;
  readonly metadata?: Record<string, unknown>;
}

/**
 * Shows a value below the cell, as its last expression would show. A value whose bundle is made asynchronously is
 * shown when it is ready; the cell waits for it.
 *
 * @example
 * for (const q of [2, 3]) display(avgPool(ones(1, 36), { a: 6, b: 6, q }))
 */
export function display(value: unknown, options: DisplayOptions = {}): void {
  const execution = currentExecution();
  const bundle = options.raw ? rawBundle(value) : bundleOf(value);
  if (!(bundle instanceof Promise)) {
    send(execution, bundle, options);
    return;
  }
  const shown: Promise<void> = bundle.then((data) => send(execution, data, options));
  execution.pending.add(shown);
  shown.then(
    () => execution.pending.delete(shown),
    () => undefined, // the cell, which waits for it, shows the error
  );
}

/** Removes what the cell has shown so far; with `wait`, only when the next output comes. */
export function clearOutput(options: { readonly wait?: boolean } = {}): void {
  report({ op: "clear", execution: currentExecution().id, wait: options.wait ?? false });
}

function send({ id }: Execution, data: Bundle, { update, display_id, metadata }: DisplayOptions): void {
  if (update && !display_id)
    throw new TypeError("display: update without a display_id; needed the display_id to replace");
  report({
    op: "display",
    execution: id,
    update: update ?? false,
    data,
    metadata: rawBundle(metadata ?? {}),
    displayId: display_id,
  });
}
