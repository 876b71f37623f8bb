import { constants } from "node:os";

/** Ctrl-C and its like end the process by its exit handlers, so that kernels and their folders go with it. */
export function endWithSignals(): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
}
