/** A reader that does not let itself be flooded. */
import type { Readable } from "node:stream";

/** Reports beyond this many in a tenth of a second wait: the runner's writes block then, and front ends can follow. */
const reportsPerWindow = 200;
const windowMs = 100;

/** Called for each report; makes a runner that floods wait for the next window. Nothing is lost. */
export function throttled(reports: Readable): () => void {
  let [windowStart, count] = [0, 0];
  return () => {
    const now = performance.now();
    if (now - windowStart > windowMs) [windowStart, count] = [now, 0];
    if (++count !== reportsPerWindow) return;
    reports.pause();
    setTimeout(() => reports.resume(), windowMs - (now - windowStart));
  };
}
