import type { Output } from "../format/types.js";

/** What a cell gave. `outputs` may still grow or change while later cells run (timers, display updates). */
export interface CellOutcome {
  readonly status: "ok" | "error" | "aborted";
  readonly executionCount: number | null;
  readonly outputs: readonly Output[];
}

/** The kernel ended or did not answer in time; `outcome` is what the cell under way had given by then. */
export class KernelError extends Error {
  override readonly name = "KernelError";
  constructor(
    message: string,
    readonly outcome?: CellOutcome | undefined,
  ) {
    super(message);
  }
}
