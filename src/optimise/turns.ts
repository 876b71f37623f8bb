/** Long work gives others their turn: sliders, a Stop, heartbeats. */

import { checkpoint } from "../engine/machine/checkpoint.js";
import type { Steps } from "../network/passes.js";

/** Milliseconds after which others get their turn: 50 with a step between two questions that takes 30 and more. */
const turn = 12;

let last = 0;

/** Takes steps one after the other; others get their turn between two of them, and `mayGoOn` throws where it ends then. */
export async function inTurns<T>(steps: Steps<T>, mayGoOn: () => void): Promise<T> {
  for (;;) {
    if (performance.now() - last > turn) {
      await nextTurn();
      mayGoOn();
    }
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Lets the event loop go round once. Throws what the host throws where the work is to end. */
async function nextTurn(): Promise<void> {
  await new Promise<void>((resolve) => later(resolve));
  last = performance.now();
  checkpoint()?.();
}

/** setImmediate where there is one: a page's timers wait longer. */
function later(resolve: () => void): void {
  const { setImmediate } = globalThis as { setImmediate?: (callback: () => void) => unknown };
  if (setImmediate === undefined) setTimeout(resolve);
  else setImmediate(resolve);
}
