/** Long work gives others their turn: sliders, a Stop, heartbeats. */

import { checkpoint } from "../engine/machine/checkpoint.js";

/** Milliseconds after which others get their turn. */
const turn = 20;

let last = 0;

/** Whether it is time for somebody else: at most 50 ms go by where each step between two questions takes 30. */
export function isTurnOver(): boolean {
  return performance.now() - last > turn;
}

/** Lets the event loop go round once. Throws what the host throws where the work is to end. */
export async function nextTurn(): Promise<void> {
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
