/** A reader that does not let itself be flooded. */
import type { Readable } from "node:stream";

/** Reports beyond this many in a tenth of a second wait: the runner's writes block then, and front ends can follow. */
const reportsPerWindow = 200;
const windowMs = 100;

/** Makes a runner that floods wait, and one that is held. Nothing is lost. */
export class Throttle {
  readonly #reports: Readable;
  #windowStart = 0;
  #count = 0;
  #isWaiting = false;
  #isHeld = false;

  constructor(reports: Readable) {
    this.#reports = reports;
  }

  /** A report has come; beyond so many the next waits for the next window. */
  note(): void {
    const now = performance.now();
    if (now - this.#windowStart > windowMs) [this.#windowStart, this.#count] = [now, 0];
    if (++this.#count !== reportsPerWindow) return;
    this.#isWaiting = true;
    this.#apply();
    setTimeout(
      () => {
        this.#isWaiting = false;
        this.#apply();
      },
      windowMs - (now - this.#windowStart),
    );
  }

  /** Nothing is read until it is let go. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#apply();
  }

  #apply(): void {
    if (this.#isWaiting || this.#isHeld) this.#reports.pause();
    else this.#reports.resume();
  }
}
